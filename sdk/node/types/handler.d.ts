// A handler: adds functions to the chat. Start here when writing one.
import type { Content, MessageRef, PeerOptions, Target } from "./index.js";
import type { EventKind, RouteOptions } from "./route.js";
import type { Chat, Room, Rooms, Store, User, Users } from "./services.js";
import type * as wire from "../wire/wire.js";

export interface HandlerOptions extends PeerOptions {
  /** Of the routes: raise it when they change, and the newer instances take over. Standard: 0. */
  revision?: number;
  /** How many messages this instance holds at most, running or queued. Standard: 64; at most 1024. */
  maximumInFlight?: number;
}

/** Gets the message and its captures. The answer is given when it returns, or its promise resolves. */
export type HandlerFunction<Captures> = (message: Message<Captures>, captures: Captures) => unknown;

// Of a pattern: groups that took no part in the match are missing.
type Groups = Record<string, string>;
// Of a command: with the types that its arguments were declared with.
type Arguments = Record<string, any>;

/** Functions, and the messages that they wait for. */
export class Handler {
  /** `name`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}, else a TypeError. */
  constructor(name: string, options?: HandlerOptions);
  readonly name: string;

  /**
   * Calls `run` for messages in which `pattern` is found: a RegExp (see toRe2), or a text in RE2's own
   * syntax. Throws a ChathubError where RE2 has no such thing.
   */
  route(pattern: RegExp | string, run: HandlerFunction<Groups>, options?: RouteOptions): this;
  /** Calls it for messages to the bot that begin with `word`, without regard to case. */
  command(word: string, run: HandlerFunction<Arguments>, options?: RouteOptions): this;
  /** Calls it for whatever else happens. */
  on(kind: EventKind, run: HandlerFunction<Groups>, options?: RouteOptions): this;
  /** Hears what became of every answer. */
  onPosted(run: (posted: Posted) => unknown): this;

  /**
   * Attaches to the hub, waits for it where it is not there yet, and comes back after every failure.
   * Resolves when stopped, by a signal, by `stop` or by `signal`: what is held is finished first, for at
   * most 9 s. Rejects with a ChathubError when the hub refuses this handler or it is set up wrongly.
   */
  run(options?: { signal?: AbortSignal }): Promise<void>;
  /** Ends run as SIGTERM does. */
  stop(): void;

  /** Speaks without having been spoken to. */
  readonly chat: Chat;
  /** The handler's own memory in the hub. */
  readonly store: Store;
  readonly users: Users;
  readonly rooms: Rooms;
  /** What the user of `message` can use where it was said; `search` narrows it. */
  listRoutes(
    message?: { user?: wire.User; conversation?: wire.Conversation },
    search?: string,
  ): Promise<RouteListing[]>;
}

/** What a function gets: the message that matched, and how to answer it. */
export class Message<Captures = Groups> {
  private constructor();
  /** The text that was matched, without the mention or prefix. */
  readonly text: string;
  readonly captures: Captures;
  /** Captures by number; 0 is the whole match. */
  readonly groups: string[];
  readonly user: Required<User>;
  readonly conversation: Required<wire.Conversation>;
  /** `id` is empty in a private talk; an adapter may know no more of it than the id. */
  readonly room: Required<Room>;
  /** The message itself, to be edited or reacted to. */
  readonly ref: MessageRef;
  /** From 1; above 1 somebody had it before and did not finish. */
  readonly attempt: number;
  /** It was said to the bot. */
  readonly addressed: boolean;
  readonly event: wire.Event;
  /** All that came over the wire. */
  readonly delivery: wire.Delivery;
  /** Aborted when somebody else has ended it: the deadline passed, or the hub gave it to another. */
  readonly signal: AbortSignal;
  /** What is left of the user's patience in milliseconds, after which the hub answers by itself. */
  readonly timeLeft: number;

  // The answer: happens in this order, all together, when the function has returned.

  /** `notBefore`: a message for later. */
  reply(content: Content, options?: { notBefore?: Date }): void;
  edit(target: Target, content: Content): void;
  /** To this message, or to another. */
  react(emoji: string): void;
  react(target: Target, emoji: string): void;
  delete(target: Target): void;
  do(action: wire.Action): void;
  /** Writes that happen together with the answer, or not at all. */
  readonly store: AnswerStore;

  // Progress: sent at once; restarts the user's patience; may be seen twice after a failure.

  /** Resolves when it has gone out, to what names it. Rejects if it is larger than 256 KiB. */
  say(content: Content): Promise<MessageRef>;
  /** Changes at once what an earlier say posted. */
  update(target: Target, content: Content): Promise<void>;
}

/**
 * Where an `ifRevision` does not hold (0: there is no such key), nothing of the answer happens and the
 * function runs again, at most 5 times.
 */
export interface AnswerStore {
  /** `ttl` in milliseconds; without it the key stays. */
  put(
    key: string,
    value: string | Uint8Array,
    options?: { ttl?: number; ifRevision?: number },
  ): void;
  delete(key: string, options?: { ifRevision?: number }): void;
  /** Adds to a decimal number of 64 bits; a missing key counts as 0. Standard: 1. */
  add(key: string, amount?: number | bigint, options?: { ifRevision?: number }): void;
}

/** What became of one action of an answer. */
export interface Posted {
  message: MessageRef;
  /** Several where a long text was split. */
  platformIds: string[];
  /** Undefined: it is in the chat. */
  problem?: string;
}

/** A route of any handler. */
export interface RouteListing {
  handler: string;
  id: string;
  /** The command's word or the pattern; undefined for events. */
  trigger?: string;
  usage: string;
  description: string;
  hidden: boolean;
  /** An instance of the handler is attached now. */
  attached: boolean;
}
