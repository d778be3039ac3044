// The declarations are what TypeScript takes, and what there is at run time.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import ts from "typescript";
import * as chathub from "chathub";
import * as testing from "chathub/testing";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

test("a program in TypeScript compiles, strictly", () => {
  const tsc = here("../node_modules/typescript/bin/tsc");
  try {
    execFileSync(process.execPath, [tsc, "-p", here("..")], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});

const program = ts.createProgram([here("../types/index.d.ts"), here("../types/testing.d.ts")], {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
});
const checker = program.getTypeChecker();

function exportsOf(name) {
  const file = checker.getSymbolAtLocation(program.getSourceFile(here(name)));
  const symbols = checker.getExportsOfModule(file);
  return symbols.map((symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  );
}

const isValue = (symbol) =>
  (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0;
const names = (symbols) => symbols.map((symbol) => symbol.name).sort();

/** The names that a class or interface declares for its instances. */
const membersOf = (symbol) =>
  names(
    checker
      .getDeclaredTypeOfSymbol(symbol)
      .getProperties()
      .filter(({ parent }) => parent === symbol),
  );

/** The names that an object really has. */
function reallyOf(object) {
  const own = Object.keys(object);
  const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(object));
  return [...own, ...inherited].filter((name) => name !== "constructor").sort();
}

test("what is declared to be exported is, and nothing else", () => {
  // A Message is made by the SDK alone; its type may be named.
  const declared = names(exportsOf("../types/index.d.ts").filter(isValue)).filter(
    (name) => name !== "Message",
  );
  assert.deepEqual(declared, Object.keys(chathub).sort());
  assert.deepEqual(
    names(exportsOf("../types/testing.d.ts").filter(isValue)),
    Object.keys(testing).sort(),
  );
});

test("every declared member is there, and every one there is declared", async () => {
  const bot = new chathub.Handler("hi");
  let message;
  bot.route("x", (given) => void (message = given));
  const kit = new testing.HandlerTest(bot);
  await kit.say("x");
  const instances = {
    Handler: bot,
    Message: message,
    AnswerStore: message.store,
    Adapter: new chathub.Adapter("irc"),
    Chat: bot.chat,
    Store: bot.store,
    Users: bot.users,
    Rooms: bot.rooms,
    HandlerTest: kit,
  };
  const all = [
    ...exportsOf("../types/index.d.ts"),
    ...exportsOf("../types/testing.d.ts"),
    ...exportsOf("../types/handler.d.ts"),
  ];
  for (const [name, instance] of Object.entries(instances)) {
    const symbol = all.find((each) => each.name === name);
    assert.deepEqual(membersOf(symbol), reallyOf(instance), name);
  }
});
