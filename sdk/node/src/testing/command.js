// Reads what a user typed against what a command takes, as the hub does.

const SPACE = " \\t\\r\\n\\v\\f";
const FIRST = new RegExp(`^[${SPACE}]*([^${SPACE}]*)[${SPACE}]*(.*)$`, "s");
const WORD = new RegExp(`^[${SPACE}]*(?:"([^"]*)"|([^"${SPACE}][^${SPACE}]*))`);
const BOOLEANS = {
  yes: "true",
  true: "true",
  on: "true",
  1: "true",
  no: "false",
  false: "false",
  off: "false",
  0: "false",
};
const WANTED = { integer: "a whole number", number: "a number", boolean: "yes or no" };
const LONGEST = (1n << 63n) - 1n;

const isInteger = (text) =>
  /^-?\d+$/.test(text) && BigInt(text) <= LONGEST && BigInt(text) >= -LONGEST - 1n;

function readArgument(type, text) {
  if (type === "integer") return isInteger(text) ? text : undefined;
  if (type === "number")
    return /^-?[\d.]/.test(text) && Number.isFinite(Number(text)) ? text : undefined;
  return type === "boolean" ? BOOLEANS[text.toLowerCase()] : text;
}

function usageOf({ name, type, required, option }) {
  const value = option
    ? `--${name}${type === "boolean" ? "" : " <value>"}`
    : name + (type === "rest" ? "..." : "");
  if (!required) return `[${value}]`;
  return option ? value : `<${value}>`;
}

class Misfit extends Error {}

class Reading {
  captures = {};
  #rest;
  #positional;
  #options;
  #optionsEnded = false;

  constructor(commandArguments, rest) {
    this.#rest = rest;
    this.#positional = commandArguments.filter(({ option }) => !option);
    this.#options = commandArguments.filter(({ option }) => option);
  }

  run() {
    let next = 0;
    for (this.#skip(); this.#rest; this.#skip()) {
      const argument = this.#positional[next];
      if (this.#isOption()) {
        this.#takeOption();
      } else if (argument?.type === "rest") {
        this.captures[argument.name] = this.#rest;
        this.#rest = "";
        next += 1;
      } else {
        const word = this.#word();
        if (!argument) throw new Misfit(`"${word}" is too much`);
        this.#keep(argument, word);
        next += 1;
      }
    }
    const missing = [...this.#positional, ...this.#options].find(
      ({ required, name }) => required && this.captures[name] === undefined,
    );
    if (missing)
      throw new Misfit(`${missing.option ? `--${missing.name}` : `<${missing.name}>`} is missing`);
  }

  #skip() {
    this.#rest = this.#rest.replace(new RegExp(`^[${SPACE}]+`), "");
  }

  #isOption() {
    return this.#rest.startsWith("--") && this.#options.length > 0 && !this.#optionsEnded;
  }

  #word() {
    const match = WORD.exec(this.#rest);
    if (!match) throw new Misfit('a " is never closed');
    this.#rest = this.#rest.slice(match[0].length);
    return match[1] ?? match[2];
  }

  #takeOption() {
    const word = this.#word();
    if (word === "--") {
      this.#optionsEnded = true;
      return;
    }
    const option = this.#options.find(({ name }) => `--${name}` === word);
    if (!option) throw new Misfit(`there is no "${word}"`);
    if (this.captures[option.name] !== undefined) throw new Misfit(`${word} is there twice`);
    if (option.type === "boolean") {
      this.captures[option.name] = "true";
      return;
    }
    this.#skip();
    if (!this.#rest) throw new Misfit(`${word} needs a value`);
    this.#keep(option, this.#word());
  }

  #keep({ name, type }, text) {
    const value = readArgument(type, text);
    if (value === undefined) throw new Misfit(`${name}: "${text}" is not ${WANTED[type]}`);
    this.captures[name] = value;
  }
}

/** Undefined if the first word is another one; `{ complaint }` if the arguments do not fit. */
export function readCommand(command, text, usage) {
  const [, word, rest] = FIRST.exec(text);
  if (word.toLowerCase() !== command.word.toLowerCase()) return undefined;
  if (command.arguments.length === 0) return { captures: { rest }, groups: [text] };
  const reading = new Reading(command.arguments, rest);
  try {
    reading.run();
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const wanted = usage || [command.word, ...command.arguments.map(usageOf)].join(" ");
    return { complaint: `${error.message} (usage: ${wanted})` };
  }
  return { captures: { rest, ...reading.captures }, groups: [text] };
}
