// An adapter's talk with the hub: events that go out, orders that come in.
import { DoneMemory } from "./done-memory.js";
import { Outbox } from "./outbox.js";
import { Outgoing } from "./outgoing.js";
import { decode, encode, methodOf, typeOf } from "./wire.js";

const ITEM = typeOf("AdapterItem");
const TARGETED = ["edit", "react", "delete"];

/** Without sockets or clock: every time is handed in, in milliseconds. */
export class AdapterSession {
  method = methodOf("Adapters", "Attach");
  attached = false;

  #hello;
  #log;
  #leaving = false;
  #outgoing = new Outgoing();
  #hub = "";
  #outbox;
  #asked = 0;
  #settled = 0;
  // Still to be said on this stream.
  #askSettled = false;
  // Since the first hello of this stream, before its answer.
  #renamed = false;
  #memory;
  // Keys of orders that are not done.
  #inHand = new Set();
  #orders = [];
  #greetings = [];

  constructor(hello, { outboxEvents, outboxBytes, rememberedOrders }, log) {
    this.#hello = hello;
    this.#log = log;
    this.#outbox = new Outbox(outboxEvents, outboxBytes);
    this.#memory = new DoneMemory(rememberedOrders);
  }

  opened() {
    this.attached = false;
    this.#renamed = false;
    this.#outbox.rewind();
    this.#sayHello();
  }

  #sayHello() {
    this.#add({ hello: { ...this.#hello, oldestUnaccepted: this.#outbox.oldest } });
  }

  closed() {
    this.attached = false;
    this.#outgoing.takeAll();
    this.#askSettled = false;
  }

  hear(bytes) {
    for (const command of decode(this.method.response, bytes).items) {
      // A kind that is not here comes from a newer hub.
      this.#hearing[command.kind]?.(command[command.kind]);
    }
  }

  #hearing = {
    helloOk: (ok) => this.#hearHelloOk(ok),
    accepted: ({ upTo }) => this.#outbox.accept(upTo),
    settled: ({ upTo }) => (this.#settled = Math.max(this.#settled, upTo)),
    order: (order) => this.#hearOrder(order),
    ping: ({ nonce }) => this.#add({ pong: { nonce } }),
    draining: () => this.#log.info("the hub is going away"),
  };

  #hearHelloOk(ok) {
    // The answer to a repeated hello brings nothing new.
    if (this.attached) return;
    this.attached = true;
    this.#hub = ok.hub;
    this.#greetings.push(ok);
    if (this.#renamed) this.#sayHello();
    this.#outbox.accept(ok.accepted);
    this.#skipForgotten(ok.accepted + 1);
    this.#askSettled = this.#settled < this.#asked;
  }

  // A hub that lost its memory, or missed what the outbox could not keep, is told where to go on.
  #skipForgotten(expected) {
    const next = this.#outbox.oldest || this.#outbox.last + 1;
    if (expected >= next) return;
    this.#log.warn(`events ${expected} to ${next - 1} are not known to this hub`);
    this.#add({ gap: { from: expected, to: next - 1 } });
  }

  #hearOrder(order) {
    const done = this.#memory.find(order.key);
    if (done) {
      this.#add({ done });
    } else if (!this.#inHand.has(order.key)) {
      // In hand already: its Done would be the answer to this one too.
      this.#inHand.add(order.key);
      this.#orders.push(order);
    }
  }

  /**
   * On a new stream the hub sends the order again, and gets the remembered answer. Throws a TypeError
   * where something in it is not what the wire has.
   */
  done(done) {
    const bytes = encode(ITEM, { done });
    this.#inHand.delete(done.key);
    this.#memory.add(done);
    if (this.attached) this.#outgoing.add({ bytes });
  }

  /** Something that is said now or never. */
  tell(item) {
    if (this.attached) this.#add(item);
  }

  /** Says the hello again with this in it. */
  rename(ownUserId, mentionNames) {
    this.#hello = { ...this.#hello, ownUserId, mentionNames };
    this.#renamed = true;
    if (this.attached) this.#sayHello();
  }

  /** Its seq. `bytes`: as sizeOf has it. */
  emit(event, bytes, now) {
    return this.#outbox.add(event, bytes, now);
  }

  /** Asks to hear when all that was emitted so far is settled: when `settled` has reached this seq. */
  askSettled() {
    if (this.#asked !== this.#outbox.last) {
      this.#asked = this.#outbox.last;
      this.#askSettled = this.attached;
    }
    return this.#asked;
  }

  get settled() {
    return this.#settled;
  }

  get hasSpace() {
    return this.#outbox.hasSpace;
  }

  /** What the author's functions are to hear next; each is given out once. */
  takeOrders() {
    return this.#orders.splice(0);
  }

  takeGreetings() {
    return this.#greetings.splice(0);
  }

  /** Names messages in an order by the chat service's ids as far as they are known. */
  resolve(order) {
    for (const action of order.actions) {
      const kind = TARGETED.find((name) => action[name]);
      if (kind) action[kind].target = this.#memory.resolve(action[kind].target);
    }
  }

  fill(frame, now) {
    if (!this.#outgoing.fill(frame) || !this.attached) return;
    const gap = this.#outbox.takeGap();
    if (gap) {
      this.#log.warn(`lost events ${gap.from} to ${gap.to}: the hub is too slow`);
      frame.add(encode(ITEM, { gap }));
    }
    this.#outbox.fill(frame, now);
    if (!this.#askSettled || !this.#outbox.allSaid) return;
    const asked = encode(ITEM, { awaitSettled: { upTo: this.#asked } });
    if (frame.add(asked)) this.#askSettled = false;
  }

  tick() {}

  nextWake() {
    return undefined;
  }

  /** The hub ends the stream, when the orders that are out are done. */
  leave() {
    if (this.#leaving) return;
    this.#leaving = true;
    this.tell({ leaving: {} });
  }

  #add(item) {
    this.#outgoing.add({ bytes: encode(ITEM, item) });
  }

  greeting() {
    return `attached to ${this.#hub || "the hub"}`;
  }
}
