// `chathub serve` as its own process, in a data folder of its own, and an adapter to talk through.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { Adapter } from "../../src/index.js";
import { Queue, within } from "./queue.js";

/** Where `chathub` was built: $CHATHUB_BIN, else build/bin of these sources. */
export const BIN =
  process.env.CHATHUB_BIN ?? fileURLToPath(new URL("../../../../build/bin", import.meta.url));

/** Starts a program that ends with the test however that ends. */
export function start(command, options = {}) {
  return spawn("setpriv", ["--pdeathsig", "KILL", ...command], {
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
  });
}

export class RealHub {
  #process;
  #log = "";

  constructor() {
    this.folder = mkdtempSync("/tmp/chathub-node-");
    this.data = path.join(this.folder, "data");
  }

  async start() {
    const stale = this.#endpoints();
    const serve = [
      path.join(BIN, "chathub"),
      "serve",
      "--data",
      this.data,
      "--listen",
      "127.0.0.1:0",
    ];
    // No configuration of this user's.
    const env = { ...process.env, XDG_CONFIG_HOME: this.folder };
    this.#process = start(serve, { env });
    const write = (bytes) => (this.#log += bytes);
    this.#process.stdout.on("data", write);
    this.#process.stderr.on("data", write);
    const isReady = async () => {
      while ([stale, undefined].includes(this.#endpoints())) {
        if (this.#process.exitCode !== null) throw new Error(`the hub ended:\n${this.#log}`);
        await sleep(10);
      }
    };
    await within(isReady(), "the hub");
    return this;
  }

  #endpoints() {
    const file = path.join(this.data, "endpoints");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  get targets() {
    return this.#endpoints().trim().split("\n");
  }

  get token() {
    return readFileSync(path.join(this.data, "owner-token"), "utf8").trim();
  }

  get options() {
    return { dataFolder: this.data, handleSignals: false, logger: silent };
  }

  async kill(signal = "SIGKILL") {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill(signal);
    await within(ended, "the hub's end");
  }

  async close() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const silent = { debug() {}, info() {}, warn() {}, error() {} };

const EVERYTHING = {
  edit: true,
  delete: true,
  react: true,
  thread: true,
  typing: true,
  topic: true,
  join: true,
};

/** Users who talk, and what they see: the hub's default adapter, on the SDK's own adapter side. */
export class Chat {
  seen = new Queue("what is said in the chat");
  #ids = 0;

  constructor(hub, name = "shell") {
    const about = {
      service: "test",
      capabilities: EVERYTHING,
      mentionNames: ["hub"],
      ownUserId: `${name}/hub`,
    };
    this.name = name;
    this.adapter = new Adapter(name, { ...hub.options, ...about });
    this.adapter.onOrder((order, result) => {
      for (const action of order.actions) {
        result.done(`posted-${(this.#ids += 1)}`);
        this.seen.push({ ...action, room: order.conversation.room, user: order.conversation.user });
      }
    });
    const attached = new Promise((resolve) => this.adapter.onAttached(resolve));
    this.ended = this.adapter.run();
    this.attached = within(attached, "the adapter's greeting");
  }

  /** Somebody says something: in a room, or privately if there is none. */
  say(text, { user = "ada", room } = {}) {
    const where = room ? { room: `${this.name}/${room}` } : { user: `${this.name}/${user}` };
    return this.happen(
      { message: { content: { text }, platformId: `said-${(this.#ids += 1)}` } },
      user,
      where,
    );
  }

  happen(event, user, conversation) {
    return this.adapter.emit({
      conversation,
      user: { id: `${this.name}/${user}`, name: user },
      ...event,
    });
  }

  /** The next text sent. */
  async answer() {
    const { send } = await this.seen.until((action) => action.send);
    return send.content.text;
  }

  async close() {
    this.adapter.stop();
    await this.ended;
  }
}
