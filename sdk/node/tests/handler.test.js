// A handler against a scripted hub on a real socket.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { status as Code } from "@grpc/grpc-js";
import { Handler, Retry } from "../src/index.js";
import { FakeHub, refusal, TOKEN } from "./support/fake-hub.js";
import { within } from "./support/queue.js";

let hub;
let bots;

beforeEach(() => {
  hub = new FakeHub();
  bots = [];
});

afterEach(async () => {
  for (const { bot, ended } of bots) {
    bot.stop();
    hub.die();
    await ended;
  }
  hub.close();
});

/** A handler that runs until the test ends; `ended` is what run came to. */
function run(prepare, options = {}) {
  const bot = new Handler("hi", { ...hub.options, ...options });
  prepare(bot);
  const ended = bot.run().then(
    () => "stopped",
    (error) => error,
  );
  bots.push({ bot, ended });
  return { bot, ended: within(ended, "the end of run") };
}

const greets = (bot) =>
  bot.route(/^hi (?<name>\w+)/, (message, { name }) => message.reply(`hello ${name}`));

test("finds the hub by its data folder, says hello and answers", async () => {
  await hub.listen();
  run(greets, { revision: 3, maximumInFlight: 7 });
  const stream = await hub.handlers.next();
  assert.deepEqual(stream.metadata.get("authorization"), [`Bearer ${TOKEN}`]);
  const hello = await stream.greet();
  assert.equal(hello.name, "hi");
  assert.equal(hello.revision, 3);
  assert.equal(hello.maximumInFlight, 7);
  assert.equal(hello.routes[0].id, "route-1");
  assert.equal(hello.routes[0].pattern, "^hi (?P<name>\\w+)");
  stream.deliver("d", { captures: { name: "Ada" } });
  const finish = await stream.expect("finish");
  assert.equal(finish.actions[0].send.content.text, "hello Ada");
  assert.equal(await hub.lines.next(), "attached to fake with 1 route");
});

test("options of routes reach the hub", async () => {
  await hub.listen();
  run((bot) => {
    const help = { usage: "roll NdM", description: "Rolls.", hidden: true };
    const times = { maxAge: 1, linger: 0, deadline: 61_500, maximumAttempts: 1 };
    const more = { ordered: true, bots: true, fallbackText: "sorry", requiredGroups: ["ops"] };
    bot.command("roll", () => {}, {
      ...help,
      ...times,
      ...more,
      precedence: "exclusive",
      arguments: ["dice"],
    });
    bot.on("joined", () => {}, { id: "welcome" });
  });
  const { routes } = await (await hub.handlers.next()).greet();
  const [roll, welcome] = routes;
  assert.equal(roll.id, "roll");
  assert.equal(roll.addressedOnly, true);
  assert.equal(roll.precedence, "exclusive");
  assert.deepEqual(
    [roll.maxAge, roll.linger, roll.deadline, roll.maximumAttempts],
    [1, 0, 61_500, 1],
  );
  assert.deepEqual([roll.ordered, roll.bots, roll.fallbackText], [true, true, "sorry"]);
  assert.deepEqual(roll.requiredGroups, ["ops"]);
  assert.equal(roll.command.arguments[0].name, "dice");
  assert.deepEqual(roll.help, { usage: "roll NdM", description: "Rolls.", hidden: true });
  assert.equal(welcome.event, "joined");
});

test("actions and store writes go with the Finish, in order", async () => {
  await hub.listen();
  run((bot) =>
    bot.route("x", (message) => {
      message.reply("one");
      message.edit({ key: "k", index: 2 }, { text: "*two*", format: "markdown" });
      message.react("👍");
      message.delete("p");
      message.reply("later", { notBefore: new Date(1_700_000_000_123) });
      message.store.put("a", "1", { ttl: 5000, ifRevision: 4 });
      message.store.delete("b");
      message.store.add("c", -2);
    }),
  );
  const stream = await hub.handlers.next();
  await stream.greet();
  const event = { conversation: { room: "a/r" }, message: { platformId: "m1" } };
  stream.deliver("d", { event });
  const { actions, storeWrites } = await stream.expect("finish");
  assert.deepEqual(
    actions.map(({ kind }) => kind),
    ["send", "edit", "react", "delete", "send"],
  );
  assert.deepEqual(actions[1].edit.target.posted, { key: "k", index: 2 });
  assert.equal(actions[2].react.target.platformId, "m1");
  assert.equal(actions[3].delete.target.platformId, "p");
  assert.equal(actions[4].send.notBefore.getTime(), 1_700_000_000_123);
  const [put, remove, add] = storeWrites;
  assert.deepEqual(
    [put.key, put.put.value.toString(), put.put.ttl, put.ifRevision],
    ["a", "1", 5000, 4],
  );
  assert.deepEqual([remove.change, remove.ifRevision], ["delete", undefined]);
  assert.equal(add.add, -2);
});

test("progress goes out while the function runs, and its message can be changed", async () => {
  await hub.listen();
  let goOn;
  run((bot) =>
    bot.route("x", async (message) => {
      const said = await message.say("working");
      await message.update(said, "half way");
      await new Promise((resolve) => (goOn = resolve));
      message.edit(said, "done");
    }),
  );
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("d");
  const first = await stream.expect("say");
  assert.equal(first.key, "say 1.1 d");
  const second = await stream.expect("say");
  const key = "d/say/say 1.1 d";
  assert.equal(second.actions[0].edit.target.posted.key, key);
  goOn();
  assert.equal((await stream.expect("finish")).actions[0].edit.target.posted.key, key);
});

test("Retry nacks with its time, any other error at once, and the handler goes on", async () => {
  await hub.listen();
  run((bot) =>
    bot.route("x", ({ text }) => {
      if (text === "later") throw new Retry(5000, "not yet");
      if (text === "broken") throw new TypeError("no such thing");
    }),
  );
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("1", { text: "later" });
  const later = await stream.expect("nack");
  assert.deepEqual([later.retryAfter, later.why], [5000, "not yet"]);
  stream.deliver("2", { text: "broken" });
  const broken = await stream.expect("nack");
  assert.deepEqual(
    [broken.retryAfter, broken.why],
    [undefined, "the function threw: no such thing"],
  );
  stream.deliver("3");
  await stream.expect("finish");
});

test("a conflict runs the function again on what is there now", async () => {
  await hub.listen();
  let runs = 0;
  run((bot) => bot.route("x", (message) => message.reply(`run ${(runs += 1)}`)));
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("d");
  await stream.expect("finish");
  stream.say({ finishResult: { delivery: "d", outcome: "conflict", conflict: { key: "k" } } });
  assert.equal((await stream.expect("finish")).actions[0].send.content.text, "run 2");
});

test("a Cancel aborts the message's signal", async () => {
  await hub.listen();
  let aborted;
  const told = new Promise((resolve) => (aborted = resolve));
  run((bot) =>
    bot.route("x", async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      aborted(signal.reason.message);
      signal.throwIfAborted();
    }),
  );
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("d");
  stream.say({
    cancel: { delivery: "d", attempt: 1, problem: { reason: "expired", detail: "too late" } },
  });
  assert.equal(await within(told, "the abort"), "too late");
  stream.deliver("e", { room: "a/other" });
  stream.say({ cancel: { delivery: "e", attempt: 1 } }, { ping: { nonce: 5 } });
  assert.equal((await stream.expect("pong")).nonce, 5, "and nothing was said of the cancelled one");
});

test("what the function says after it has returned is refused to it", async () => {
  await hub.listen();
  let kept;
  run((bot) => bot.route("x", (message) => void (kept = message)));
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("d");
  await stream.expect("finish");
  assert.throws(() => kept.reply("too late"), /has returned/);
  await assert.rejects(kept.say("too late"), /has returned/);
});

test("what became of an answer is told", async () => {
  await hub.listen();
  const told = [];
  let all;
  const both = new Promise((resolve) => (all = resolve));
  run((bot) =>
    greets(bot).onPosted((posted) => {
      told.push(posted);
      if (told.length === 2) all();
    }),
  );
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.say({ posted: { key: "d", index: 1, result: { platformIds: ["p", "q"] } } });
  stream.say({ posted: { key: "say 1.1 d", result: { problem: { detail: "no such room" } } } });
  await within(both, "both");
  assert.deepEqual(told[0], {
    message: { key: "d", index: 1, platformId: "p" },
    platformIds: ["p", "q"],
    problem: undefined,
  });
  assert.equal(told[1].message.key, "d/say/say 1.1 d");
  assert.equal(told[1].problem, "no such room");
});

test("answers that are ready in one tick go out in one frame", async () => {
  await hub.listen();
  run((bot) => bot.route("x", () => {}, { free: true }));
  const stream = await hub.handlers.next();
  await stream.greet();
  const event = { conversation: { room: "a/r" } };
  const deliveries = Array.from({ length: 50 }, (_, i) => ({
    delivery: { id: `${i}`, attempt: 1, route: "route-1", event },
  }));
  stream.say(...deliveries);
  for (let i = 0; i < 50; ++i) await stream.expect("finish");
  assert.deepEqual(stream.frames, [1, 50]);
});

test("the time left begins anew with progress", async () => {
  await hub.listen();
  let left;
  run((bot) =>
    bot.route("x", async (message) => {
      const before = message.timeLeft;
      await new Promise((resolve) => setTimeout(resolve, 50));
      const later = message.timeLeft;
      await message.say("still here");
      left = [before, later, message.timeLeft];
    }),
  );
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("d", { deadline: 1000 });
  await stream.expect("say");
  await stream.expect("finish");
  assert.ok(left[0] <= 1000 && left[0] > left[1], String(left));
  assert.ok(left[2] > left[1], String(left));
});

for (const [name, code, reason, detail] of [
  ["a wrong token", Code.UNAUTHENTICATED, "not_allowed", "the credential is not known here"],
  ["a name that is taken", Code.ALREADY_EXISTS, "name_taken", "roll is exclusively dice/roll's"],
  [
    "a refused pattern",
    Code.INVALID_ARGUMENT,
    "bad_route",
    "the pattern is refused: missing ), at byte 3",
  ],
]) {
  test(`${name} ends run with the hub's words`, async () => {
    await hub.listen();
    const { ended } = run(greets);
    const stream = await hub.handlers.next();
    await stream.expect("hello");
    stream.end(refusal(code, reason, detail));
    const error = await ended;
    assert.equal(error.name, "ChathubError");
    assert.deepEqual([error.message, error.reason, error.code], [detail, reason, code]);
  });
}

test("a handler runs once", async () => {
  await hub.listen();
  const { bot } = run(greets);
  await assert.rejects(bot.run(), /has been run already/);
});

test("mistakes are told where they are made", () => {
  assert.throws(() => new Handler("no name"), /"no name" is no name for a handler/);
  const bot = new Handler("hi", hub.options);
  assert.throws(() => bot.route(/a(?=b)/, () => {}), { reason: "bad_route", position: 1 });
  assert.throws(() => bot.route(/a/, () => {}, { adressedOnly: true }), /no option "adressedOnly"/);
  assert.throws(() => bot.route(/a/), /has no function/);
  assert.throws(() => bot.command("größe", () => {}), /is no id for a route/);
  bot.command("x", () => {});
  assert.throws(() => bot.command("x", () => {}), /two routes are called "x"/);
});
