// The webhook announcer with real HTTP, and as a program at a real hub.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, test } from "node:test";
import { announcer } from "../announcer.js";
import { Chat, RealHub, start } from "../../../sdk/node/tests/support/real-hub.js";
import { Queue, within } from "../../../sdk/node/tests/support/queue.js";

const SECRET = "it is a secret";
const REPOSITORY = { full_name: "ada/engine" };
const PROJECT = { path_with_namespace: "ada/engine", web_url: "https://gitlab.example/ada/engine" };

let url;
let server;
let said;
let counts;
let failure;

beforeEach(async (context) => {
  context.mock?.method(console, "error", () => {});
  said = [];
  counts = { taken: 0, refused: 0 };
  failure = undefined;
  const announce = async (text, id) => {
    if (failure) throw failure;
    said.push([text, id]);
  };
  server = createServer(announcer({ secret: SECRET, announce, counts })).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${server.address().port}/`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const sign = (body, secret = SECRET) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

function github(event, payload, { to = url, ...headers } = {}) {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const standard = { "X-GitHub-Event": event, "X-Hub-Signature-256": sign(body) };
  return fetch(to, { method: "POST", body, headers: { ...standard, ...headers } });
}

function gitlab(event, payload, { to = url, token = SECRET, ...headers } = {}) {
  const body = JSON.stringify(payload);
  const standard = { "X-Gitlab-Event": event, "X-Gitlab-Token": token };
  return fetch(to, { method: "POST", body, headers: { ...standard, ...headers } });
}

const push = (commits) => ({
  repository: REPOSITORY,
  ref: "refs/heads/main",
  compare: "https://github.example/c",
  pusher: { name: "ada" },
  commits: Array.from({ length: commits }, (_, i) => ({
    id: `${i}23456789abc`,
    message: `Change ${i}\n\nlong`,
  })),
});

test("a push is announced with its first commits and the id of its delivery", async () => {
  const response = await github("push", push(5), { "X-GitHub-Delivery": "d-1" });
  assert.equal(response.status, 202);
  const text = [
    "[ada/engine] ada pushed 5 commits to main: https://github.example/c",
    "  02345678 Change 0",
    "  12345678 Change 1",
    "  22345678 Change 2",
    "  and 2 more",
  ].join("\n");
  assert.deepEqual(said, [[text, "github-d-1"]]);
  assert.deepEqual(counts, { taken: 1, refused: 0 });
});

test("issues, pull requests and releases are announced, small changes are not", async () => {
  const sender = { login: "ada" };
  const about = { number: 7, title: "A\nbug", html_url: "https://github.example/7" };
  const payload = { repository: REPOSITORY, sender };
  await github("issues", { ...payload, action: "opened", issue: about });
  await github("pull_request", {
    ...payload,
    action: "closed",
    pull_request: { ...about, merged: true },
  });
  await github("release", {
    ...payload,
    action: "published",
    release: { tag_name: "v1", html_url: "https://github.example/v1" },
  });
  assert.equal(
    (await github("issues", { ...payload, action: "labeled", issue: about })).status,
    204,
  );
  assert.equal((await github("star", payload)).status, 204);
  assert.equal((await github("constructor", payload)).status, 204);
  assert.deepEqual(
    said.map(([text]) => text),
    [
      '[ada/engine] ada opened issue #7 "A bug": https://github.example/7',
      '[ada/engine] ada merged pull request #7 "A bug": https://github.example/7',
      "[ada/engine] ada released v1: https://github.example/v1",
    ],
  );
});

test("GitLab's pushes, requests and failed pipelines are announced", async () => {
  const payload = {
    project: PROJECT,
    user_username: "ada",
    user: { username: "ada" },
    ref: "refs/heads/main",
  };
  await gitlab("Push Hook", {
    ...payload,
    after: "12",
    total_commits_count: 1,
    commits: [{ id: "123456789", message: "x" }],
  });
  await gitlab("Push Hook", { ...payload, after: "0000", commits: [] });
  await gitlab(
    "Merge Request Hook",
    {
      ...payload,
      object_attributes: { action: "merge", iid: 3, title: "T", url: "https://gitlab.example/3" },
    },
    { "Idempotency-Key": "k" },
  );
  await gitlab("Pipeline Hook", {
    ...payload,
    object_attributes: { status: "failed", ref: "main", id: 9 },
  });
  assert.equal(
    (await gitlab("Pipeline Hook", { ...payload, object_attributes: { status: "success" } }))
      .status,
    204,
  );
  assert.deepEqual(said, [
    [
      "[ada/engine] ada pushed 1 commit to main: https://gitlab.example/ada/engine\n  12345678 x",
      undefined,
    ],
    ["[ada/engine] ada deleted main", undefined],
    ['[ada/engine] ada merged merge request !3 "T": https://gitlab.example/3', "gitlab-k"],
    [
      "[ada/engine] the pipeline of main failed: https://gitlab.example/ada/engine/-/pipelines/9",
      undefined,
    ],
  ]);
});

test("without the secret nothing is said", async () => {
  const body = JSON.stringify(push(1));
  const wrong = [
    github("push", body, { "X-Hub-Signature-256": sign(body, "another") }),
    github("push", body, { "X-Hub-Signature-256": sign("another body") }),
    github("push", body, { "X-Hub-Signature-256": "" }),
    gitlab("Push Hook", {}, { token: "another" }),
    gitlab("Push Hook", {}, { token: "" }),
  ];
  for (const response of await Promise.all(wrong)) assert.equal(response.status, 401);
  assert.deepEqual(said, []);
  assert.deepEqual(counts, { taken: 0, refused: 5 });
});

test("what is no webhook is refused with a reason", async () => {
  assert.equal((await fetch(url)).status, 405);
  assert.equal((await fetch(url, { method: "POST", body: "{}" })).status, 400);
  assert.equal((await github("push", "payload=no+json")).status, 400);
  assert.equal((await github("issues", {})).status, 400, "an issue without an issue");
  assert.equal(
    (await github("push", "x".repeat(6 * 1024 * 1024)).catch(() => ({ status: 413 }))).status,
    413,
  );
  assert.deepEqual(said, []);
});

test("where the chat cannot be reached the sender may try again", async () => {
  failure = new Error("no hub is running");
  const response = await github("push", push(1));
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "30");
  assert.match(await response.text(), /no hub is running/);
});

test("titles of strangers stay one line of bearable length", async () => {
  const issue = { number: 1, title: `a\u0000\r\n${"😀".repeat(300)}`, html_url: "u" };
  await github("issues", {
    repository: REPOSITORY,
    sender: { login: "ada" },
    action: "opened",
    issue,
  });
  const [[text]] = said;
  assert.ok(text.includes(`"a ${"😀".repeat(198)}…"`), text);
});

test("as a program it announces in its room, once per delivery, and ends with 0", async (context) => {
  const hub = await new RealHub().start();
  context.after(() => hub.close());
  const chat = new Chat(hub);
  context.after(() => chat.close());
  await chat.attached;
  const { port, lines, ended, child } = await startProgram(hub);
  const headers = { to: `http://127.0.0.1:${port}/`, "X-GitHub-Delivery": "d-1" };
  assert.equal((await github("push", push(1), headers)).status, 202);
  assert.equal((await github("push", push(1), headers)).status, 202, "GitHub sends it again");
  const { room, send } = await chat.seen.next();
  assert.equal(room, "shell/dev");
  assert.match(send.content.text, /ada pushed 1 commit to main/);
  await lines.until((line) => line.includes("attached to"));
  chat.say("webhook");
  assert.equal(await chat.answer(), "2 taken for shell/dev, 0 refused", "and said once");
  child.kill("SIGTERM");
  assert.equal(await within(ended, "the end of the program"), 0);
});

test("without a secret it does not start", async () => {
  const child = start(["node", main, "--room", "shell/dev"], {
    env: { ...process.env, WEBHOOK_SECRET: "" },
  });
  const [code] = await once(child, "exit");
  assert.equal(code, 2);
});

const main = fileURLToPath(new URL("../main.js", import.meta.url));

async function startProgram(hub) {
  const env = { ...process.env, CHATHUB_DATA: hub.data, WEBHOOK_SECRET: SECRET };
  const child = start(["node", main, "--room", "shell/dev", "--listen", "127.0.0.1:0"], { env });
  const lines = new Queue("lines of the program");
  child.stderr.on("data", (bytes) =>
    String(bytes)
      .split("\n")
      .forEach((line) => lines.push(line)),
  );
  const ended = once(child, "exit").then(([code]) => code);
  const line = await lines.until((each) => each.startsWith("listening on"));
  return { port: /:(\d+)\/$/.exec(line)[1], lines, ended, child };
}
