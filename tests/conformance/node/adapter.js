#!/usr/bin/env node
// A chat service of two pipes on the SDK's adapter side: each line of stdin is said by one user in one
// room, and what the bot says there is printed. Takes what ../shell/chat.py gives the shell adapter.
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { Adapter, plainText } from "../../../sdk/node/src/index.js";

const text = { type: "string" };
const { values } = parseArgs({ options: { user: text, room: text, "at-once": text } });
const user = { id: `shell/${values.user}`, name: values.user };
const room = { id: `shell/${values.room}`, name: values.room, joined: true };

const adapter = new Adapter("shell", { service: "pipes", mentionNames: ["hub"] });

adapter.onAttached(() => {
  adapter.tellUsers([user]);
  adapter.tellRooms([room]);
});

adapter.onOrder(({ actions }, result) => {
  for (const { kind, send } of actions) {
    if (kind !== "send") return result.fail("unsupported", `a pipe can do no ${kind}`);
    process.stdout.write(`${plainText(send.content)}\n`);
    result.done();
  }
});

async function listen() {
  for await (const line of createInterface({ input: process.stdin })) {
    await adapter.awaitSpace();
    adapter.emit({
      conversation: { room: room.id },
      user,
      room,
      message: { content: { text: line } },
    });
  }
  await adapter.awaitSettled(10_000);
  adapter.stop();
}

void listen();
await adapter.run();
