// Compiled by types.test.js: the declarations say what a program in TypeScript needs.
import {
  Adapter,
  ChathubError,
  Handler,
  markdown,
  Retry,
  toRe2,
  type Message,
  type MessageRef,
} from "chathub";
import { HandlerTest } from "chathub/testing";

const bot = new Handler("hi", { revision: 2, tls: { ca: "ca.pem" }, logger: console });

bot.route(/^hi (?<name>\w+)/, (message, { name }) => message.reply(`hello ${name.toUpperCase()}`));
bot.route("^bye", async (message: Message) => {
  const said: MessageRef = await message.say(markdown("*working*"));
  await message.update(said, "done");
  message.signal.throwIfAborted();
  message.react("👍");
  message.react(message.ref, "👍");
  message.store.add("byes");
});
bot.command("add", (message, { left, right }) => message.reply(String(left + right)), {
  arguments: [{ name: "left", type: "integer", required: true }, "right"],
  precedence: "exclusive",
  free: true,
});
bot.on("joined", ({ user }) => {
  throw new Retry(5000, `${user.name} is early`);
});
bot.onPosted(({ platformIds, problem }) => console.log(platformIds.length, problem?.length));

// @ts-expect-error there is no such event
bot.on("exploded", () => {});
// @ts-expect-error a route has no such option
bot.route(/x/, () => {}, { adressedOnly: true });
// @ts-expect-error a message is made by the SDK
new Message();

export async function calls(): Promise<number> {
  const ref = await bot.chat.send("irc/#lab", "hello", { notBefore: new Date() });
  await bot.chat.edit({ user: "irc/ada" }, ref, { text: "hello", format: "markdown" });
  const entry = await bot.store.get("key");
  const revision: number = await bot.store.put("key", entry?.text ?? "", {
    ifRevision: entry?.revision ?? 0,
  });
  for await (const { key, deleted } of bot.store.watch("k", { withPresent: true }))
    console.log(key, deleted);
  for await (const room of bot.rooms.list({ joined: true })) console.log(room.topic);
  const [route] = await bot.listRoutes({ user: (await bot.users.find("ada"))[0] }, "hi");
  const test = new HandlerTest(bot);
  const answers: string[] = await test.say("hi Ada", { room: "lab" });
  await bot
    .run({ signal: AbortSignal.timeout(1) })
    .catch((error: ChathubError) => console.log(error.reason === "name_taken"));
  return revision + answers.length + (route?.attached ? 1 : 0) + toRe2(/x/).length;
}

const adapter = new Adapter("irc", {
  capabilities: { edit: true, maximumText: 400, markup: "markdown" },
});
adapter.onOrder((order, result) => {
  for (const action of order.actions ?? []) {
    if (action.kind === "send" && action.send?.content?.text) result.done("id-1");
    else result.fail("unsupported", "only texts");
  }
});
const seq: number = adapter.emit(
  { user: { id: "irc/ada" }, message: { content: { text: "hi" } } },
  { age: 5 },
);
console.log(seq);
