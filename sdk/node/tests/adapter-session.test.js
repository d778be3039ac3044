// An adapter's talk with the hub: events that wait, orders that repeat.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AdapterSession } from "../src/adapter-session.js";
import { MOST_UNACCEPTED, sizeOf } from "../src/outbox.js";
import { log, SessionCase } from "./support/session.js";

const LIMITS = { outboxEvents: 4, outboxBytes: 1024 * 1024, rememberedOrders: 3 };

class AdapterCase extends SessionCase {
  constructor(limits = LIMITS) {
    super(new AdapterSession({ name: "irc", epoch: "e", incarnation: "i" }, limits, log));
  }

  attach(accepted = 0) {
    this.session.opened(this.now);
    [{ hello: this.hello }] = this.said();
    this.hear({ helloOk: { hub: "hub", accepted } });
    return this;
  }

  emit(text, fields = {}) {
    const event = { event: { message: { content: { text } } }, ...fields };
    return this.session.emit(event, sizeOf(event), this.now);
  }

  events() {
    return this.said()
      .filter(({ event }) => event)
      .map(({ event }) => event);
  }

  order(key, actions = [{ send: { content: { text: key } } }]) {
    this.hear({ order: { key, actions } });
  }
}

const seqs = (events) => events.map(({ seq }) => seq);

test("events are numbered from 1 and said in order, with their age", () => {
  const hub = new AdapterCase();
  hub.emit("a", { age: 20 });
  hub.now += 30;
  hub.attach();
  hub.emit("b");
  const [first, second] = hub.events();
  assert.deepEqual([first.seq, first.age, first.resent], [1, 50, false]);
  assert.deepEqual([second.seq, second.age], [2, 0]);
});

test("what was not accepted is said again on a new stream, and marked", () => {
  const hub = new AdapterCase().attach();
  for (const text of ["a", "b", "c"]) hub.emit(text);
  hub.events();
  hub.hear({ accepted: { upTo: 1 } });
  hub.session.closed(hub.now);
  hub.attach(1);
  assert.equal(hub.hello.oldestUnaccepted, 2);
  const again = hub.events();
  assert.deepEqual(seqs(again), [2, 3]);
  assert.ok(again.every(({ resent }) => resent));
});

test("what the hub accepted before the break is not said again", () => {
  const hub = new AdapterCase().attach();
  for (const text of ["a", "b"]) hub.emit(text);
  hub.events();
  hub.session.closed(hub.now);
  hub.attach(2);
  assert.deepEqual(hub.events(), []);
});

test("an outbox that overflows forgets the oldest and says the gap", () => {
  const hub = new AdapterCase().attach();
  for (let i = 0; i < 7; ++i) hub.emit("x");
  const [{ gap }, ...events] = hub.said();
  assert.deepEqual(gap, { from: 1, to: 3 });
  assert.deepEqual(
    events.map(({ event }) => event.seq),
    [4, 5, 6, 7],
  );
});

test("what was said already is no gap when it makes room", () => {
  const hub = new AdapterCase().attach();
  for (let i = 0; i < 4; ++i) hub.emit("x");
  hub.said();
  hub.emit("y");
  assert.deepEqual(
    hub.said().map(({ kind }) => kind),
    ["event"],
  );
});

test("so many events are said and not accepted", () => {
  const hub = new AdapterCase({ ...LIMITS, outboxEvents: MOST_UNACCEPTED }).attach();
  for (let i = 0; i < MOST_UNACCEPTED; ++i) hub.emit("x");
  assert.equal(hub.events().length, MOST_UNACCEPTED);
  for (let i = 0; i < 5; ++i) hub.emit("y");
  assert.equal(hub.events().length, 0);
  hub.hear({ accepted: { upTo: 4 } });
  assert.equal(hub.events().length, 0, "the fifth, which made room, is still on its way");
  hub.hear({ accepted: { upTo: 5 } });
  assert.equal(hub.events().length, 5);
  hub.session.closed(hub.now);
  hub.attach(5);
  assert.equal(hub.events().length, MOST_UNACCEPTED);
});

test("a hub that lost its memory is told where to go on", () => {
  const hub = new AdapterCase().attach();
  for (let i = 0; i < 3; ++i) hub.emit("x");
  hub.events();
  hub.hear({ accepted: { upTo: 2 } });
  hub.session.closed(hub.now);
  hub.attach(0);
  assert.deepEqual(
    hub.said().map(({ kind, gap }) => gap ?? kind),
    [{ from: 1, to: 2 }, "event"],
  );
});

test("a repeated order is answered from memory and not done again", () => {
  const hub = new AdapterCase().attach();
  hub.order("k");
  assert.equal(hub.session.takeOrders().length, 1);
  hub.order("k");
  assert.equal(hub.session.takeOrders().length, 0, "it is still in hand");
  hub.session.done({ key: "k", results: [{ platformIds: ["p"] }] });
  hub.order("k");
  assert.equal(hub.session.takeOrders().length, 0);
  assert.deepEqual(
    hub.said().map(({ done }) => done.results[0].platformIds),
    [["p"], ["p"]],
  );
});

test("a Done without a stream is not lost: the order comes again", () => {
  const hub = new AdapterCase().attach();
  hub.order("k");
  hub.session.takeOrders();
  hub.session.closed(hub.now);
  hub.session.done({ key: "k", results: [] });
  hub.attach();
  hub.order("k");
  assert.equal(hub.said()[0].done.key, "k");
});

test("a message named by its order's key gets the chat service's id", () => {
  const hub = new AdapterCase().attach();
  hub.session.done({ key: "k", results: [{ platformIds: ["p1", "p2"] }] });
  const known = { posted: { key: "k", index: 0 } };
  const unknown = { posted: { key: "other", index: 0 } };
  hub.order("l", [{ edit: { target: known } }, { delete: { target: unknown } }]);
  const [order] = hub.session.takeOrders();
  hub.session.resolve(order);
  assert.equal(order.actions[0].edit.target.platformId, "p1");
  assert.deepEqual(order.actions[1].delete.target.posted, { key: "other", index: 0 });
});

test("settled is asked for behind the events that it is about", () => {
  const hub = new AdapterCase().attach();
  hub.emit("a");
  assert.equal(hub.session.askSettled(), 1);
  assert.deepEqual(
    hub.said().map(({ kind }) => kind),
    ["event", "awaitSettled"],
  );
  hub.session.closed(hub.now);
  hub.attach(1);
  assert.deepEqual(
    hub.said().map(({ kind }) => kind),
    ["awaitSettled"],
    "asked anew",
  );
  hub.hear({ settled: { upTo: 1 } });
  assert.equal(hub.session.settled, 1);
});

test("another name is said in another hello", () => {
  const hub = new AdapterCase().attach();
  hub.session.rename("irc/me", ["me"]);
  assert.deepEqual(hub.said()[0].hello.mentionNames, ["me"]);
  hub.hear({ helloOk: { hub: "hub" } });
  assert.equal(hub.session.takeGreetings().length, 1, "the answer to it brings nothing new");
});

test("a name that changed before the greeting is said behind it", () => {
  const hub = new AdapterCase();
  hub.session.opened(hub.now);
  hub.said();
  hub.session.rename("irc/me", ["me"]);
  hub.emit("x");
  assert.deepEqual(hub.said(), []);
  hub.hear({ helloOk: { hub: "hub" } });
  const [first, second] = hub.said();
  assert.deepEqual(first.hello.mentionNames, ["me"]);
  assert.equal(second.kind, "event");
});

test("thousands of events cost no square of them", () => {
  const hub = new AdapterCase({ ...LIMITS, outboxEvents: 100_000 }).attach();
  for (let i = 0; i < 20_000; ++i) hub.emit("x");
  hub.hear({ accepted: { upTo: 19_999 } });
  assert.deepEqual(seqs(hub.events()), [20_000]);
});
