// One line per event, for people and for whatever logger the program has.

const escaped = (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
const oneLine = (text) => text.replace(/[\x00-\x1f\x7f]/g, escaped);

function toStderr(text, fields) {
  process.stderr.write(`${new Date().toISOString()} ${oneLine(`${fields.peer}: ${text}`)}\n`);
}

/** Writes to stderr with the time; says nothing of what is only for debugging. */
const stderrLogger = { debug() {}, info: toStderr, warn: toStderr, error: toStderr };

/** `logger` with `peer`, for example "handler/karma", in the fields of every line. */
export function logFor(peer, logger = stderrLogger) {
  const level = (name) => (text, fields) => logger[name](text, { peer, ...fields });
  return { debug: level("debug"), info: level("info"), warn: level("warn"), error: level("error") };
}
