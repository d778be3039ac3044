// What goes wrong, and what a function throws to have its message again.
import { status as Code } from "@grpc/grpc-js";
import { decode, typeOf } from "./wire.js";

/** Why something failed, in the hub's own words. */
export class ChathubError extends Error {
  constructor(reason, detail, { retryAfter, code, position } = {}) {
    super(detail);
    this.name = "ChathubError";
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.code = code;
    this.position = position;
  }
}

/** Waiting will not help: what the environment or the options say cannot be. */
export const misconfigured = (detail) => new ChathubError("not_allowed", detail);

/** Thrown by a function: no answer; the message goes to another instance or comes again. */
export class Retry extends Error {
  constructor(after = 0, why = "the function asked for another try") {
    super(why);
    if (!(after >= 0 && after < Infinity)) {
      throw new TypeError(`Retry wants a number of milliseconds, not ${String(after)}`);
    }
    this.name = "Retry";
    this.after = after;
  }
}

const RPC_STATUS = typeOf("chathub.internal.RpcStatus");
const PROBLEM = typeOf("Problem");

/** An error from a Problem inside a frame. */
export const fromProblem = (problem, code) =>
  new ChathubError(problem.reason, problem.detail || "no reason was given", {
    retryAfter: problem.retryAfter,
    code,
  });

// The hub's own words for why a call failed; undefined if the status does not come from a hub.
function problemOf(metadata) {
  const [bytes] = metadata?.get("grpc-status-details-bin") ?? [];
  if (!bytes) return undefined;
  try {
    const [packed] = decode(RPC_STATUS, bytes).details;
    return packed?.type_url.endsWith("/chathub.v1.Problem")
      ? decode(PROBLEM, packed.value)
      : undefined;
  } catch {
    return undefined;
  }
}

/** An error from the status that ended a call. */
export function fromStatus({ code, details, metadata }) {
  const problem = problemOf(metadata);
  if (problem) return Object.assign(fromProblem(problem, code), { fromHub: true });
  const reason = code === Code.UNAVAILABLE ? "going_away" : "unspecified";
  const ending = code === Code.OK ? "the hub ended the stream" : `gRPC status ${code}`;
  return new ChathubError(reason, details || ending, { code });
}

const FINAL = new Set([
  Code.UNAUTHENTICATED,
  Code.PERMISSION_DENIED,
  Code.INVALID_ARGUMENT,
  Code.ALREADY_EXISTS,
  Code.NOT_FOUND,
  // Whatever listens there is no hub, or one that does not know us.
  Code.UNIMPLEMENTED,
]);

/** True if attaching again would be refused again: the hub said no to who or what we are. */
export const isFinal = (error) => FINAL.has(error.code);
