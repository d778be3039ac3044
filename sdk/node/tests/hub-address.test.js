// Where the hub is, by options, environment and data folder.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { dataFolder, findHub, NotRunning } from "../src/hub-address.js";

const NAMES = ["CHATHUB_ADDRESS", "CHATHUB_TOKEN", "CHATHUB_DATA", "XDG_DATA_HOME", "HOME"];
let folder;
let before;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "chathub-node-"));
  before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));
  for (const name of NAMES) delete process.env[name];
  process.env.CHATHUB_DATA = folder;
});

afterEach(() => {
  for (const name of NAMES) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  rmSync(folder, { recursive: true });
});

const write = (name, text) => writeFileSync(path.join(folder, name), text);

test("the first line of endpoints and the owner's token are used", () => {
  write("endpoints", "unix:/a/hub.sock\n127.0.0.1:6196\n");
  write("owner-token", "abc\n");
  assert.deepEqual(findHub(), { target: "unix:/a/hub.sock", token: "abc", tls: undefined });
});

test("options come before the environment, and that before the folder", () => {
  write("endpoints", "unix:/a\n");
  write("owner-token", "file\n");
  process.env.CHATHUB_ADDRESS = "127.0.0.1:1";
  process.env.CHATHUB_TOKEN = "environment";
  assert.deepEqual(findHub(), { target: "127.0.0.1:1", token: "environment", tls: undefined });
  assert.deepEqual(findHub({ address: "127.0.0.1:2", token: "option" }), {
    target: "127.0.0.1:2",
    token: "option",
    tls: undefined,
  });
});

test("without endpoints no hub is running, and the folder is named", () => {
  assert.throws(findHub, (error) => error instanceof NotRunning && error.message.includes(folder));
  write("endpoints", "");
  assert.throws(findHub, NotRunning);
});

test("an address without any token is a mistake, not a hub that may come", () => {
  process.env.CHATHUB_ADDRESS = "127.0.0.1:1";
  assert.throws(
    findHub,
    (error) => !(error instanceof NotRunning) && /no token: set CHATHUB_TOKEN/.test(error.message),
  );
});

test("an empty token file is a mistake", () => {
  write("endpoints", "unix:/a\n");
  write("owner-token", "\n");
  assert.throws(findHub, /make .*owner-token readable/);
});

test("a token with characters that no header has is refused and not repeated", () => {
  write("endpoints", "unix:/a\n");
  assert.throws(
    () => findHub({ token: "sec\u00e9ret" }),
    (error) => /no token has/.test(error.message) && !/sec/.test(error.message),
  );
});

test("the data folder is the option, $CHATHUB_DATA, $XDG_DATA_HOME/chathub, or below home", () => {
  assert.equal(dataFolder("/given"), "/given");
  assert.equal(dataFolder(), folder);
  delete process.env.CHATHUB_DATA;
  process.env.XDG_DATA_HOME = "/xdg";
  assert.equal(dataFolder(), "/xdg/chathub");
  delete process.env.XDG_DATA_HOME;
  process.env.HOME = "/home/ada";
  assert.equal(dataFolder(), "/home/ada/.local/share/chathub");
});

test("a folder that is a file has no hub", () => {
  write("file", "");
  assert.throws(() => findHub({ dataFolder: path.join(folder, "file") }), NotRunning);
});
