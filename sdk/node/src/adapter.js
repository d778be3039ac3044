// An adapter: plugs a chat service in. Start here when writing one.
import { randomUUID } from "node:crypto";
import { AdapterSession } from "./adapter-session.js";
import { ChathubError } from "./errors.js";
import { ITEM_BYTES } from "./outgoing.js";
import { sizeOf } from "./outbox.js";
import { hubOptions, Life, peerLog } from "./peer.js";

const limitsOf = ({
  outboxEvents = 10_000,
  outboxBytes = 16 * 1024 * 1024,
  rememberedOrders = 0,
}) => ({
  outboxEvents,
  outboxBytes,
  rememberedOrders: Math.max(rememberedOrders, 10_000),
});

const helloOf = (name, { service, capabilities, ownUserId, mentionNames, dedup }) => ({
  name,
  epoch: randomUUID(),
  incarnation: randomUUID(),
  dedup,
  service,
  capabilities,
  ownUserId,
  mentionNames,
});

/** Tells what became of an order's actions, one after the other. */
class OrderResult {
  results = [];
  failed = false;

  done(...platformIds) {
    this.results.push({ platformIds: platformIds.flat() });
  }

  fail(reason, detail) {
    if (this.failed) return;
    this.failed = true;
    this.results.push({ problem: { reason, detail } });
  }
}

export class Adapter {
  #name;
  #log;
  #session;
  #life;
  #onOrder;
  #onAttached;
  #ran = false;
  #ended = false;
  // Functions are called one at a time.
  #calling = Promise.resolve();
  // What is awaited: { reached, settle }.
  #waiters = new Set();

  constructor(name, options = {}) {
    this.#name = name;
    this.#log = peerLog("adapter", name, options.logger);
    this.#session = new AdapterSession(helloOf(name, options), limitsOf(options), this.#log);
    const settle = () => this.#settle();
    const { handleSignals } = options;
    this.#life = new Life(this.#session, hubOptions(options), this.#log, settle, handleSignals);
  }

  get name() {
    return this.#name;
  }

  onOrder(run) {
    this.#onOrder = run;
    return this;
  }

  onAttached(run) {
    this.#onAttached = run;
    return this;
  }

  async run({ signal } = {}) {
    if (this.#ran) throw new Error("this adapter has been run already");
    this.#ran = true;
    try {
      await this.#life.run(signal);
    } finally {
      this.#ended = true;
      this.#wakeWaiters();
    }
  }

  stop() {
    this.#life.stop();
  }

  emit(event, { serviceEventId, cursor, age } = {}) {
    const conversation = { adapter: this.#name, ...event.conversation };
    const item = { serviceEventId, cursor, age, event: { ...event, conversation } };
    const bytes = sizeOf(item);
    if (bytes > ITEM_BYTES) throw new ChathubError("too_large", "the event is larger than 256 KiB");
    return this.#life.enter((session, now) => session.emit(item, bytes, now));
  }

  awaitSpace(patience) {
    return this.#await((session) => session.hasSpace, patience);
  }

  awaitSettled(patience) {
    const last = this.#life.enter((session) => session.askSettled());
    return this.#await((session) => session.settled >= last, patience);
  }

  tellUsers(users) {
    this.#life.enter((session) => session.tell({ users: { users } }));
  }

  tellRooms(rooms) {
    this.#life.enter((session) => session.tell({ rooms: { rooms } }));
  }

  rename(ownUserId, mentionNames) {
    this.#life.enter((session) => session.rename(ownUserId, mentionNames));
  }

  // True when reached; false if that took longer (milliseconds), or if the adapter has ended.
  async #await(reached, patience = Infinity) {
    if (reached(this.#session)) return true;
    if (this.#ended) return false;
    const waiter = { reached };
    const woken = new Promise((resolve) => (waiter.resolve = resolve));
    this.#waiters.add(waiter);
    const timer = Number.isFinite(patience) && setTimeout(waiter.resolve, patience);
    await woken;
    clearTimeout(timer);
    this.#waiters.delete(waiter);
    return reached(this.#session);
  }

  #wakeWaiters() {
    for (const { reached, resolve } of this.#waiters) {
      if (this.#ended || reached(this.#session)) resolve();
    }
  }

  #settle() {
    for (const greeting of this.#session.takeGreetings()) {
      this.#calling = this.#calling.then(() => this.#greet(greeting));
    }
    for (const order of this.#session.takeOrders()) {
      this.#calling = this.#calling.then(() => this.#do(order));
    }
    this.#wakeWaiters();
  }

  async #greet(greeting) {
    try {
      await this.#onAttached?.(greeting);
    } catch (error) {
      this.#log.error(`the function for attached threw: ${error?.stack ?? error}`, { error });
    }
  }

  async #do(order) {
    this.#session.resolve(order);
    const result = new OrderResult();
    if (order.expiresAt < new Date()) result.fail("expired", "the order came too late");
    else await this.#call(order, result);
    while (!result.failed && result.results.length < order.actions.length) result.done();
    try {
      this.#done(order.key, result.results);
    } catch (error) {
      this.#log.error(`the result of an order was refused: ${error.message}`, { error });
      this.#done(order.key, [{ problem: { reason: "our_fault", detail: error.message } }]);
    }
  }

  #done(key, results) {
    this.#life.enter((session) => session.done({ key, results }));
  }

  async #call(order, result) {
    if (!this.#onOrder) {
      result.fail("unsupported", "this adapter only listens");
      return;
    }
    try {
      await this.#onOrder(order, result);
    } catch (error) {
      const isOurs = error instanceof ChathubError;
      if (!isOurs)
        this.#log.error(`the function for orders threw: ${error?.stack ?? error}`, { error });
      result.fail(isOurs ? error.reason : "our_fault", String(error?.message ?? error));
    }
  }
}
