// The test kit for authors.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChathubError, Handler, Retry } from "chathub";
import { HandlerTest } from "chathub/testing";

const OPTIONS = { logger: { debug() {}, info() {}, warn() {}, error() {} } };

function handlerTest(prepare, options) {
  const bot = new Handler("hi", OPTIONS);
  prepare(bot);
  return new HandlerTest(bot, options);
}

test("a text goes in, what is answered comes out", async () => {
  const kit = handlerTest((bot) =>
    bot.route(/^hi (?<name>\w+)/, (message, { name }) => message.reply(`hello ${name}`)),
  );
  assert.deepEqual(await kit.say("hi Ada"), ["hello Ada"]);
  assert.deepEqual(await kit.say("bye"), []);
});

test("progress and the answer come in order; what else was done is kept", async () => {
  const kit = handlerTest((bot) =>
    bot.route("x", async (message) => {
      const said = await message.say("working");
      message.reply("done");
      message.react("👍");
      await message.update(said, "half way");
    }),
  );
  assert.deepEqual(await kit.say("x"), ["working", "done"]);
  assert.deepEqual(
    kit.actions.map(({ kind }) => kind),
    ["send", "edit", "send", "react"],
  );
});

test("commands are for the bot, with typed arguments, and misfits hear the usage", async () => {
  const kit = handlerTest((bot) =>
    bot.command(
      "add",
      (message, { left, right = 0, loud }) => {
        message.reply(`${left + right}${loud ? "!" : ""}`);
      },
      {
        arguments: [
          { name: "left", type: "integer", required: true },
          { name: "right", type: "number" },
          { name: "loud", type: "boolean", option: true },
        ],
      },
    ),
  );
  assert.deepEqual(await kit.say("ADD 1 2.5 --loud"), ["3.5!"]);
  assert.deepEqual(await kit.say("add 1"), ["1"]);
  assert.deepEqual(await kit.say("add 1", { room: "lab" }), [], "nobody spoke to the bot");
  assert.deepEqual(await kit.say("add 1", { room: "lab", addressed: true }), ["1"]);
  const usage = "(usage: add <left> [right] [--loud])";
  assert.deepEqual(await kit.say("add"), [`<left> is missing ${usage}`]);
  assert.deepEqual(await kit.say("add x"), [`left: "x" is not a whole number ${usage}`]);
  assert.deepEqual(await kit.say("add 1 2 3"), [`"3" is too much ${usage}`]);
});

test("an exclusive route keeps others out, a fallback waits for nothing else", async () => {
  const kit = handlerTest((bot) => {
    bot.route(/^a/, (message) => message.reply("any"));
    bot.route(/^ab/, (message) => message.reply("only"), { precedence: "exclusive" });
    bot.route(/./, (message) => message.reply("else"), { precedence: "fallback" });
  });
  assert.deepEqual(await kit.say("ab"), ["only"]);
  assert.deepEqual(await kit.say("ac"), ["any"]);
  assert.deepEqual(await kit.say("z"), ["else"]);
});

test("other events happen", async () => {
  const kit = handlerTest((bot) =>
    bot.on("joined", (message) =>
      message.reply(`welcome ${message.user.name} to ${message.room.name}`),
    ),
  );
  assert.deepEqual(await kit.happen({ joined: {} }, { user: "bob", room: "lab" }), [
    "welcome bob to lab",
  ]);
});

test("the store is there, counts, and conflicts run the function again", async () => {
  let runs = 0;
  const bot = new Handler("next", OPTIONS);
  bot.command("next", async (message) => {
    const entry = await bot.store.get("n");
    runs += 1;
    if (runs === 1) await bot.store.put("n", "41");
    message.store.put("n", String(Number(entry?.text ?? 0) + 1), {
      ifRevision: entry?.revision ?? 0,
    });
    message.store.add("asked");
    message.reply("counted");
  });
  const kit = new HandlerTest(bot);
  assert.deepEqual(await kit.say("next"), ["counted"]);
  assert.deepEqual([runs, kit.store.get("n"), kit.store.get("asked")], [2, "42", "1"]);
  const keys = [];
  for await (const { key } of bot.store.list()) keys.push(key);
  assert.deepEqual(keys, ["asked", "n"]);
});

test("a Retry comes again, at most three times; other errors are the test's", async () => {
  const attempts = [];
  const kit = handlerTest((bot) =>
    bot.route("x", ({ attempt, text }) => {
      attempts.push(attempt);
      if (text === "xx") throw new TypeError("a mistake");
      throw new Retry();
    }),
  );
  await assert.rejects(kit.say("x"), Retry);
  assert.deepEqual(attempts, [1, 2, 3]);
  await assert.rejects(kit.say("xx"), /a mistake/);
});

test("what is no text is refused where it is said", async () => {
  const kit = handlerTest((bot) => bot.route("x", (message) => message.reply(42)));
  await assert.rejects(kit.say("x"), /must be a string or a Content, not number/);
});

test("chat calls are kept, other calls get the answers that the test gives", async () => {
  const bot = new Handler("hi", OPTIONS);
  bot.route("x", async (message) => {
    await bot.chat.send("irc/#ops", "look");
    message.reply((await bot.users.get("irc/ada")).name);
  });
  const kit = new HandlerTest(bot, {
    answers: { "Users.GetUser": ({ id }) => ({ user: { id, name: "Ada" } }) },
  });
  assert.deepEqual(await kit.say("x"), ["Ada"]);
  assert.deepEqual(
    kit.sent.map(({ conversation, text }) => [conversation.room, text]),
    [["irc/#ops", "look"]],
  );
  await assert.rejects(bot.rooms.get("irc/#ops"), ChathubError);
});
