// The small things that sessions and functions stand on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../src/backoff.js";
import { plainText, Retry } from "../src/index.js";
import { JobQueue } from "../src/job-queue.js";
import { logFor } from "../src/log.js";
import { isPeerName } from "../src/names.js";
import { orderKey, sayKey } from "../src/say-key.js";
import { decode, encode, typeOf } from "../src/wire.js";

test("the wait doubles from 100 ms to 5 s, between half and all of it", () => {
  const backoff = new Backoff();
  assert.deepEqual(
    [0, 1, 0.5].map((random) => backoff.next(random)),
    [50, 200, 300],
  );
  for (let i = 0; i < 10; ++i) backoff.next(1);
  assert.equal(backoff.next(1), 5000);
  backoff.reset();
  assert.equal(backoff.next(1), 100);
});

test("a Retry has a time that the wire can tell", () => {
  assert.equal(new Retry().after, 0);
  assert.equal(new Retry(1500).after, 1500);
  for (const wrong of [-1, NaN, Infinity, "soon"]) {
    assert.throws(() => new Retry(wrong), /wants a number of milliseconds/);
  }
});

test("names of peers", () => {
  for (const name of ["a", "karma.v2_x-1", "A".repeat(64)]) assert.ok(isPeerName(name), name);
  for (const name of ["", ".a", "a b", "a\n", "ä", "A".repeat(65)])
    assert.ok(!isPeerName(name), name);
});

test("the key of a say names its delivery, whatever that is called", () => {
  const key = sayKey("irc/1#karma/say x", 2, 3);
  assert.equal(orderKey(key), `irc/1#karma/say x/say/${key}`);
  assert.equal(orderKey("irc/1#karma/x"), "irc/1#karma/x");
});

test("a thousand cancelled ones in a conversation leave no trace", () => {
  const queue = new JobQueue();
  const delivery = { event: { conversation: { room: "r" } } };
  const first = queue.add(delivery, "last");
  for (let i = 0; i < 1000; ++i) queue.add(delivery, "last").abort.abort();
  const last = queue.add(delivery, "last");
  assert.deepEqual(queue.takeReady(), [first]);
  queue.returned(first);
  assert.deepEqual(queue.takeReady(), [last]);
  queue.returned(first);
  assert.deepEqual(queue.takeReady(), [], "a job returns once");
});

test("a line of the log stays one line", (context) => {
  const write = context.mock.method(process.stderr, "write", () => true);
  logFor("handler/hi").warn("a\nb\x1b[0m");
  assert.match(write.mock.calls[0].arguments[0], /^\d{4}-.*Z handler\/hi: a\\x0ab\\x1b\[0m\n$/);
});

test("a logger gets who speaks in the fields", () => {
  const heard = [];
  const logger = { info: (...given) => heard.push(given) };
  logFor("handler/hi", logger).info("hello", { error: 1 });
  assert.deepEqual(heard, [["hello", { peer: "handler/hi", error: 1 }]]);
});

test("blocks are written as text where a chat knows nothing else", () => {
  const spans = [{ text: "see " }, { text: "here", link: "https://example.org/" }];
  const items = [
    { blocks: [{ paragraph: { spans: [{ text: "a" }] } }, { divider: {} }] },
    { blocks: [{ code: { text: "b" } }] },
  ];
  const cells = (...texts) => ({ cells: texts.map((text) => ({ spans: [{ text }] })) });
  const blocks = [
    { heading: { level: 1, spans } },
    { list: { ordered: true, items } },
    { quote: { blocks: [{ paragraph: { spans: [{ text: "c\nd" }] } }] } },
    { table: { header: cells("x", "y"), rows: [cells("1", "2")] } },
  ];
  const attachments = [{ name: "f", url: "https://example.org/f" }];
  const lines = [
    "see here <https://example.org/>",
    "1. a",
    "   ---",
    "2. b",
    "> c",
    "> d",
    "x | y",
    "1 | 2",
    "[f] https://example.org/f",
  ];
  assert.equal(plainText({ blocks, attachments }), lines.join("\n"));
  assert.equal(plainText({ text: "as it is", blocks }), "as it is");
});

test("the wire in plain words, there and back", () => {
  const type = typeOf("Delivery");
  const delivery = {
    event: { sentAt: new Date(-1500), message: { content: { format: "markdown" } } },
    captures: { __proto__x: "1" },
    deadline: 1500.25,
  };
  const back = decode(type, encode(type, delivery));
  assert.equal(back.event.kind, "message");
  assert.equal(back.event.message.content.format, "markdown");
  assert.equal(back.event.sentAt.getTime(), -1500);
  assert.equal(back.deadline, 1500.25);
  assert.equal(back.captures.__proto__x, "1");
  assert.equal(back.event.room, undefined);
});

test("what does not fit the wire is named", () => {
  assert.throws(
    () => encode(typeOf("Content"), { format: "html" }),
    /Content\.format must be one of unspecified, markdown/,
  );
  assert.throws(
    () => encode(typeOf("SendAction"), { notBefore: 5 }),
    /SendAction\.notBefore must be a Date/,
  );
  assert.throws(
    () => encode(typeOf("Route"), { deadline: "1s" }),
    /Route\.deadline must be a number of milliseconds/,
  );
  assert.throws(
    () => encode(typeOf("SendAction"), { content: "text" }),
    /SendAction\.content must be an object/,
  );
});
