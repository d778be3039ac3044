// Single calls and the store, chat, users and rooms behind them, against a scripted hub.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { status as Code } from "@grpc/grpc-js";
import { Handler } from "../src/index.js";
import { FakeHub, refusal, TOKEN } from "./support/fake-hub.js";
import { encode, typeOf } from "../src/wire.js";
import { within } from "./support/queue.js";

let hub;
let bot;

beforeEach(async () => {
  hub = await new FakeHub().listen();
  bot = new Handler("hi", hub.options);
});

afterEach(() => hub.close());

async function collect(iterable) {
  const all = [];
  for await (const each of iterable) all.push(each);
  return all;
}

test("a call says who calls, and names what it sent", async () => {
  hub.answers["Chat.SendMessage"] = () => ({ key: "k" });
  assert.deepEqual(await bot.chat.send("irc/#lab", "hello"), { key: "k", index: 0 });
  const [{ request, metadata }] = hub.calls;
  assert.deepEqual(metadata.get("authorization"), [`Bearer ${TOKEN}`]);
  assert.deepEqual(metadata.get("chathub-peer"), ["handler/hi"]);
  assert.equal(request.conversation.room, "irc/#lab");
  assert.equal(request.content.text, "hello");
  assert.ok(request.requestId.length > 20);
});

test("a call through a hub's restart is tried again with the same id", async () => {
  const failures = [0, 0];
  hub.answers["Chat.SendMessage"] = () => {
    if (failures.pop() !== undefined) throw refusal(Code.UNAVAILABLE, "going_away", "not now");
    return { key: "k" };
  };
  await bot.chat.send(
    { user: "irc/ada" },
    { text: "*hi*", format: "markdown" },
    { notBefore: new Date(5000) },
  );
  assert.equal(hub.calls.length, 3);
  assert.equal(new Set(hub.calls.map(({ request }) => request.requestId)).size, 1);
  assert.equal(hub.calls[2].request.notBefore.getTime(), 5000);
});

test("a refusal is the hub's own words, at once", async () => {
  hub.answers["Chat.SendMessage"] = () => {
    throw refusal(Code.PERMISSION_DENIED, "not_allowed", "handler/hi may not send to irc/#lab");
  };
  await assert.rejects(bot.chat.send("irc/#lab", "x"), {
    name: "ChathubError",
    reason: "not_allowed",
    message: "handler/hi may not send to irc/#lab",
    code: Code.PERMISSION_DENIED,
  });
  assert.equal(hub.calls.length, 1);
});

test("every call of the chat is what it says", async () => {
  const ref = { key: "k", index: 1 };
  await bot.chat.edit("a/r", ref, "new");
  await bot.chat.delete("a/r", "p");
  await bot.chat.react("a/r", "p", "👍", { remove: true });
  await bot.chat.showTyping("a/r");
  await bot.chat.join("a/r");
  await bot.chat.part("a/r");
  await bot.chat.setTopic("a/r", "t");
  const names = [
    "EditMessage",
    "DeleteMessage",
    "React",
    "ShowTyping",
    "JoinRoom",
    "PartRoom",
    "SetTopic",
  ];
  assert.deepEqual(
    hub.calls.map(({ name }) => name),
    names.map((name) => `Chat.${name}`),
  );
  const [edit, remove, react, , join, , topic] = hub.calls.map(({ request }) => request);
  assert.deepEqual(edit.target.posted, ref);
  assert.equal(remove.target.platformId, "p");
  assert.deepEqual([react.emoji, react.remove], ["👍", true]);
  assert.equal(join.room, "a/r");
  assert.equal(topic.topic, "t");
});

test("the store gets, puts, deletes and writes together", async () => {
  const expiresAt = new Date(9000);
  hub.answers["Store.Get"] = ({ key }) =>
    key === "k" ? { entry: { key, value: "v", revision: 7, expiresAt } } : {};
  hub.answers["Store.Put"] = () => ({ revision: 8 });
  hub.answers["Store.Batch"] = () => ({ revisions: [1, 2, 0] });
  const entry = await bot.store.get("k");
  assert.deepEqual(
    [entry.key, entry.text, entry.revision, entry.expiresAt],
    ["k", "v", 7, expiresAt],
  );
  assert.ok(Buffer.isBuffer(entry.value));
  assert.equal(await bot.store.get("none"), undefined);
  assert.equal(await bot.store.put("k", Buffer.from([0, 255]), { ttl: 1000, ifRevision: 7 }), 8);
  await bot.store.delete("k", { ifRevision: 0 });
  const writes = [{ key: "a", value: "" }, { key: "b", add: 2n }, { key: "c" }];
  assert.deepEqual(await bot.store.batch(writes), [1, 2, 0]);
  const [put, remove, batch] = hub.calls.slice(2).map(({ request }) => request);
  assert.deepEqual([[...put.value], put.ttl, put.ifRevision], [[0, 255], 1000, 7]);
  assert.equal(remove.ifRevision, 0);
  assert.deepEqual(
    batch.writes.map(({ change }) => change),
    ["put", "add", "delete"],
  );
});

test("a value that changed meanwhile is a conflict", async () => {
  hub.answers["Store.Put"] = () => {
    throw refusal(Code.ABORTED, "conflict", "k has revision 9");
  };
  await assert.rejects(bot.store.put("k", "v", { ifRevision: 8 }), { reason: "conflict" });
});

test("a list of many pages is one iteration", async () => {
  hub.answers["Store.List"] = ({ pageToken }) => {
    const page = Number(pageToken || 0);
    return {
      entries: [{ key: `k${page}`, value: "" }],
      nextPageToken: page < 2 ? String(page + 1) : "",
    };
  };
  const entries = await collect(bot.store.list("k"));
  assert.deepEqual(
    entries.map(({ key }) => key),
    ["k0", "k1", "k2"],
  );
  assert.equal(hub.calls[0].request.prefix, "k");
});

test("a watch says changes, comes back after a break, and ends when told", async () => {
  const change = (changes) => Buffer.from(encode(typeOf("StoreWatchResponse"), { changes }));
  hub.answers["Store.Watch"] = ({ withPresent }, call) => {
    if (!withPresent) {
      call.write(change([{ entry: { key: "a", value: "1", revision: 1 } }]));
      call.end();
    } else {
      call.write(change([{ entry: { key: "b" }, deleted: true }]));
    }
  };
  const stop = new AbortController();
  const seen = [];
  const watching = (async () => {
    for await (const { key, deleted, entry } of bot.store.watch("", { signal: stop.signal })) {
      seen.push([key, deleted, entry?.text]);
      if (key === "b") stop.abort();
    }
  })();
  await within(watching, "the end of the watch");
  assert.deepEqual(seen, [
    ["a", false, "1"],
    ["b", true, undefined],
  ]);
  assert.deepEqual(
    hub.calls.map(({ request }) => request.withPresent),
    [false, true],
  );
});

test("a call that meets a hub going away disturbs no other", async () => {
  let going = true;
  let watching;
  const change = (key) => ({ changes: [{ entry: { key, value: "" } }] });
  const said = (key) => Buffer.from(encode(typeOf("StoreWatchResponse"), change(key)));
  hub.answers["Store.Watch"] = (_, call) => {
    watching = call;
    call.write(said("before"));
  };
  hub.answers["Store.Get"] = () => {
    if (going) throw refusal(Code.UNAVAILABLE, "going_away", "not now");
    return {};
  };
  const watch = bot.store.watch();
  assert.equal((await watch.next()).value.key, "before");
  const others = Promise.all(Array.from({ length: 5 }, () => bot.store.get("k")));
  await until(() => hub.calls.filter(({ name }) => name === "Store.Get").length >= 8);
  going = false;
  await others;
  watching.write(said("after"));
  assert.equal((await watch.next()).value.key, "after");
  assert.equal(hub.calls.filter(({ name }) => name === "Store.Watch").length, 1);
  await watch.return();
});

async function until(fits) {
  while (!fits()) await new Promise((resolve) => setImmediate(resolve));
}

test("a watch that the hub refuses rejects", async () => {
  hub.answers["Store.Watch"] = () => {
    throw refusal(Code.PERMISSION_DENIED, "not_allowed", "no");
  };
  await assert.rejects(collect(bot.store.watch("x")), { reason: "not_allowed" });
});

test("users and rooms are found, listed, or not there", async () => {
  const ada = { id: "a/ada", name: "Ada" };
  hub.answers["Users.GetUser"] = ({ id }) => {
    if (id !== "a/ada") throw refusal(Code.NOT_FOUND, "no_such_peer", "nobody");
    return { user: ada };
  };
  hub.answers["Users.FindUsers"] = () => ({ users: [ada] });
  hub.answers["Rooms.ListRooms"] = () => ({ rooms: [{ id: "a/r" }] });
  assert.equal((await bot.users.get("a/ada")).name, "Ada");
  assert.equal(await bot.users.get("a/bob"), undefined);
  assert.equal((await bot.users.find("ada", { adapter: "a" }))[0].id, "a/ada");
  assert.deepEqual(
    (await collect(bot.rooms.list({ joined: true }))).map(({ id }) => id),
    ["a/r"],
  );
  assert.equal(hub.calls.at(-1).request.joined, true);
});
