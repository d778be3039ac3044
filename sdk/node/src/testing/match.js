// Which routes of a handler a text matches, as the hub finds them.
import { ChathubError } from "../errors.js";
import { readCommand } from "./command.js";

// A pattern that is text in RE2's syntax, in JavaScript's.
function toRegExp(pattern) {
  if (pattern instanceof RegExp)
    return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
  const [, flags = "", text] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern);
  try {
    return new RegExp(text.replaceAll("(?P<", "(?<"), `u${flags}`);
  } catch (error) {
    const detail = `the test kit cannot read the pattern ${pattern}: ${error.message}`;
    throw new ChathubError("bad_route", detail);
  }
}

function matchPattern(pattern, text) {
  const match = toRegExp(pattern).exec(text);
  if (!match) return undefined;
  const captures = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
  return { captures: Object.fromEntries(captures), groups: match.map((group) => group ?? "") };
}

function tryRoute({ route, pattern }, { kind, text, addressed }) {
  if ((route.event ?? "message") !== kind || (route.addressedOnly && !addressed)) return undefined;
  if (route.pattern) return matchPattern(pattern, text);
  if (route.command) return readCommand(route.command, text, route.help?.usage);
  return { captures: {}, groups: [] };
}

function withPrecedence(found, { addressed }) {
  const proper = found.filter(({ complaint }) => !complaint);
  const exclusive = proper.filter(({ route }) => route.precedence === "exclusive");
  if (exclusive.length > 0) return exclusive;
  const own = proper.filter(({ route }) => route.precedence !== "fallback");
  if (own.some(({ route }) => !route.event)) return own;
  const complaint = found.find((match) => match.complaint && addressed);
  if (complaint) return [...own, complaint];
  return own.length > 0 ? own : proper;
}

/** `{ id, captures, groups }` for each delivery there would be; `{ complaint }` if arguments misfit. */
export function matches(work, question) {
  const found = [];
  for (const route of work.routes) {
    const match = tryRoute(work.target(route.id), question);
    if (match) found.push({ id: route.id, route, ...match });
  }
  return withPrecedence(found, question);
}
