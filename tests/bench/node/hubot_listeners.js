// A load program (frame/load.py) within one process: Hubot with so many listeners, of which the last
// one hears. node hubot_listeners.js COUNT
//
// Hubot has no network between its parts, so the window means nothing to it: one message is received
// after the other.
import { createInterface } from "node:readline";
import { Adapter, Robot, TextMessage } from "hubot";

class Quiet extends Adapter {
  answered = 0;

  async send(envelope, ...strings) {
    this.answered += strings.length;
  }

  async reply(envelope, ...strings) {
    await this.send(envelope, ...strings);
  }

  async run() {
    this.emit("connected");
  }

  close() {}
}

const text = "x".repeat(90);
let adapter;
const robot = new Robot({ use: (robot) => (adapter = new Quiet(robot)) }, false, "hubot");
await robot.loadAdapter();
await robot.run();
const count = Number(process.argv[2]);
for (let i = 1; i < count; ++i) robot.hear(new RegExp(`^other${i} (.*)`), () => {});
robot.hear(/^work (.*)/, (response) => response.send(response.match[1]));

// The user must be known to the brain, as any user is.
const user = robot.brain.userForId("1", { name: "ann", room: "room" });

async function measure(seconds) {
  const before = adapter.answered;
  const times = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let now = start;
  for (let id = 0; now < end; ++id) {
    await robot.receive(new TextMessage(user, `work ${text}`, String(id)));
    const then = now;
    now = performance.now();
    times.push((now - then) * 1000);
  }
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.floor(part * (times.length - 1))];
  const answered = adapter.answered - before;
  const rate = answered / ((now - start) / 1000);
  return { rate, p50: at(0.5), p99: at(0.99), count: answered };
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await measure(Number(line.split(" ")[2]))));
}
