// The conformance kit's adapter on the SDK for Node; ../README.md says what it does.
import { createInterface } from "node:readline";
import { Adapter } from "../../../sdk/node/src/index.js";

const adapter = new Adapter("pipe", { service: "pipes", ownUserId: "pipe/hub" });

let posted = 0;
adapter.onOrder((order, result) => {
  const room = order.conversation.room.replace(/^pipe\//, "");
  for (const { send } of order.actions) {
    if (!send) return result.fail("unsupported", "only texts");
    process.stdout.write(`${room}\t${send.content.text}\n`);
    result.done(String(++posted));
  }
});

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const [user, room, text] = line.split("\t");
  adapter.emit({
    conversation: { room: `pipe/${room}` },
    user: { id: `pipe/${user}`, name: user },
    message: { content: { text } },
  });
});

await adapter.run();
lines.close();
