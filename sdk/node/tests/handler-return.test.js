// What a handler holds, for how long, and what of it survives a broken stream.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HandlerCase } from "./support/handler-case.js";

const held = (...deliveries) => deliveries.map((delivery) => ({ delivery, attempt: 1 }));

test("everything held is renewed three times a lease, and nothing else", () => {
  const hub = new HandlerCase().attach();
  assert.equal(hub.session.nextWake(), undefined);
  hub.deliver("1", "x");
  hub.deliver("2", "x");
  assert.equal(hub.session.nextWake(), hub.now + 3000);
  hub.pass(2999);
  assert.deepEqual(hub.said(), []);
  hub.pass(1);
  assert.deepEqual(hub.said(), [{ kind: "renew", renew: { deliveries: ["1", "2"] } }]);
  for (const id of ["1", "2"]) {
    hub.begun();
    hub.return(id);
    hub.result(id, { outcome: "ok" });
  }
  hub.said();
  hub.pass(3000);
  assert.deepEqual(hub.said(), []);
  assert.equal(hub.session.nextWake(), undefined);
});

test("what is finished but not answered is still renewed", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1");
  hub.said();
  hub.pass(3000);
  assert.deepEqual(hub.said()[0].renew.deliveries, ["1"]);
});

test("a break of less than a second keeps what is held and says the answer again", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("running", "x");
  hub.deliver("finished", "y");
  hub.begun();
  hub.return("finished");
  hub.said();
  hub.session.closed(hub.now);
  hub.now += 999;
  hub.attach(held("running", "finished"));
  assert.equal(hub.hello.instanceToken, "T");
  assert.deepEqual(hub.hello.holding, held("running", "finished"));
  assert.equal(hub.said()[0].finish.delivery, "finished");
  hub.return("running");
  assert.equal(hub.said()[0].finish.delivery, "running");
});

test("answers of one conversation are said again in the order in which they came", () => {
  const hub = new HandlerCase().attach();
  const ids = Array.from({ length: 20 }, (_, i) => `d${i}`);
  for (const id of ids) hub.deliver(id, "x");
  for (const id of ids) {
    hub.begun();
    hub.return(id);
  }
  hub.session.closed(hub.now);
  hub.attach(held(...ids));
  assert.deepEqual(
    hub.said().map(({ finish }) => finish.delivery),
    ids,
  );
});

test("what the hub gave to others meanwhile is dropped", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("kept", "x");
  hub.deliver("gone", "y");
  hub.begun();
  hub.session.closed(hub.now);
  hub.attach(held("kept"));
  assert.ok(!hub.jobs.get("kept").abort.signal.aborted);
  assert.ok(hub.jobs.get("gone").abort.signal.aborted);
});

test("a break of a second makes it a new instance", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.session.closed(hub.now);
  hub.now += 1000;
  hub.attach();
  assert.equal(hub.hello.instanceToken, "");
  assert.deepEqual(hub.hello.holding, []);
  assert.ok(hub.jobs.get("1").abort.signal.aborted);
});

test("after a drain it is a new instance too", () => {
  const hub = new HandlerCase().attach();
  hub.hear({ draining: {} });
  hub.session.closed(hub.now);
  assert.equal(hub.attach().hello.instanceToken, "");
});

test("a failed attempt to come back does not start the second anew", () => {
  const hub = new HandlerCase().attach();
  hub.session.closed(hub.now);
  hub.now += 600;
  hub.session.opened(hub.now);
  hub.session.closed(hub.now);
  hub.now += 600;
  assert.equal(hub.attach().hello.instanceToken, "");
});

test("progress during a break is said afterwards", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.session.closed(hub.now);
  hub.session.say(hub.jobs.get("1"), "k", {}, () => {});
  assert.deepEqual(hub.said(), []);
  hub.attach(held("1"));
  assert.equal(hub.said()[0].say.key, "k");
});

test("nobody waits for ever for progress that nobody will hear", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  let written = 0;
  hub.session.closed(hub.now);
  hub.session.say(hub.jobs.get("1"), "k", {}, () => (written += 1));
  hub.now += 1000;
  hub.attach();
  assert.equal(written, 1, "the message was dropped");
  hub.session.say(hub.jobs.get("1"), "k", {}, () => (written += 1));
  assert.equal(written, 2, "and what is said for it later is let go at once");
});

test("patience counts from the coming, not from the turn", () => {
  const hub = new HandlerCase().attach();
  hub.deliver("1", "x");
  hub.begun();
  hub.now += 100;
  const came = hub.now;
  hub.deliver("2", "x");
  hub.now += 100;
  hub.return("1");
  hub.begun();
  assert.equal(hub.jobs.get("2").since, came);
});

test("what crossed the leaving is served", () => {
  const hub = new HandlerCase().attach();
  hub.session.leave();
  assert.ok(hub.said()[0].leaving);
  hub.deliver("1", "x");
  hub.begun();
  hub.return("1");
  assert.equal(hub.said()[0].finish.delivery, "1");
});
