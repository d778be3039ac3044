// The wire of chathub.v1 in plain JavaScript. Generated from proto/ by `npm run generate`: do not edit.
//
// Times are Dates, time spans are milliseconds, values of enums are their names without the prefix in
// lower case, `kind` names the one that is set of several.

export interface AdaptersAttachRequest {
  items?: AdapterItem[];
}

export interface AdaptersAttachResponse {
  items?: AdapterCommand[];
}

/** What an adapter says. */
export interface AdapterItem {
  readonly kind?: "hello" | "event" | "done" | "gap" | "awaitSettled" | "users" | "rooms" | "pong" | "leaving";
  /** The first item; again when anything in it changed. */
  hello?: AdapterHello;
  event?: AdapterEvent;
  done?: Done;
  gap?: Gap;
  /** Asks for a Settled. */
  awaitSettled?: AwaitSettled;
  users?: UsersChanged;
  rooms?: RoomsChanged;
  pong?: Pong;
  /**
   * The adapter ends on purpose; the hub sends no more orders and closes the stream when those
   * that are out are done.
   */
  leaving?: Leaving;
}

/** What the hub says to an adapter. */
export interface AdapterCommand {
  readonly kind?: "helloOk" | "accepted" | "settled" | "order" | "ping" | "draining";
  helloOk?: AdapterHelloOk;
  accepted?: Accepted;
  settled?: Settled;
  order?: Order;
  ping?: Ping;
  /** The hub is going away; attach again after the stream has ended. */
  draining?: Draining;
}

export interface AdapterHello {
  /** The adapter's name, as in `adapter/<name>`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}. */
  name?: string;
  /** Random per life of the adapter's outbox (the memory of events not yet accepted). */
  epoch?: string;
  /** Random per life of the adapter's process. */
  incarnation?: string;
  /** The lowest seq that is still in the outbox; 0: none. What the hub misses below it is a gap. */
  oldestUnaccepted?: number | bigint;
  dedup?: Dedup;
  /** For people, for example "IRC" or "terminal". */
  service?: string;
  capabilities?: Capabilities;
  /** Qualified id of the bot's own user, whose messages match no route; empty: unknown. */
  ownUserId?: string;
  /** How users call the bot, without '@'. Empty: the adapter's service has no mentions. */
  mentionNames?: string[];
}

/**
 * Who refuses a second order with a key that was seen before, after the adapter's process died.
 * "unspecified": Nobody: orders that were out when the process died are in doubt.
 * "service": The chat service; orders in doubt are simply sent again.
 */
export type Dedup =
  | "unspecified"
  | "service";

/** What the chat service can do. For what is missing the hub has a fallback, or answers UNSUPPORTED. */
export interface Capabilities {
  edit?: boolean;
  delete?: boolean;
  react?: boolean;
  thread?: boolean;
  attach?: boolean;
  typing?: boolean;
  topic?: boolean;
  /** Join and part rooms on request. */
  join?: boolean;
  /** In bytes of UTF-8; longer texts are split by the adapter. 0: no limit. */
  maximumText?: number;
  markup?: Markup;
}

/**
 * "unspecified": Plain text only.
 * "blocks": The adapter renders blocks.
 */
export type Markup =
  | "unspecified"
  | "markdown"
  | "blocks";

export interface AdapterHelloOk {
  /** The hub's address of this session. */
  session?: string;
  /** The hub's own name, to show to people. */
  hub?: string;
  /** Events of this epoch up to here were accepted, inclusive; 0: none. */
  accepted?: number | bigint;
  /** The cursor of the last accepted event that had one; it survives a new epoch. */
  cursor?: string;
  /** Qualified ids of the rooms the bot was in; join them again. */
  rooms?: string[];
}

/** Something that happened in the chat. */
export interface AdapterEvent {
  /** From 1, without gaps, per epoch. */
  seq?: number | bigint;
  /** The chat service's own id of the event, where it has one. */
  serviceEventId?: string;
  /** Where to go on reading in the chat service after a restart; opaque to the hub. */
  cursor?: string;
  /** How long ago it happened when it was sent. */
  age?: number;
  /** It was sent before and not accepted. */
  resent?: boolean;
  /** W3C trace context. */
  traceparent?: string;
  /** Without id: the hub gives it. */
  event?: Event;
}

/** Events up to here, inclusive, are finished or kept: the adapter may forget them. */
export interface Accepted {
  upTo?: number | bigint;
}

/** The adapter's outbox overflowed: these events, inclusive, are lost. */
export interface Gap {
  from?: number | bigint;
  to?: number | bigint;
}

/** Asks to hear when everything up to there is finished, dead or expired and its orders are done. */
export interface AwaitSettled {
  upTo?: number | bigint;
}

export interface Settled {
  upTo?: number | bigint;
}

/**
 * Something to do in the chat. Answer every order with a Done; answer a repeated key, at least the
 * last 10,000 of them, with the Done that it had, and do nothing.
 */
export interface Order {
  key?: string;
  conversation?: Conversation;
  /** In this order; stop at the first that fails. */
  actions?: Action[];
  /** It was handed out before; whether it was done is not known. */
  resent?: boolean;
  traceparent?: string;
  /** Not to be done after this time. */
  expiresAt?: Date;
}

/** What became of an order. */
export interface Done {
  key?: string;
  /** One for each action that was tried. */
  results?: ActionResult[];
}

export interface UsersChanged {
  users?: User[];
}

export interface RoomsChanged {
  rooms?: Room[];
}

/**
 * Where one talk takes place, and the unit in which order is kept: a room (and a thread in it), or
 * a private talk with one user.
 */
export interface Conversation {
  /** The adapter's name. */
  adapter?: string;
  /** Qualified room id; empty in a private talk. */
  room?: string;
  /** The chat service's id of a thread in the room; empty outside threads. */
  thread?: string;
  /** Qualified user id; set in a private talk only. */
  user?: string;
}

/** Somebody who talks, or a bot that does. */
export interface User {
  /** Qualified: `<adapter>/<native id>`. Not meant to be shown. */
  id?: string;
  /** The name to show. Defaults to the native id. */
  name?: string;
  /** What alerts the user when written; defaults to the name. */
  mentionName?: string;
  /** Says so itself, or the chat service does. Bots match no route that does not ask for them. */
  bot?: boolean;
  /** The chat service vouches for who this is. Groups count for nobody else. */
  authenticated?: boolean;
}

/** A place where several users talk. */
export interface Room {
  /** Qualified: `<adapter>/<native id>`. */
  id?: string;
  /** Defaults to the native id. */
  name?: string;
  topic?: string;
  /** The bot is in it. */
  joined?: boolean;
}

/**
 * What a message says. Text and blocks are two views of it: give either; who needs the other makes
 * it. Where both are given, blocks are what the sender means and text is the fallback.
 */
export interface Content {
  text?: string;
  format?: TextFormat;
  blocks?: Block[];
  attachments?: Attachment[];
  /** The chat service's id of the message that this one answers. */
  replyTo?: string;
  /** What only one chat service understands; others ignore it. */
  native?: { type_url: string; value: Uint8Array };
}

/**
 * "unspecified": Plain text: no character means anything but itself.
 * "markdown": CommonMark.
 */
export type TextFormat =
  | "unspecified"
  | "markdown";

/** A piece of a structured text. */
export interface Block {
  readonly kind?: "paragraph" | "heading" | "list" | "quote" | "code" | "table" | "divider";
  paragraph?: Paragraph;
  heading?: Heading;
  list?: ListBlock;
  quote?: QuoteBlock;
  code?: CodeBlock;
  table?: TableBlock;
  /** A line across the page. */
  divider?: Divider;
}

export interface Paragraph {
  spans?: Span[];
}

export interface Heading {
  /** 1 to 6. */
  level?: number;
  spans?: Span[];
}

export interface ListBlock {
  ordered?: boolean;
  items?: ListItem[];
}

export interface ListItem {
  blocks?: Block[];
}

export interface QuoteBlock {
  blocks?: Block[];
}

export interface CodeBlock {
  text?: string;
  /** As after the opening fence of a Markdown code block; may be empty. */
  language?: string;
}

export interface TableBlock {
  header?: TableRow;
  rows?: TableRow[];
}

export interface TableRow {
  cells?: TableCell[];
}

export interface TableCell {
  spans?: Span[];
}

export interface Divider {
}

/** A run of text of one style. */
export interface Span {
  text?: string;
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
  /** An absolute URL. */
  link?: string;
  /** Qualified id of the user or room that this run names. */
  mention?: string;
}

/** A file beside the text, by URL or by value (an item's limit holds for it). */
export interface Attachment {
  readonly source?: "url" | "content";
  name?: string;
  /** For example `image/png`. */
  mediaType?: string;
  url?: string;
  content?: Uint8Array;
  /** In bytes; 0 = unknown. */
  size?: number | bigint;
}

/** Something that happened in the chat. */
export interface Event {
  readonly kind?: "message" | "edited" | "deleted" | "reaction" | "joined" | "left" | "topic";
  /** Given by the hub; opaque. The same event has the same id however often it is sent. */
  id?: string;
  conversation?: Conversation;
  /** Who did it. */
  user?: User;
  /** The conversation's room, as far as the adapter knows it. */
  room?: Room;
  /** By the chat service's clock. */
  sentAt?: Date;
  native?: { type_url: string; value: Uint8Array };
  message?: ChatMessage;
  edited?: MessageEdited;
  deleted?: MessageDeleted;
  reaction?: ReactionChanged;
  joined?: UserJoined;
  left?: UserLeft;
  topic?: TopicChanged;
}

/** The kinds of Event that a route can wait for. */
export type EventKind =
  | "unspecified"
  | "message"
  | "edited"
  | "deleted"
  | "reaction"
  | "joined"
  | "left"
  | "topic";

export interface ChatMessage {
  content?: Content;
  /** The chat service's id of this message, by which it can be edited, answered or reacted to. */
  platformId?: string;
  /**
   * The chat service itself says that this message is for the bot (a mention that is not in the
   * text, a slash command). The hub finds mentions in the text by itself.
   */
  addressed?: boolean;
}

export interface MessageEdited {
  platformId?: string;
  content?: Content;
}

export interface MessageDeleted {
  platformId?: string;
}

export interface ReactionChanged {
  platformId?: string;
  /** A Unicode emoji, or the chat service's own name of one. */
  emoji?: string;
  removed?: boolean;
}

export interface UserJoined {
}

export interface UserLeft {
  reason?: string;
}

export interface TopicChanged {
  topic?: string;
}

/** Something to be done in the chat. */
export interface Action {
  readonly kind?: "send" | "edit" | "react" | "delete" | "typing" | "join" | "part" | "topic";
  send?: SendAction;
  edit?: EditAction;
  react?: ReactAction;
  delete?: DeleteAction;
  /** The rest comes from Chat only, never from a Finish. */
  typing?: TypingAction;
  join?: JoinAction;
  part?: PartAction;
  topic?: TopicAction;
}

export interface SendAction {
  content?: Content;
  /**
   * Not before this time; unset: now. In a Finish each such action becomes an order of its own,
   * with the key `<delivery>/<index of the action>`.
   */
  notBefore?: Date;
}

export interface EditAction {
  target?: MessageRef;
  content?: Content;
}

export interface ReactAction {
  target?: MessageRef;
  emoji?: string;
  remove?: boolean;
}

export interface DeleteAction {
  target?: MessageRef;
}

/** Shows that somebody is typing. Best effort: never kept, never retried. */
export interface TypingAction {
}

export interface JoinAction {
}

export interface PartAction {
}

export interface TopicAction {
  topic?: string;
}

/** A message that is already in the chat. */
export interface MessageRef {
  readonly by?: "platformId" | "posted";
  /** The chat service's id. */
  platformId?: string;
  /** What an earlier order posted. */
  posted?: PostedRef;
}

export interface PostedRef {
  /** The order's key: a delivery's id, or the key that a Say or a Chat call was given. */
  key?: string;
  /** Which of its actions, from 0. */
  index?: number;
}

/** What became of one action. */
export interface ActionResult {
  /** The chat service's ids of what was posted; several where a long text was split. */
  platformIds?: string[];
  /** Why not, or not all of it; unset: done. */
  problem?: Problem;
}

/**
 * Why something failed. The gRPC code is in parentheses.
 * "bad_frame": What was sent is not what the protocol allows here (INVALID_ARGUMENT).
 * "bad_route": A route was refused; the detail says which, why and where (INVALID_ARGUMENT).
 * "name_taken": The name, or an exclusive route, belongs to somebody else (ALREADY_EXISTS).
 * "no_such_peer": No peer, user, room, message or entry of that name is known (NOT_FOUND).
 * "not_attached": The one it is for is known but not attached now (FAILED_PRECONDITION).
 * "not_allowed": The credential is missing or wrong (UNAUTHENTICATED) or does not allow it (PERMISSION_DENIED).
 * "too_much": More than the hub takes at once; retry after the time given (RESOURCE_EXHAUSTED).
 * "too_large": Larger than the limit that the detail names (INVALID_ARGUMENT, or RESOURCE_EXHAUSTED by gRPC).
 * "going_away": The hub is going away or cannot keep anything now; try again elsewhere or later (UNAVAILABLE).
 * "our_fault": A fault of the hub; its log has the detail (INTERNAL).
 * "unsupported": The chat service or this hub cannot do that (UNIMPLEMENTED).
 * "conflict": The value changed since it was read (ABORTED).
 * "expired": It was too old when its turn came (DEADLINE_EXCEEDED).
 */
export type Reason =
  | "unspecified"
  | "bad_frame"
  | "bad_route"
  | "name_taken"
  | "no_such_peer"
  | "not_attached"
  | "not_allowed"
  | "too_much"
  | "too_large"
  | "going_away"
  | "our_fault"
  | "unsupported"
  | "conflict"
  | "expired";

/** Travels as the first detail of google.rpc.Status in `grpc-status-details-bin`, and inside frames. */
export interface Problem {
  reason?: Reason;
  /** One sentence for a person: what happened, where, and what to do. */
  detail?: string;
  /** When trying again makes sense; unset: not by itself. */
  retryAfter?: number;
}

/** Answer with a Pong of the same nonce, at once. */
export interface Ping {
  nonce?: number | bigint;
}

export interface Pong {
  nonce?: number | bigint;
}

/** The peer ends on purpose. */
export interface Leaving {
}

/** The hub goes away on purpose. */
export interface Draining {
  /** The stream ends within this time. */
  within?: number;
}

export interface GetStatusRequest {
}

export interface GetStatusResponse {
  hub?: string;
  version?: string;
  /** For example "memory" or "sqlite". */
  engine?: string;
  uptime?: number;
  /** Empty: all is well; else one sentence each. */
  troubles?: string[];
  /** Counted since the start. */
  events?: number | bigint;
  deliveries?: number | bigint;
  finished?: number | bigint;
  orders?: number | bigint;
  deadLetters?: number | bigint;
  inDoubt?: number | bigint;
  /** Now. */
  waitingDeliveries?: number | bigint;
  waitingOrders?: number | bigint;
  draining?: boolean;
  /**
   * Deliveries and orders that came to the disk, since the start. What ends within milliseconds
   * does not.
   */
  entriesWritten?: number | bigint;
}

export interface ListPeersRequest {
}

export interface ListPeersResponse {
  peers?: Peer[];
}

/** An attached program. */
export interface Peer {
  /** `adapter/<name>`, `handler/<name>`, ... */
  name?: string;
  session?: string;
  attachedAt?: Date;
  /** Handed out and not finished. */
  inFlight?: number;
  /** In its mailbox, not handed out. */
  waiting?: number | bigint;
  /** Of the routes, for handlers. */
  revision?: number | bigint;
  routes?: number;
  /** For adapters: the chat service. */
  service?: string;
  leaving?: boolean;
}

export interface ListKeptRoutesRequest {
  /** Empty: of every handler. */
  handler?: string;
}

export interface ListKeptRoutesResponse {
  routes?: RouteListing[];
}

export interface ExplainMessageRequest {
  text?: string;
  user?: User;
  conversation?: Conversation;
}

export interface ExplainMessageResponse {
  addressed?: boolean;
  /** Without the mention or prefix. */
  text?: string;
  verdicts?: RouteVerdict[];
}

export interface RouteVerdict {
  handler?: string;
  route?: string;
  reached?: boolean;
  /** One sentence. */
  why?: string;
}

export interface TailRequest {
}

export interface TailResponse {
  entries?: TailEntry[];
}

export interface TailEntry {
  at?: Date;
  /** For example "event", "delivery", "finish", "order", "done", "dead". */
  what?: string;
  id?: string;
  from?: string;
  to?: string;
  text?: string;
}

export interface DeadLetter {
  id?: string;
  mailbox?: string;
  diedAt?: Date;
  why?: string;
  attempts?: number;
  /** As far as it is a delivery. */
  delivery?: Delivery;
  /** As far as it is an order. */
  actions?: Action[];
  conversation?: Conversation;
}

export interface ListDeadLettersRequest {
  /** Empty: of every mailbox. */
  mailbox?: string;
  /** 0: 100. At most 1000. */
  pageSize?: number;
  pageToken?: string;
}

export interface ListDeadLettersResponse {
  deadLetters?: DeadLetter[];
  nextPageToken?: string;
}

export interface GetDeadLetterRequest {
  id?: string;
}

export interface GetDeadLetterResponse {
  deadLetter?: DeadLetter;
}

export interface ReplayDeadLettersRequest {
  /** Empty: all of the mailbox. */
  ids?: string[];
  mailbox?: string;
}

export interface ReplayDeadLettersResponse {
  replayed?: number | bigint;
}

export interface DropDeadLettersRequest {
  /** Empty: all of the mailbox. */
  ids?: string[];
  mailbox?: string;
}

export interface DropDeadLettersResponse {
  dropped?: number | bigint;
}

export interface AddTokenRequest {
  /** `<kind>/<name>`. */
  peer?: string;
  /** For example "listen", "private", "send:irc/#ops", "admin". */
  rights?: string[];
  validFor?: number;
}

export interface AddTokenResponse {
  /** Shown this once; the hub keeps a hash of it. */
  token?: string;
  id?: string;
}

export interface ListTokensRequest {
}

export interface ListTokensResponse {
  tokens?: Token[];
}

export interface Token {
  id?: string;
  peer?: string;
  rights?: string[];
  createdAt?: Date;
  expiresAt?: Date;
}

export interface RevokeTokenRequest {
  /** A token's id, or a peer for all of its tokens. */
  id?: string;
}

export interface RevokeTokenResponse {
  revoked?: number;
}

export interface AddToGroupRequest {
  group?: string;
  /** Qualified id. */
  user?: string;
}

export interface AddToGroupResponse {
}

export interface RemoveFromGroupRequest {
  group?: string;
  user?: string;
}

export interface RemoveFromGroupResponse {
}

export interface ListGroupsRequest {
  /** Empty: every group. */
  group?: string;
}

export interface ListGroupsResponse {
  groups?: Group[];
}

export interface Group {
  name?: string;
  /** Qualified ids. */
  users?: string[];
}

export interface AddAccountRequest {
  name?: string;
  password?: string;
}

export interface AddAccountResponse {
}

export interface RemoveAccountRequest {
  name?: string;
}

export interface RemoveAccountResponse {
}

export interface ListAccountsRequest {
}

export interface ListAccountsResponse {
  names?: string[];
}

export interface ListBoticaBotsRequest {
}

export interface ListBoticaBotsResponse {
  bots?: BoticaBot[];
}

export interface BoticaBot {
  id?: string;
  status?: BoticaStatus;
  lastHeartbeat?: Date;
}

export type BoticaStatus =
  | "unspecified"
  | "stopped"
  | "starting"
  | "running"
  | "unknown";

export interface StopBoticaBotRequest {
  id?: string;
  force?: boolean;
}

export interface StopBoticaBotResponse {
  outcome?: BoticaStopOutcome;
}

/**
 * "busy": The bot is busy; nothing was stopped.
 * "timeout": The bot did not answer in time; nothing was stopped.
 */
export type BoticaStopOutcome =
  | "unspecified"
  | "stopped"
  | "busy"
  | "timeout";

export interface ReloadRequest {
}

export interface ReloadResponse {
  /** What changed, one sentence each. */
  changes?: string[];
}

export interface HandlersAttachRequest {
  items?: HandlerItem[];
}

export interface HandlersAttachResponse {
  items?: HandlerCommand[];
}

/** What a handler says. */
export interface HandlerItem {
  readonly kind?: "hello" | "finish" | "say" | "nack" | "renew" | "pong" | "leaving";
  hello?: HandlerHello;
  finish?: Finish;
  say?: Say;
  nack?: Nack;
  renew?: Renew;
  pong?: Pong;
  /**
   * The instance ends on purpose. It gets nothing new, and goes on serving what it holds and what
   * was on its way to it, until the hub ends the stream with OK: then nothing is left. An
   * instance that closes the stream itself gives back what it did not finish; others get it as
   * another attempt.
   */
  leaving?: Leaving;
}

/** What the hub says to a handler. */
export interface HandlerCommand {
  readonly kind?: "helloOk" | "delivery" | "finishResult" | "cancel" | "posted" | "ping" | "draining";
  helloOk?: HandlerHelloOk;
  delivery?: Delivery;
  finishResult?: FinishResult;
  cancel?: Cancel;
  posted?: Posted;
  ping?: Ping;
  /** The hub is going away; attach again after the stream has ended. */
  draining?: Draining;
}

export interface HandlerHello {
  /** The handler's name, as in `handler/<name>`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}. */
  name?: string;
  /** Of the routes: the highest attached revision is in charge. */
  revision?: number | bigint;
  routes?: Route[];
  /** From the HelloOk of a stream that broke less than a second ago; empty: a new instance. */
  instanceToken?: string;
  /** With the token: what this instance still holds. */
  holding?: Holding[];
  /** How many deliveries this instance holds at most; 0: 64. At most 1024. */
  maximumInFlight?: number;
}

export interface Holding {
  delivery?: string;
  attempt?: number;
}

export interface HandlerHelloOk {
  /** The hub's address of this session. */
  session?: string;
  /** The hub's own name, to show to people. */
  hub?: string;
  /** Say it in the next hello to come back as the same instance. */
  instanceToken?: string;
  /** Say Renew or anything else about each delivery within this time. */
  lease?: number;
  /** Routes that somebody else has too; both get the message. */
  collisions?: Collision[];
  /** What the hub agrees this instance still holds; the rest went elsewhere. */
  holding?: Holding[];
}

/** Two routes that wait for the same word or pattern. */
export interface Collision {
  route?: string;
  otherHandler?: string;
  otherRoute?: string;
  /** The command word or pattern. */
  trigger?: string;
}

/** What a handler waits for. */
export interface Route {
  readonly trigger?: "pattern" | "command" | "event";
  /** Unique within the handler: [A-Za-z0-9][A-Za-z0-9._-]{0,63}. */
  id?: string;
  /**
   * A regular expression in RE2's syntax, found anywhere in the text unless anchored. Named
   * captures are written (?P<name>...) or (?<name>...). Only the first 8 KiB of a text are seen.
   */
  pattern?: string;
  command?: Command;
  event?: EventKind;
  /** Only text that is said to the bot: a mention, the command prefix, a private talk. */
  addressedOnly?: boolean;
  precedence?: Precedence;
  /** The user must be in one of them. */
  requiredGroups?: string[];
  help?: Help;
  /** A delivery not handed out after this time is dead; unset: 60 s for messages, 24 h for others. */
  maxAge?: number;
  /** Goes on matching for so long after the last instance left; unset: 60 s; 0: only while attached. */
  linger?: number;
  /** How long the user waits before the hub says fallback_text and ends the delivery; unset: 30 s. */
  deadline?: number;
  /** How often a delivery is handed out at most; 0: 3. 1: never again. */
  maximumAttempts?: number;
  /** A delivery to be tried again holds back those behind it in its conversation. */
  ordered?: boolean;
  /** Matches messages of bots too, at a limited rate. */
  bots?: boolean;
  /** What the user hears when there is no answer; empty: the hub's own words. */
  fallbackText?: string;
}

/**
 * "unspecified": Every matching route gets the message.
 * "exclusive": A collision with it is refused. Where it matches, only exclusive routes get the message.
 * "fallback": Gets the message only when no other route matched.
 */
export type Precedence =
  | "unspecified"
  | "exclusive"
  | "fallback";

/**
 * The first word of a text, without regard to case, and arguments behind it. The rest of the text
 * behind the word is the capture `rest`.
 */
export interface Command {
  word?: string;
  /**
   * Checked by the hub: a text whose arguments do not fit does not match, and the user hears the
   * usage. Empty: anything goes.
   */
  arguments?: Argument[];
}

export interface Argument {
  /** The capture's name: [A-Za-z_][A-Za-z0-9_]*. */
  name?: string;
  type?: ArgumentType;
  required?: boolean;
  /** Given as `--name value` (`--name` alone for BOOLEAN) instead of by position. */
  option?: boolean;
  help?: string;
}

/**
 * "unspecified": One word, or several in double quotes.
 * "integer": A whole number of 64 bits.
 * "boolean": yes, no, true, false, on, off, 1, 0; the capture is `true` or `false`.
 * "rest": Everything that is left; last by position.
 */
export type ArgumentType =
  | "unspecified"
  | "integer"
  | "number"
  | "boolean"
  | "rest";

/** What a help command shows. */
export interface Help {
  /** For example `roll NdM`. */
  usage?: string;
  /** One sentence. */
  description?: string;
  hidden?: boolean;
}

/** One event for one route. */
export interface Delivery {
  /** Opaque; the same event gives the same id. */
  id?: string;
  /** From 1; above 1 somebody had it before and did not finish. */
  attempt?: number;
  route?: string;
  event?: Event;
  /** What was matched: the message's text without the mention or prefix. */
  text?: string;
  /** Named captures and arguments. */
  captures?: Record<string, string>;
  /** Captures by number; 0 is the whole match. */
  groups?: string[];
  /** The text was said to the bot. */
  addressed?: boolean;
  /** The pattern saw only the first 8 KiB. */
  matchTruncated?: boolean;
  /** Left of the user's patience when this was sent. */
  deadline?: number;
  /** When the hub received the event. */
  receivedAt?: Date;
  traceparent?: string;
}

/**
 * Answers a delivery and acknowledges it: the answer, the store writes and the end of the delivery
 * happen together or not at all.
 */
export interface Finish {
  delivery?: string;
  attempt?: number;
  /**
   * In the delivery's conversation: send, edit, react or delete. One order with the delivery's id
   * as its key.
   */
  actions?: Action[];
  storeWrites?: StoreWrite[];
}

export interface FinishResult {
  delivery?: string;
  outcome?: FinishOutcome;
  /** With CONFLICT. */
  conflict?: StoreConflict;
  /** With REFUSED. */
  problem?: Problem;
}

/**
 * "stale": The delivery is not this attempt's any more; nothing happened.
 * "conflict": A store write's if_revision did not hold; nothing happened and the delivery is still open.
 * "refused": The problem says why; nothing happened and the delivery is still open.
 */
export type FinishOutcome =
  | "unspecified"
  | "ok"
  | "stale"
  | "conflict"
  | "refused";

/**
 * Progress before the end: sent at once, restarts the deadline, may repeat after a redelivery. What
 * an instance says beyond 16 actions for each delivery is heard at 250 actions a second.
 */
export interface Say {
  delivery?: string;
  attempt?: number;
  /**
   * By which a Posted and a later edit of the same delivery name it; elsewhere the message is
   * `<delivery>/say/<key>`. Made up by the hub if empty.
   */
  key?: string;
  actions?: Action[];
}

/** The instance cannot do it; the delivery goes elsewhere or comes again. */
export interface Nack {
  delivery?: string;
  attempt?: number;
  /** Not before this time has passed; unset: at once. */
  retryAfter?: number;
  /** For the log and the dead letters. */
  why?: string;
}

/** These deliveries are still being worked on or wait in the instance. */
export interface Renew {
  deliveries?: string[];
}

/** The delivery was ended by somebody else; stop working on it. */
export interface Cancel {
  delivery?: string;
  attempt?: number;
  problem?: Problem;
}

/** What became of an action of a Finish or Say. */
export interface Posted {
  key?: string;
  index?: number;
  result?: ActionResult;
}

export interface RegisterRoutesRequest {
  /** Of the plugin; must be the caller's. */
  name?: string;
  revision?: number | bigint;
  routes?: Route[];
}

export interface RegisterRoutesResponse {
  collisions?: Collision[];
}

export interface ListRoutesRequest {
  /** For whom: leaves out what this user may not use. Unset: everything that needs no group. */
  user?: User;
  conversation?: Conversation;
  /** Only routes whose help or trigger contains it, without regard to case. */
  search?: string;
}

export interface ListRoutesResponse {
  routes?: RouteListing[];
}

export interface RouteListing {
  handler?: string;
  /** Its patterns are as registered. */
  route?: Route;
  /** An instance of the handler is attached now. */
  attached?: boolean;
}

export interface StoreEntry {
  key?: string;
  value?: Uint8Array;
  /** Grows with every change of the key, never reused. */
  revision?: number | bigint;
  expiresAt?: Date;
}

/** A change of one key. */
export interface StoreWrite {
  readonly change?: "put" | "delete" | "add";
  key?: string;
  put?: StorePut;
  delete?: StoreRemove;
  /** Adds to a decimal number of 64 bits; a missing key counts as 0. */
  add?: number | bigint;
  /** Only if the key's revision is this; 0: only if there is no such key. Unset: whatever it is. */
  ifRevision?: number | bigint;
}

export interface StorePut {
  value?: Uint8Array;
  /** Gone after this time; unset: never. */
  ttl?: number;
}

export interface StoreRemove {
}

/** Whose if_revision did not hold. */
export interface StoreConflict {
  key?: string;
  /** What it is now; 0: there is no such key. */
  revision?: number | bigint;
}

export interface StoreGetRequest {
  key?: string;
}

export interface StoreGetResponse {
  /** Unset: there is no such key. */
  entry?: StoreEntry;
}

export interface StorePutRequest {
  key?: string;
  value?: Uint8Array;
  ttl?: number;
  ifRevision?: number | bigint;
}

export interface StorePutResponse {
  revision?: number | bigint;
}

export interface StoreDeleteRequest {
  key?: string;
  ifRevision?: number | bigint;
}

export interface StoreDeleteResponse {
}

export interface StoreListRequest {
  prefix?: string;
  /** 0: 100. At most 1000, fewer where a frame would be too large. */
  pageSize?: number;
  pageToken?: string;
}

export interface StoreListResponse {
  entries?: StoreEntry[];
  /** Empty: this was the last page. */
  nextPageToken?: string;
}

export interface StoreBatchRequest {
  writes?: StoreWrite[];
}

export interface StoreBatchResponse {
  /** One for each write; 0 for a delete. */
  revisions?: (number | bigint)[];
}

export interface StoreWatchRequest {
  prefix?: string;
  /** First say what is there now. */
  withPresent?: boolean;
}

export interface StoreWatchResponse {
  changes?: StoreChange[];
}

export interface StoreChange {
  /** Without a value where the key is gone. */
  entry?: StoreEntry;
  deleted?: boolean;
}

export interface SendMessageRequest {
  /** Chosen by the caller, unique among its calls; empty: a repeated call sends again. */
  requestId?: string;
  /** Its adapter may be left out: it is in the ids. */
  conversation?: Conversation;
  content?: Content;
  notBefore?: Date;
}

export interface SendMessageResponse {
  /** The order's key, by which a later edit can name the message. */
  key?: string;
}

export interface EditMessageRequest {
  requestId?: string;
  conversation?: Conversation;
  target?: MessageRef;
  content?: Content;
}

export interface EditMessageResponse {
  key?: string;
}

export interface DeleteMessageRequest {
  requestId?: string;
  conversation?: Conversation;
  target?: MessageRef;
}

export interface DeleteMessageResponse {
  key?: string;
}

export interface ReactRequest {
  requestId?: string;
  conversation?: Conversation;
  target?: MessageRef;
  emoji?: string;
  remove?: boolean;
}

export interface ReactResponse {
  key?: string;
}

export interface ShowTypingRequest {
  conversation?: Conversation;
}

export interface ShowTypingResponse {
}

export interface JoinRoomRequest {
  requestId?: string;
  /** Qualified. */
  room?: string;
}

export interface JoinRoomResponse {
  key?: string;
}

export interface PartRoomRequest {
  requestId?: string;
  /** Qualified. */
  room?: string;
}

export interface PartRoomResponse {
  key?: string;
}

export interface SetTopicRequest {
  requestId?: string;
  /** Qualified. */
  room?: string;
  topic?: string;
}

export interface SetTopicResponse {
  key?: string;
}

export interface GetRoomRequest {
  id?: string;
}

export interface GetRoomResponse {
  room?: Room;
}

export interface FindRoomsRequest {
  name?: string;
  /** Empty: of every adapter. */
  adapter?: string;
}

export interface FindRoomsResponse {
  /** At most 100. */
  rooms?: Room[];
}

export interface ListRoomsRequest {
  /** Empty: of every adapter. */
  adapter?: string;
  /** Only rooms that the bot is in. */
  joined?: boolean;
  /** 0: 100. At most 1000. */
  pageSize?: number;
  pageToken?: string;
}

export interface ListRoomsResponse {
  rooms?: Room[];
  /** Empty: this was the last page. */
  nextPageToken?: string;
}

export interface GetUserRequest {
  id?: string;
}

export interface GetUserResponse {
  user?: User;
}

export interface FindUsersRequest {
  name?: string;
  /** Empty: of every adapter. */
  adapter?: string;
}

export interface FindUsersResponse {
  /** At most 100. */
  users?: User[];
}

export interface ListUsersRequest {
  /** Empty: of every adapter. */
  adapter?: string;
  /** 0: 100. At most 1000. */
  pageSize?: number;
  pageToken?: string;
}

export interface ListUsersResponse {
  users?: User[];
  /** Empty: this was the last page. */
  nextPageToken?: string;
}
