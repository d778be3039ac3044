#!/usr/bin/env node
// The handler webhook: takes GitHub's and GitLab's webhooks and says in a room what they tell.
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Handler } from "chathub";
import { announcer } from "./announcer.js";

const USAGE = `Usage: WEBHOOK_SECRET=... main.js --room ROOM [--listen ADDRESS:PORT]

  --room    the room's id, for example irc/#dev
  --listen  standard: 127.0.0.1:8787; port 0: any free one`;

function misuse(what) {
  console.error(`${what}\n\n${USAGE}`);
  process.exit(2);
}

function readSettings() {
  const options = {
    room: { type: "string" },
    listen: { type: "string", default: "127.0.0.1:8787" },
  };
  const { values } = parseArgs({ options });
  const [, host, port] =
    /^(.+):(\d+)$/.exec(values.listen) ?? misuse("--listen wants ADDRESS:PORT");
  const secret = process.env.WEBHOOK_SECRET;
  if (!values.room) misuse("a room is needed");
  // Without one, anybody who reaches the port could speak in the room.
  if (!secret) misuse("a secret is needed in WEBHOOK_SECRET");
  return { room: values.room, host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port), secret };
}

function settings() {
  try {
    return readSettings();
  } catch (error) {
    return misuse(error.message);
  }
}

const { room, host, port, secret } = settings();
const bot = new Handler("webhook");
const counts = { taken: 0, refused: 0 };

const server = createServer(
  announcer({
    secret,
    counts,
    announce: (text, requestId) => bot.chat.send(room, text, { requestId }),
  }),
);
server.requestTimeout = 10_000;
server.on("error", (error) => {
  console.error(`cannot listen on ${host}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, host, () => {
  const { address, port: taken } = server.address();
  console.error(
    `listening on http://${address.includes(":") ? `[${address}]` : address}:${taken}/`,
  );
});

bot.command(
  "webhook",
  (message) => message.reply(`${counts.taken} taken for ${room}, ${counts.refused} refused`),
  { description: "Says how many webhooks came." },
);

try {
  await bot.run();
} catch (error) {
  console.error(`refused by the hub: ${error.message}`);
  process.exitCode = 1;
}
server.close();
server.closeAllConnections();
