// Handlers and adapters of this SDK at a real hub: `chathub serve` as its own process.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ChathubError, Handler, toRe2 } from "../src/index.js";
import { Queue, within } from "./support/queue.js";
import { Chat, RealHub } from "./support/real-hub.js";

let hub;
let chat;
const bots = [];

beforeEach(async () => {
  hub = await new RealHub().start();
  chat = new Chat(hub);
  await chat.attached;
});

afterEach(async () => {
  for (const { bot, ended } of bots.splice(0)) {
    bot.stop();
    await ended.catch(() => {});
  }
  await chat.close();
  await hub.close();
});

/** Runs a handler until the test ends; resolves when the hub has greeted it. */
async function run(prepare, { name = "hi", ...options } = {}) {
  const lines = new Queue("lines of the log");
  const keep = (text) => lines.push(text);
  const logger = { debug() {}, info: keep, warn: keep, error: keep };
  const bot = new Handler(name, { ...hub.options, logger, ...options });
  prepare(bot);
  const ended = bot.run();
  bots.push({ bot, ended });
  await Promise.race([lines.until((line) => line.startsWith("attached")), ended]);
  return { bot, ended, lines };
}

const greets = (bot) =>
  bot.route(/^hi (?<name>\w+)/, (message, { name }) => message.reply(`hello ${name}`));

test("the whole walk, through the Unix socket and through TCP", async () => {
  const [first, second] = hub.targets;
  assert.match(first, /^unix:/);
  await run(greets);
  chat.say("hi Ada");
  assert.equal(await chat.answer(), "hello Ada");
  await run((bot) => bot.route(/^bye/, (message) => message.reply("bye bye")), {
    name: "bye",
    address: second,
  });
  chat.say("bye");
  assert.equal(await chat.answer(), "bye bye");
});

test("progress, edits of it, and what became of it", async () => {
  const posted = new Queue("what became of answers");
  await run((bot) => {
    bot.onPosted((what) => posted.push(what));
    bot.route(/^work/, async (message) => {
      const said = await message.say("working");
      await message.update(said, "half way");
      message.reply("done");
    });
  });
  chat.say("work", { room: "lab" });
  assert.equal((await chat.seen.next()).send.content.text, "working");
  const { edit } = await chat.seen.next();
  assert.equal(edit.target.platformId, "posted-2", "the adapter knows the message by its key");
  assert.equal(await chat.answer(), "done");
  const platformIds = (await posted.next()).platformIds;
  assert.deepEqual(platformIds, ["posted-2"]);
});

test("an event that is no message", async () => {
  await run((bot) => bot.on("joined", (message) => message.reply(`welcome ${message.user.name}`)));
  chat.happen({ joined: {} }, "bob", { room: "shell/lab" });
  assert.equal(await chat.answer(), "welcome bob");
});

test("a chat call without having been spoken to, and edits of what it said", async () => {
  const { bot } = await run(greets);
  const ref = await bot.chat.send("shell/lab", "good morning");
  assert.equal((await chat.seen.next()).room, "shell/lab");
  await bot.chat.edit("shell/lab", ref, "good evening");
  const { edit } = await chat.seen.next();
  assert.equal(edit.content.text, "good evening");
});

test("the store keeps what was put, refuses what is outdated, and tells of changes", async () => {
  const { bot } = await run((each) =>
    each.command("count", (message) => {
      message.store.add("n", 2);
      message.reply("counted");
    }),
  );
  const seen = new Queue("changes of the store");
  const stop = new AbortController();
  const first = await bot.store.put("k/a", "1");
  const watching = (async () => {
    for await (const change of bot.store.watch("", { withPresent: true, signal: stop.signal }))
      seen.push(change);
  })();
  assert.equal((await seen.next()).entry.text, "1");
  chat.say("count");
  assert.equal(await chat.answer(), "counted");
  assert.equal((await seen.next()).entry.text, "2");
  await assert.rejects(bot.store.put("k/a", "2", { ifRevision: first + 1000 }), {
    reason: "conflict",
  });
  const [second] = await bot.store.batch([
    { key: "k/a", value: "3", ifRevision: first },
    { key: "k/b", value: "4" },
  ]);
  assert.ok(second > first);
  const keys = [];
  for await (const { key, text } of bot.store.list("k/", { pageSize: 1 })) keys.push([key, text]);
  assert.deepEqual(keys, [
    ["k/a", "3"],
    ["k/b", "4"],
  ]);
  await bot.store.delete("k/a");
  assert.equal(await bot.store.get("k/a"), undefined);
  await seen.until(({ key, deleted }) => key === "k/a" && deleted);
  stop.abort();
  await within(watching, "the end of the watch");
});

test("what a user can say is listed", async () => {
  const { bot } = await run((each) =>
    each.command("roll", () => {}, { usage: "roll NdM", description: "Rolls." }),
  );
  const [listing] = await bot.listRoutes(undefined, "roll");
  assert.deepEqual(listing, {
    handler: "hi",
    id: "roll",
    trigger: "roll",
    usage: "roll NdM",
    description: "Rolls.",
    hidden: false,
    attached: true,
  });
});

test("a hub that was killed and came back is found again by handler and adapter", async () => {
  const { lines } = await run(greets);
  await hub.kill();
  await lines.until((line) => line.startsWith("lost the hub"));
  await hub.start();
  await lines.until((line) => line.startsWith("attached"));
  // The adapter may come back later than the handler: it keeps what is said until then.
  chat.say("hi Ada");
  assert.equal(await chat.answer(), "hello Ada");
});

test("settled means that everything was answered", async () => {
  await run(greets);
  chat.say("hi Ada");
  assert.ok(await chat.adapter.awaitSettled(20_000));
  assert.equal(chat.seen.length, 1);
});

test("a wrong token, a word that is taken and a refused pattern end run with the hub's reason", async () => {
  await run((bot) => bot.command("roll", () => {}, { precedence: "exclusive" }), { name: "dice" });
  const refusal = async (prepare, options) => {
    const bot = new Handler("other", { ...hub.options, ...options });
    prepare(bot);
    const error = await within(
      bot.run().catch((thrown) => thrown),
      "the end of run",
    );
    assert.ok(error instanceof ChathubError);
    return [error.reason, error.message];
  };
  const [token] = await refusal(greets, { token: "f".repeat(64) });
  assert.equal(token, "not_allowed");
  const [taken, by] = await refusal((bot) => bot.command("Roll", () => {}));
  assert.equal(taken, "name_taken");
  assert.match(by, /dice/);
  const [pattern, where] = await refusal((bot) => bot.route("a(b", () => {}));
  assert.equal(pattern, "bad_route");
  assert.match(where, /route "route-1": the pattern is refused: .*byte 1/);
});

test("two adapters of one name: the second is refused while the first lives", async () => {
  const second = new Chat(hub);
  second.attached.catch(() => {});
  const error = await within(
    second.ended.catch((thrown) => thrown),
    "the end of run",
  );
  assert.equal(error.reason, "name_taken");
});

// What JavaScript finds in a text, RE2 finds too, with the same captures.
const EXPRESSIONS = [
  [/^p0 (?<name>\w+)-(?<rest>.*)$/, "p0 Ada-x y"],
  [/p1 (?:a|b)+?c{2,3}/i, "so P1 abaCC!"],
  [/^p2$/m, "x\np2\ny"],
  [/p3 a.b/s, "p3 a\nb"],
  [/p4 [[:x\]^-]+/, "p4 [:x]^-"],
  [/p5 [\w-.]+/, "p5 a-b.c d"],
  [/p6 \u{1f600}\p{Script=Greek}+\u00e9[^]/u, "p6 😀αβé\n"],
  [/p7 a{x}\]\}/, "p7 a{x}]}"],
  [/p8 \x41\cJ?(?<maybe>z)?/, "p8 A"],
  [/p9 \a[\b]?\/\-/, "p9 a/-"],
];

test("what JavaScript finds in a text, the hub finds with the same captures", async () => {
  const found = new Queue("matches");
  await run((bot) =>
    EXPRESSIONS.forEach(([expression]) =>
      bot.route(expression, ({ groups, captures }) => found.push({ groups, captures })),
    ),
  );
  for (const [expression, text] of EXPRESSIONS) {
    chat.say(text);
    const { groups, captures } = await found.next();
    const match = expression.exec(text);
    assert.deepEqual(
      groups,
      [...match].map((group) => group ?? ""),
      toRe2(expression),
    );
    const named = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
    assert.deepEqual({ ...captures }, Object.fromEntries(named), toRe2(expression));
  }
});
