// An adapter: plugs a chat service in. Start here when writing one.
import type { PeerOptions } from "./index.js";
import type * as wire from "../wire/wire.js";

export interface AdapterOptions extends PeerOptions {
  /** For people, for example "IRC" or "terminal". */
  service?: string;
  capabilities?: wire.Capabilities;
  /** Qualified id of the bot's own user, whose messages match no route; empty: unknown. */
  ownUserId?: string;
  /** How users call the bot, without '@'. */
  mentionNames?: string[];
  /** "service": the chat service itself refuses an order's key that it has seen. */
  dedup?: "service";
  /** How much waits for the hub at most; the oldest go first. Standard: 10,000 events and 16 MiB. */
  outboxEvents?: number;
  outboxBytes?: number;
  /** How many orders are answered from memory when the hub repeats them; at least 10,000. */
  rememberedOrders?: number;
}

/** What the chat service says of an event besides the event itself. */
export interface EventOrigin {
  /** Its own id of the event, by which the hub knows it when it comes again. */
  serviceEventId?: string;
  /** Where to go on reading after a restart. */
  cursor?: string;
  /** How long ago it happened, in milliseconds. */
  age?: number;
}

/**
 * Tells what became of an order's actions, one after the other. Actions that it is not told about count
 * as done, unless one before them failed.
 */
export interface OrderResult {
  /** The next action is done; with the ids of the messages that it made, by which they can be edited. */
  done(...platformIds: string[]): void;
  /** The next action failed; do none of those behind it. Throwing a ChathubError does the same. */
  fail(reason: wire.Reason, detail: string): void;
  readonly failed: boolean;
}

/** Says what happens in the chat and does what the hub orders. Functions are called one at a time. */
export class Adapter {
  /** `name`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}, else a TypeError; ids begin with it and '/'. */
  constructor(name: string, options?: AdapterOptions);
  readonly name: string;

  /**
   * Does everything in the order. Messages named by the key they were posted under are already named by
   * platformId; one that still has `posted` is not known any more.
   */
  onOrder(run: (order: wire.Order, result: OrderResult) => unknown): this;
  /** The hub has greeted us, for the first time or again: where to go on reading, which rooms to join. */
  onAttached(run: (greeting: wire.AdapterHelloOk) => unknown): this;

  /**
   * Attaches to the hub, waits for it where it is not there yet, and comes back after every failure.
   * Resolves when stopped: the orders that are out are done first, for at most 9 s. Rejects with a
   * ChathubError when the hub refuses this adapter or it is set up wrongly.
   */
  run(options?: { signal?: AbortSignal }): Promise<void>;
  /** Ends run as SIGTERM does. */
  stop(): void;

  /**
   * Takes an event; it is sent when the hub is there, and again until the hub has accepted it. The
   * conversation's adapter may be left out. Its number. Throws where it cannot be sent at all.
   */
  emit(event: wire.Event, origin?: EventOrigin): number;
  /** True when the outbox is at most half full: for sources that can wait. False after `patience` ms. */
  awaitSpace(patience?: number): Promise<boolean>;
  /**
   * True when all that was emitted is finished, dead or expired, and its orders are done. False if that
   * took longer than `patience` milliseconds, or if the adapter has ended.
   */
  awaitSettled(patience?: number): Promise<boolean>;

  /** Tells who and what is there; best told again whenever attached. */
  tellUsers(users: wire.User[]): void;
  tellRooms(rooms: wire.Room[]): void;
  /** The bot is called otherwise now. */
  rename(ownUserId: string, mentionNames: string[]): void;
}
