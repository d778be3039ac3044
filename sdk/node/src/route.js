// What a handler waits for, as the wire has it.
import { ChathubError } from "./errors.js";
import { isPeerName } from "./names.js";
import { toRe2 } from "./regexp.js";

const OPTIONS = new Set([
  "id",
  "addressedOnly",
  "precedence",
  "requiredGroups",
  "usage",
  "description",
  "hidden",
  "maxAge",
  "linger",
  "deadline",
  "maximumAttempts",
  "ordered",
  "bots",
  "fallbackText",
  "arguments",
  "free",
]);

const mistake = (detail) => new ChathubError("bad_route", detail);

function toArgument(argument) {
  const { type = "word", ...rest } = typeof argument === "string" ? { name: argument } : argument;
  return { ...rest, type: type === "word" ? "unspecified" : type };
}

/** `trigger`: one of pattern, command, event. */
function routeOf(trigger, options, standardId) {
  for (const name of Object.keys(options)) {
    if (!OPTIONS.has(name)) throw mistake(`a route has no option "${name}"`);
  }
  const { id = standardId, usage, description, hidden, free, arguments: _, ...rest } = options;
  if (!isPeerName(id)) throw mistake(`"${id}" is no id for a route: give one in its options`);
  return { ...rest, ...trigger, id, help: { usage, description, hidden } };
}

/** A string is in RE2's own syntax. */
export function patternRoute(pattern, options, standardId) {
  const text = pattern instanceof RegExp ? toRe2(pattern) : String(pattern);
  return routeOf({ pattern: text }, options, standardId);
}

/** Only what is said to the bot, unless told otherwise. */
export function commandRoute(word, options) {
  const command = { word, arguments: (options.arguments ?? []).map(toArgument) };
  return routeOf({ command }, { addressedOnly: true, ...options }, word);
}

export const eventRoute = (event, options, standardId) => routeOf({ event }, options, standardId);

const reading = {
  integer: Number,
  number: Number,
  boolean: (text) => text === "true",
};

/** The captures of a delivery; arguments of commands have the types they were declared with. */
export function readCaptures(route, captures) {
  const read = Object.assign(Object.create(null), captures);
  for (const { name, type } of route.command?.arguments ?? []) {
    if (read[name] !== undefined && reading[type]) read[name] = reading[type](read[name]);
  }
  return read;
}
