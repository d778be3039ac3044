// Handlers and adapters for Chathub. Start reading at Handler, or at Adapter.
//
// All times are milliseconds. Ids of users and rooms are qualified: `<adapter>/<native id>`; treat them
// as opaque.
export { Adapter, AdapterOptions, EventOrigin, OrderResult } from "./adapter.js";
export {
  Chat,
  Room,
  Rooms,
  SendOptions,
  Store,
  StoreChange,
  StoreEntry,
  StoreWrite,
  User,
  Users,
} from "./services.js";
export { Handler, HandlerOptions, Message, Posted, RouteListing } from "./handler.js";
export { Argument, EventKind, RouteOptions } from "./route.js";
export type * as wire from "../wire/wire.js";

import type * as wire from "../wire/wire.js";

/** How a program reaches the hub. On one machine nothing needs saying. */
export interface HubOptions {
  /**
   * A gRPC target, for example `unix:/run/chathub/hub.sock` or `127.0.0.1:6196`. Else $CHATHUB_ADDRESS,
   * else the first line of `endpoints` in the data folder.
   */
  address?: string;
  /** Else $CHATHUB_TOKEN, else `owner-token` in the data folder. */
  token?: string;
  /** Else $CHATHUB_DATA, else $XDG_DATA_HOME/chathub, else ~/.local/share/chathub. */
  dataFolder?: string;
  /**
   * Speak TLS: true, or what to trust and to show. Needed beyond this machine; never on the Unix socket.
   * Else $CHATHUB_CA, with $CHATHUB_CERTIFICATE and $CHATHUB_KEY, all files.
   */
  tls?: boolean | TlsOptions;
}

/** Each of the first three is a file or a text in PEM. */
export interface TlsOptions {
  /** The root certificates to trust; else those of Node. */
  ca?: string | Uint8Array;
  /** The client's own certificate and its key. */
  cert?: string | Uint8Array;
  key?: string | Uint8Array;
  /** The name in the hub's certificate, where it differs from the address. */
  serverName?: string;
}

/** What every peer may be told. */
export interface PeerOptions extends HubOptions {
  /** Standard: SIGTERM and SIGINT end run, the second signal ends the process at once. */
  handleSignals?: boolean;
  /** Standard: one line per event on stderr, with the time. */
  logger?: Logger;
}

/** One sentence per event; `fields` has at least `peer`, for example "handler/karma". */
export interface Logger {
  debug(text: string, fields: LogFields): void;
  info(text: string, fields: LogFields): void;
  warn(text: string, fields: LogFields): void;
  error(text: string, fields: LogFields): void;
}

export interface LogFields {
  peer: string;
  /** What was thrown. */
  error?: unknown;
}

/** What is said: text, or more. Text and blocks are two views of the same. */
export type Content = string | wire.Content;

/** A room by its id, or any conversation: a room (and a thread in it), or a private talk with one user. */
export type Where = string | wire.Conversation;

/** The chat service's id of a message, or what `say`, `chat.send` and `onPosted` gave. */
export type Target = string | MessageRef;

/** A message that is, or will be, in the chat. */
export interface MessageRef {
  /** The chat service's id. Empty or missing: not known. */
  platformId?: string;
  /** What it was posted under, and which action of that. */
  key?: string;
  index?: number;
}

/** CommonMark instead of plain text. */
export function markdown(text: string): wire.Content;

/** The content's text as it is, else its blocks written as text; then one line per attachment. */
export function plainText(content: wire.Content): string;

/** Where the hub of this user keeps its data. */
export function dataFolder(given?: string): string;

/**
 * The RE2 text of a RegExp, which is what the hub sees. Flags i, m, s and u count. \w, \d, \s, \b and .
 * mean what RE2 means by them: ASCII, and anything but the end of a line. Lookaround, backreferences and
 * the like are refused: a ChathubError ("bad_route") whose `position` is an index into the source.
 */
export function toRe2(expression: RegExp): string;

/** Why something failed; its message is one sentence for a person, the hub's own where it spoke. */
export class ChathubError extends Error {
  constructor(
    reason: wire.Reason,
    detail: string,
    more?: { retryAfter?: number; code?: number; position?: number },
  );
  /** As chathub.v1.Reason, in lower case; "unspecified" where no hub spoke. */
  readonly reason: wire.Reason;
  /** When trying again makes sense; undefined: not by itself. */
  readonly retryAfter?: number;
  /** gRPC's, where a call failed. */
  readonly code?: number;
  /** Where in the pattern. */
  readonly position?: number;
}

/**
 * Thrown by a function: no answer; the message goes to another instance or comes again, not before
 * `after` has passed (milliseconds). `why` is for the log. Any other error does the same at once.
 */
export class Retry extends Error {
  constructor(after?: number, why?: string);
  readonly after: number;
}
