// Finds the hub of this user: where it listens and the token that it asks for.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { ChathubError, misconfigured } from "./errors.js";
import { findTls } from "./tls.js";

const environment = (name) => process.env[name] ?? "";

/** `given`, else $CHATHUB_DATA, else $XDG_DATA_HOME/chathub, else ~/.local/share/chathub. */
export function dataFolder(given) {
  if (given) return given;
  if (environment("CHATHUB_DATA")) return environment("CHATHUB_DATA");
  if (environment("XDG_DATA_HOME")) return path.join(environment("XDG_DATA_HOME"), "chathub");
  return path.join(homedir(), ".local/share/chathub");
}

// Undefined if the file is not there; an unreadable file counts as empty.
function firstLine(file) {
  try {
    return readFileSync(file, "utf8")
      .split("\n", 1)[0]
      .replace(/[\r ]+$/, "");
  } catch (error) {
    return error.code === "ENOENT" || error.code === "ENOTDIR" ? undefined : "";
  }
}

/** Nothing listens yet; it may be there a moment later. */
export class NotRunning extends ChathubError {
  constructor(folder) {
    super("not_attached", `no hub is running in ${folder} (start one with: chathub serve)`);
  }
}

/**
 * Reads the options, the environment and the data folder, in this order; never the network. The
 * answer changes when the hub starts, ends or listens elsewhere: ask again before every connection.
 *
 * Returns `{ target, token, tls }`; without `tls` it is in the clear. Throws NotRunning, or another ChathubError where waiting will not help.
 */
export function findHub(options = {}) {
  const folder = dataFolder(options.dataFolder);
  let target = options.address || environment("CHATHUB_ADDRESS");
  const toldWhere = Boolean(target);
  if (!toldWhere) target = firstLine(path.join(folder, "endpoints"));
  if (!target) throw new NotRunning(folder);

  let token = options.token || environment("CHATHUB_TOKEN");
  if (!token) {
    const file = path.join(folder, "owner-token");
    token = firstLine(file);
    // The hub writes it before it listens, so without an address there is no hub here yet.
    if (token === undefined && !toldWhere) throw new NotRunning(folder);
    if (!token) throw misconfigured(`no token: set CHATHUB_TOKEN, or make ${file} readable`);
  }
  // A token goes into a header, where only visible ASCII may stand.
  if (!/^[!-~]+$/.test(token)) throw misconfigured("the token holds characters no token has");
  return { target, token, tls: findTls(options.tls, target) };
}
