// Whether a connection is encrypted, and with what: docs/security.md has the rules.
import { readFileSync, statSync } from "node:fs";
import { isIPv4 } from "node:net";
import { misconfigured } from "./errors.js";

const environment = (name) => process.env[name] || undefined;

/**
 * What to trust and to show: files or texts in PEM, `given` before the environment. Undefined: in the
 * clear, which only this machine gets to hear. Throws a ChathubError where waiting will not help.
 */
export function findTls(given, target) {
  if (target.startsWith("unix")) return undefined;
  const { ca, cert, key, serverName } = given === true ? {} : (given ?? {});
  const tls = {
    ca: ca ?? environment("CHATHUB_CA"),
    cert: cert ?? environment("CHATHUB_CERTIFICATE"),
    key: key ?? environment("CHATHUB_KEY"),
    serverName,
  };
  if (!given && !tls.ca) {
    if (isLoopback(target)) return undefined;
    throw misconfigured(
      `the hub at ${target} is beyond this machine, where a token must not go in the clear; ` +
        "name its authority's certificate with CHATHUB_CA",
    );
  }
  if ((tls.cert === undefined) !== (tls.key === undefined)) {
    throw misconfigured("CHATHUB_CERTIFICATE and CHATHUB_KEY go together; one of them is missing");
  }
  checkKey(tls.key);
  return tls;
}

function isLoopback(target) {
  const address = target.replace(/^(dns:\/\/\/|dns:|ipv4:|ipv6:)/, "");
  const host = address.slice(0, address.lastIndexOf(":"));
  return (isIPv4(host) && host.startsWith("127.")) || host === "localhost" || host === "[::1]";
}

const isPath = (given) => typeof given === "string" && !given.includes("-----");

function checkKey(key) {
  if (!isPath(key)) return;
  let mode;
  try {
    ({ mode } = statSync(key));
  } catch (error) {
    throw misconfigured(`cannot read ${key}: ${error.message}`);
  }
  if (mode & 0o077) {
    throw misconfigured(
      `the key ${key} is open to other users, who may have read it; close it with: chmod 600 ${key}`,
    );
  }
}

/** What a file or a text in PEM holds; null: none. */
export function pem(given) {
  if (given === undefined) return null;
  if (!isPath(given)) return Buffer.from(given);
  try {
    return readFileSync(given);
  } catch (error) {
    throw misconfigured(`cannot read ${given}: ${error.message}`);
  }
}
