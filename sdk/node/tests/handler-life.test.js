// A handler through a hub's absence, breaks and ends; TLS; stopping.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { ServerCredentials } from "@grpc/grpc-js";
import { Handler } from "../src/index.js";
import { FakeHub } from "./support/fake-hub.js";
import { within } from "./support/queue.js";

let hub;
let bot;
let ended;

beforeEach(() => (hub = new FakeHub()));

afterEach(async () => {
  bot.stop();
  hub.die();
  await ended;
  hub.close();
});

function run(answer = (message) => message.reply("hello"), options = {}) {
  bot = new Handler("hi", { ...hub.options, ...options }).route("hi", answer);
  ended = bot.run();
  ended.catch(() => {});
}

test("waits for a hub that is not there, and says so once", async () => {
  run();
  assert.equal(
    await hub.lines.next(),
    `no hub is running in ${hub.folder} (start one with: chathub serve); waiting for it`,
  );
  await hub.listen();
  await (await hub.handlers.next()).greet();
  assert.equal(await hub.lines.next(), "attached to fake with 1 route");
});

test("comes back within a second as the same instance, and its function goes on", async () => {
  await hub.listen();
  let goOn;
  run(async (message) => {
    await new Promise((resolve) => (goOn = resolve));
    message.reply("at last");
  });
  const first = await hub.handlers.next();
  assert.equal((await first.greet()).instanceToken, "");
  await hub.lines.until((line) => line.startsWith("attached"));
  first.deliver("d");
  first.say({ ping: { nonce: 1 } });
  await first.expect("pong");
  first.end();
  const second = await hub.handlers.next();
  const holding = [{ delivery: "d", attempt: 1 }];
  const hello = await second.greet({ holding });
  assert.equal(hello.instanceToken, "T");
  assert.deepEqual(hello.holding, holding);
  goOn();
  assert.equal((await second.expect("finish")).actions[0].send.content.text, "at last");
});

test("comes back to a hub that was killed and listens elsewhere now", async () => {
  await hub.listen();
  run();
  await (await hub.handlers.next()).greet();
  await hub.lines.until((line) => line.startsWith("attached"));
  hub.die();
  await hub.lines.until((line) => line.startsWith("lost the hub"));
  await hub.listen({ target: "127.0.0.1:0" });
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("d");
  await stream.expect("finish");
});

test("a frame that is none costs the stream, not the handler", async () => {
  await hub.listen();
  run();
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.sayBytes(Buffer.from([0x0a, 0x7f, 0x00]));
  await hub.lines.until((line) => line.startsWith("a frame could not be understood"));
  await (await hub.handlers.next()).greet();
});

test("leases of what runs are renewed", async () => {
  await hub.listen();
  let goOn;
  run(() => new Promise((resolve) => (goOn = resolve)));
  const stream = await hub.handlers.next();
  await stream.greet({ lease: 300 });
  stream.deliver("d");
  const isRenew = (item) => item.kind === "renew" && item.renew.deliveries.includes("d");
  await stream.heard.until(isRenew);
  await stream.heard.until(isRenew);
  goOn();
});

test("stop says that it leaves and finishes what runs, until the hub ends the stream", async () => {
  await hub.listen();
  let goOn;
  run(async (message) => {
    await new Promise((resolve) => (goOn = resolve));
    message.reply("finished");
  });
  const stream = await hub.handlers.next();
  await stream.greet();
  stream.deliver("d");
  stream.say({ ping: { nonce: 1 } });
  await stream.expect("pong");
  bot.stop();
  await stream.expect("leaving");
  goOn();
  assert.equal((await stream.expect("finish")).actions[0].send.content.text, "finished");
  stream.say({ finishResult: { delivery: "d", outcome: "ok" } });
  stream.end();
  await within(ended, "the end of run");
});

test("an AbortSignal stops it, also without a hub", async () => {
  const stopping = new AbortController();
  bot = new Handler("hi", hub.options);
  ended = bot.run({ signal: stopping.signal });
  await hub.lines.next();
  stopping.abort();
  await within(ended, "the end of run");
});

test("speaks TLS, trusts the root that it is told, and shows its certificate", async () => {
  const file = (name) => path.join(hub.folder, name);
  const certificate = (name, ...more) =>
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        `/CN=${name}`,
        "-keyout",
        file(`${name}.key`),
        "-out",
        file(`${name}.pem`),
        ...more,
      ],
      { stdio: "ignore" },
    );
  certificate("hub", "-addext", "subjectAltName=DNS:hub.example");
  certificate("client");
  const pair = {
    private_key: readFileSync(file("hub.key")),
    cert_chain: readFileSync(file("hub.pem")),
  };
  const credentials = ServerCredentials.createSsl(readFileSync(file("client.pem")), [pair], true);
  await hub.listen({ target: "127.0.0.1:0", credentials });

  const tls = {
    ca: file("hub.pem"),
    cert: readFileSync(file("client.pem"), "utf8"),
    key: file("client.key"),
  };
  run(undefined, { tls: { ...tls, serverName: "hub.example" } });
  await (await hub.handlers.next()).greet();

  const stranger = new Handler("other", {
    ...hub.options,
    tls: { ca: file("hub.pem"), serverName: "hub.example" },
  });
  const strangersEnd = stranger.run();
  await hub.lines.until((line) => line.startsWith("no hub at"));
  stranger.stop();
  await strangersEnd;
});
