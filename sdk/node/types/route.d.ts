// What a handler waits for, and how.
import type * as wire from "../wire/wire.js";

export type EventKind = Exclude<wire.EventKind, "unspecified">;

/** One argument of a command, checked by the hub before the function is called. */
export interface Argument {
  /** The capture's name: [A-Za-z_][A-Za-z0-9_]*. */
  name: string;
  /**
   * "word" (standard): one, or several in double quotes. "integer": whole, of 64 bits; the capture is a
   * number, beyond 2^53 the exact text is in `message.delivery.captures`. "boolean": the capture is true
   * or false. "rest": everything that is left; last by position.
   */
  type?: "word" | "integer" | "number" | "boolean" | "rest";
  required?: boolean;
  /** Given as `--name value` instead of by position. */
  option?: boolean;
  help?: string;
}

export interface RouteOptions {
  /** Unique within the handler. Standard: the command's word, or `route-1`, `route-2`, ... */
  id?: string;
  /** Only what is said to the bot. Standard: true for commands, false for others. */
  addressedOnly?: boolean;
  /**
   * "exclusive": nobody else may have the same trigger; where it matches, others get nothing.
   * "fallback": gets the message only when no other route matched.
   */
  precedence?: "exclusive" | "fallback";
  /** The user must be in one of them; empty: everybody. */
  requiredGroups?: string[];
  /** What help shows, for example `roll NdM` and one sentence. */
  usage?: string;
  description?: string;
  hidden?: boolean;
  /** A message not handed out after this time is dead. Standard: 60 s, other events 24 h. */
  maxAge?: number;
  /** Goes on matching for so long after the last instance left. Standard: 60 s. */
  linger?: number;
  /** How long the user waits before the hub answers by itself. Standard: 30 s. */
  deadline?: number;
  /** How often a message is handed out at most. Standard: 3. 1: never again. */
  maximumAttempts?: number;
  /** A message to be tried again holds back those behind it in its conversation. */
  ordered?: boolean;
  /** Hears bots too. */
  bots?: boolean;
  /** What the user hears when there is no answer in time; empty: the hub's own words. */
  fallbackText?: string;
  /** Of a command; a string is the name of a word. None: anything goes, the capture `rest` has all of it. */
  arguments?: (Argument | string)[];
  /** Runs also beside others of its conversation. Standard: one at a time, in order. */
  free?: boolean;
}
