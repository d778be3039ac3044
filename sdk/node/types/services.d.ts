// What a handler may call beside its stream. Every call waits for at most 10 s, also through a hub's
// restart, and rejects with a ChathubError.
import type { Content, MessageRef, Target, Where } from "./index.js";
import type * as wire from "../wire/wire.js";

export type User = wire.User;
export type Room = wire.Room;

export interface SendOptions {
  /** Not before this time. */
  notBefore?: Date;
  /** A repeated call with the same one does nothing and is answered alike. Standard: a random one. */
  requestId?: string;
}

/** Speaks without having been spoken to. Resolves when the hub has it, not when it is in the chat. */
export interface Chat {
  /** Resolves to what names the message. Needs the right to send there. */
  send(where: Where, content: Content, options?: SendOptions): Promise<MessageRef>;
  edit(where: Where, target: Target, content: Content): Promise<void>;
  delete(where: Where, target: Target): Promise<void>;
  react(where: Where, target: Target, emoji: string, options?: { remove?: boolean }): Promise<void>;
  showTyping(where: Where): Promise<void>;
  join(room: string): Promise<void>;
  part(room: string): Promise<void>;
  setTopic(room: string, topic: string): Promise<void>;
}

/**
 * The handler's own keys in the hub: UTF-8 without NUL, at most 512 bytes; a value is at most 128 KiB. A
 * failed `ifRevision` (0: only if there is no such key) rejects with the reason "conflict".
 */
export interface Store {
  /** Undefined: there is no such key. */
  get(key: string): Promise<StoreEntry | undefined>;
  /** Resolves to the new revision. `ttl` in milliseconds; without it the key stays. */
  put(
    key: string,
    value: string | Uint8Array,
    options?: { ttl?: number; ifRevision?: number },
  ): Promise<number>;
  delete(key: string, options?: { ifRevision?: number }): Promise<void>;
  /** All writes or none. Resolves to one revision for each; 0 for a delete. */
  batch(writes: StoreWrite[]): Promise<number[]>;
  /** In the order of the keys' bytes. `pageSize`: how many are asked for at a time, 100 to 1000. */
  list(prefix?: string, options?: { pageSize?: number }): AsyncGenerator<StoreEntry, void>;
  /**
   * The changes under a prefix from now on, until `signal` is aborted or the handler ends. After a break
   * it comes back and first says again what is there; what was deleted meanwhile is not told.
   */
  watch(
    prefix?: string,
    options?: { withPresent?: boolean; signal?: AbortSignal },
  ): AsyncGenerator<StoreChange, void>;
}

export interface StoreEntry {
  readonly key: string;
  readonly value: Buffer;
  /** The value as a string. */
  readonly text: string;
  /** Grows with every change of the key, never reused. */
  readonly revision: number;
  readonly expiresAt?: Date;
}

/** Puts the value, or adds a number, or, with neither, deletes the key. */
export interface StoreWrite {
  key: string;
  value?: string | Uint8Array;
  ttl?: number;
  add?: number | bigint;
  ifRevision?: number;
}

export interface StoreChange {
  key: string;
  deleted: boolean;
  /** Undefined where the key is gone. */
  entry?: StoreEntry;
}

/** Who is in the chat, as the adapters told. */
export interface Users {
  /** Undefined: no adapter ever told of it. */
  get(id: string): Promise<User | undefined>;
  /** By name or mention name, without regard to case; at most 100. */
  find(name: string, options?: { adapter?: string }): Promise<User[]>;
  /** In the order of the ids. */
  list(options?: { adapter?: string; pageSize?: number }): AsyncGenerator<User, void>;
}

/** Where the chat takes place, as the adapters told. */
export interface Rooms {
  /** Undefined: no adapter ever told of it. */
  get(id: string): Promise<Room | undefined>;
  /** By name, without regard to case; at most 100. */
  find(name: string, options?: { adapter?: string }): Promise<Room[]>;
  /** In the order of the ids. `joined`: only rooms that the bot is in. */
  list(options?: {
    adapter?: string;
    joined?: boolean;
    pageSize?: number;
  }): AsyncGenerator<Room, void>;
}
