// The program that ../README.md asks for, on the SDK for Node.
import { setTimeout as sleep } from "node:timers/promises";
import { Handler, Retry } from "../../../sdk/node/src/index.js";

const bot = new Handler("conform");

bot.route(/^hi (?<name>\w+)/, (message, { name }) => message.reply(`hello ${name}`), {
  id: "greet",
});
bot.command("echo", (message, { rest }) => message.reply(rest));
bot.command(
  "add",
  (message, { loud }) => {
    // As text: exact beyond 2^53, too.
    const { left, right } = message.delivery.captures;
    message.reply(`${BigInt(left) + BigInt(right)}${loud ? "!" : ""}`);
  },
  {
    arguments: [
      { name: "left", type: "integer", required: true },
      { name: "right", type: "integer", required: true },
      { name: "loud", type: "boolean", option: true },
    ],
  },
);
bot.on("joined", (message) => message.reply(`welcome ${message.user.name}`), { id: "welcome" });

bot.command("several", (message) => {
  message.reply("one");
  message.react("👍");
  message.reply("two");
});
bot.command("steps", async (message) => {
  const said = await message.say("working");
  await message.update(said, "half way");
  message.reply("finished");
});
bot.command("nothing", () => {});
bot.command("nack", (message) => {
  if (message.attempt === 1) throw new Retry(200);
  message.reply(`attempt ${message.attempt}`);
});
bot.command("throw", (message) => {
  if (message.attempt === 1) throw new Error("asked to throw");
  message.reply(`attempt ${message.attempt}`);
});

bot.command(
  "slow",
  async (message, { seconds }) => {
    await sleep(seconds * 1000);
    message.reply(`done in attempt ${message.attempt}`);
  },
  { arguments: [{ name: "seconds", type: "number", required: true }], deadline: 60_000 },
);
bot.command(
  "patience",
  async ({ signal }) => {
    await sleep(60_000, undefined, { signal }).catch(() => process.stdout.write("cancelled\n"));
  },
  { deadline: 1000, fallbackText: "too late" },
);

const turns = new Map();
bot.command("turn", async (message, { rest }) => {
  const where = JSON.stringify(message.conversation);
  const count = (turns.get(where) ?? 0) + 1;
  turns.set(where, count);
  await sleep(50);
  turns.set(where, turns.get(where) - 1);
  message.reply(`${rest}/${count}`);
});

// Replies once two of them run at the same time.
function meeting() {
  let meet;
  return async (message) => {
    const met = meet
      ? meet(true)
      : Promise.race([new Promise((resolve) => (meet = resolve)), sleep(20_000, false)]);
    message.reply((await met) === false ? "alone" : "met");
    meet = undefined;
  };
}
bot.command("pair", meeting());
bot.command("meet", meeting(), { free: true });

bot.command("tally", (message, { rest }) => {
  message.store.add(`tally/${rest}`);
  message.reply("counted");
});
bot.command(
  "next",
  async (message) => {
    const entry = await bot.store.get("next");
    const next = String(Number(entry?.text ?? 0) + 1);
    message.store.put("next", next, { ifRevision: entry?.revision ?? 0 });
    message.reply(next);
  },
  { free: true },
);
bot.command("announce", async (message, { rest }) => {
  await bot.chat.send(message.conversation, rest);
  message.reply("announced");
});

const pattern = process.env.CONFORM_PATTERN;
if (pattern) bot.route(pattern, (message) => message.reply("extra"), { id: "extra" });

await bot.run();
