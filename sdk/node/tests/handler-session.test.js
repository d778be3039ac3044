// A handler's talk with the hub: order, answers, conflicts, cancelling.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HandlerCase } from "./support/handler-case.js";

const text = (words) => ({ send: { content: { text: words } } });
const conflict = { outcome: "conflict", conflict: { key: "k", revision: 3 } };

test("one conversation runs in order and another beside it", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.deliver("2", "x");
  hub.deliver("3", "y");
  assert.deepEqual(hub.begun(), ["1", "3"]);
  hub.return("1");
  assert.deepEqual(hub.begun(), ["2"]);
});

test("a free route waits for nobody", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.deliver("2", "x", { route: "free" });
  assert.deepEqual(hub.begun(), ["1", "2"]);
});

test("an answer is one Finish with all its actions and store writes", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1", { actions: [text("one"), text("two")], storeWrites: [{ key: "k", add: 1 }] });
  const [{ finish }, ...more] = hub.said();
  assert.deepEqual(more, []);
  assert.equal(finish.delivery, "1");
  assert.equal(finish.attempt, 1);
  assert.deepEqual(
    finish.actions.map(({ send }) => send.content.text),
    ["one", "two"],
  );
  assert.equal(finish.storeWrites[0].add, 1);
});

test("a conflict runs the function again before the next of its conversation", () => {
  const hub = new HandlerCase().attach();
  for (const id of ["1", "2", "3"]) hub.deliver(id, "x");
  assert.deepEqual(hub.begun(), ["1"]);
  hub.return("1");
  assert.deepEqual(hub.begun(), ["2"]);
  hub.result("1", conflict);
  hub.return("2");
  assert.deepEqual(hub.begun(), ["1"]);
  hub.return("1");
  assert.deepEqual(hub.begun(), ["3"]);
});

test("the sixth conflict gives up", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  for (let run = 0; run < 6; ++run) {
    assert.deepEqual(hub.begun(), ["1"], `run ${run}`);
    hub.return("1");
    assert.ok(hub.said()[0].finish);
    hub.result("1", conflict);
  }
  assert.deepEqual(hub.begun(), []);
  assert.equal(hub.said()[0].nack.delivery, "1");
});

test("a refused answer is said again when the hub says so, and the function does not run again", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1");
  hub.said();
  hub.result("1", { outcome: "refused", problem: { retryAfter: 500 } });
  assert.equal(hub.session.nextWake(), hub.now + 500);
  hub.pass(499);
  assert.deepEqual(hub.said(), []);
  hub.pass(1);
  assert.ok(hub.said()[0].finish);
  assert.deepEqual(hub.begun(), []);
});

test("an answer refused for good is given up with the hub's words", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1");
  hub.said();
  hub.result("1", { outcome: "refused", problem: { detail: "no such target" } });
  assert.match(hub.said()[0].nack.why, /no such target/);
});

test("a stale answer is forgotten", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1");
  hub.said();
  hub.result("1", { outcome: "stale" });
  hub.pass(5_000);
  assert.deepEqual(hub.said(), [], "nothing is held, so nothing is renewed");
});

test("a cancelled one that waits never begins", () => {
  const hub = new HandlerCase().attach();
  for (const id of ["1", "2", "3"]) hub.deliver(id, "x");
  hub.begun();
  hub.hear({ cancel: { delivery: "2", attempt: 1 } });
  hub.return("1");
  assert.deepEqual(hub.begun(), ["3"]);
});

test("a cancelled one that runs is told why, and its answer is not said", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.hear({
    cancel: { delivery: "1", attempt: 1, problem: { reason: "expired", detail: "too late" } },
  });
  const { signal } = hub.jobs.get("1").abort;
  assert.ok(signal.aborted);
  assert.equal(signal.reason.reason, "expired");
  assert.equal(signal.reason.message, "too late");
  hub.return("1");
  assert.deepEqual(hub.said(), []);
});

test("a Cancel of an earlier attempt is not for this one", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x", { attempt: 2 });
  hub.begun();
  hub.hear({ cancel: { delivery: "1", attempt: 1 } });
  assert.ok(!hub.jobs.get("1").abort.signal.aborted);
});

test("a later attempt waits for the earlier function, and alone is answered", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  const earlier = hub.jobs.get("1");
  hub.deliver("1", "x", { attempt: 2 });
  assert.ok(earlier.abort.signal.aborted);
  assert.deepEqual(hub.begun(), []);
  hub.session.returned(earlier, { actions: [], storeWrites: [] });
  assert.deepEqual(hub.said(), []);
  assert.deepEqual(hub.begun(), ["1"]);
  hub.return("1");
  assert.equal(hub.said()[0].finish.attempt, 2);
});

test("a nack carries its time and its reason", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1", { nack: "not yet", retryAfter: 1500 });
  const [{ nack }] = hub.said();
  assert.equal(nack.retryAfter, 1500);
  assert.equal(nack.why, "not yet");
});

test("an answer too large for the wire is given up instead of costing the stream", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1", { actions: [text("x".repeat(300 * 1024))], storeWrites: [] });
  assert.match(hub.said()[0].nack.why, /256 KiB/);
});

test("an answer that is none is given up with the name of the wrong field", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1", { actions: [text(7)], storeWrites: [] });
  assert.match(hub.said()[0].nack.why, /Content\.text must be a string/);
});

test("half a surrogate pair is replaced instead of costing the stream", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1", { actions: [text("a\ud800 z")], storeWrites: [] });
  assert.equal(hub.said()[0].finish.actions[0].send.content.text, "a\ufffd z");
});

test("many answers go out in frames of 64", () => {
  const hub = new HandlerCase().attach();
  for (let i = 0; i < 70; ++i) hub.deliver(String(i), String(i));
  for (const id of hub.begun()) hub.return(id);
  assert.equal(hub.frame().length, 64);
  assert.equal(hub.frame().length, 6);
});

test("large answers go out in frames of at most 256 KiB", () => {
  const hub = new HandlerCase().attach();
  for (let i = 0; i < 3; ++i) hub.deliver(String(i), String(i));
  for (const id of hub.begun())
    hub.return(id, { actions: [text("x".repeat(100 * 1024))], storeWrites: [] });
  assert.deepEqual([hub.frame().length, hub.frame().length], [2, 1]);
});

test("a ping is answered with its nonce, to the last bit", () => {
  const hub = new HandlerCase().attach();
  hub.hear({ ping: { nonce: 18446744073709551557n } });
  assert.equal(hub.said()[0].pong.nonce, 18446744073709551557n);
});

test("progress that is too large is refused to the function", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  const say = () => hub.session.say(hub.jobs.get("1"), "k", text("x".repeat(300 * 1024)), () => {});
  assert.throws(say, { reason: "too_large" });
});
