// The programs of README.md as they are printed, installed as a user would, at a real hub.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { within } from "./support/queue.js";
import { Chat, RealHub, start } from "./support/real-hub.js";

const SDK = fileURLToPath(new URL("..", import.meta.url));

let hub;
let chat;
let home;

/** The block of README.md that contains these words. */
function snippet(words) {
  const blocks = readFileSync(path.join(SDK, "README.md"), "utf8").matchAll(/^```js\n(.*?)^```/gms);
  return [...blocks].map(([, text]) => text).find((text) => text.includes(words));
}

before(async () => {
  hub = await new RealHub().start();
  chat = new Chat(hub);
  await chat.attached;
  // A copy without its packages, as a fresh clone has it, and a program beside it.
  home = path.join(hub.folder, "program");
  const sdk = path.join(hub.folder, "sdk/node");
  cpSync(SDK, sdk, { recursive: true, filter: (name) => path.basename(name) !== "node_modules" });
  mkdirSync(home);
  writeFileSync(path.join(home, "package.json"), '{ "type": "module", "private": true }\n');
  // What scripts/node installed from is in npm's own cache.
  const npm = ["install", "../sdk/node", "--prefer-offline", "--no-audit", "--no-fund"];
  execFileSync("npm", npm, { cwd: home, stdio: "pipe" });
});

after(async () => {
  await chat.close();
  await hub.close();
});

function startProgram(name, text, ...options) {
  writeFileSync(path.join(home, name), text);
  const env = { ...process.env, CHATHUB_DATA: hub.data };
  // Otherwise it would take itself for a part of this test.
  delete env.NODE_TEST_CONTEXT;
  const child = start(["node", ...options, name], { cwd: home, env });
  let output = "";
  child.stdout.on("data", (bytes) => (output += bytes));
  const attached = new Promise((resolve) => {
    child.stderr.on("data", (bytes) => {
      output += bytes;
      if (output.includes("attached to")) resolve();
    });
  });
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve({ code, output })));
  return {
    child,
    attached: within(Promise.race([attached, ended]), name),
    ended: within(ended, `the end of ${name}`),
  };
}

test("the first handler answers, and SIGTERM ends it with 0", async () => {
  const program = snippet("await bot.run();");
  assert.ok(program.trim().split("\n").length <= 5);
  const { child, attached, ended } = startProgram("hi.js", program);
  await attached;
  chat.say("hi Ada");
  assert.equal(await chat.answer(), "hello Ada");
  child.kill("SIGTERM");
  const { code, output } = await ended;
  assert.equal(code, 0, output);
});

test("a refusal ends it with 1, the hub's reason and no token", async () => {
  const program = snippet("await bot.run();").replace('"hi")', '"hi", { token: "f".repeat(64) })');
  const { code, output } = await startProgram("refused.js", program).ended;
  assert.equal(code, 1);
  assert.match(output, /ChathubError: .*(token|credential)/i);
  assert.doesNotMatch(output, /ffff/);
});

test("the second signal ends it at once", async () => {
  const program =
    'import { Handler } from "chathub";\nawait new Handler("slow").route("^slow", (m) => m.say("on it").then(() => new Promise((resolve) => setTimeout(resolve, 60_000)))).run();\n';
  const { child, attached, ended } = startProgram("slow.js", program);
  await attached;
  chat.say("slow");
  assert.equal(await chat.answer(), "on it");
  child.kill("SIGTERM");
  child.kill("SIGINT");
  assert.equal((await ended).code, 1);
});

test("the test of a handler runs without a hub", async () => {
  const { code, output } = await startProgram("hi.test.js", snippet("HandlerTest"), "--test").ended;
  assert.equal(code, 0, output);
  assert.match(output, /pass 1/);
});
