// Tests a handler without a hub: `await new HandlerTest(bot).say("hi Ada")` gives ["hello Ada"].
import type { Handler } from "./index.js";
import type * as wire from "../wire/wire.js";

export interface Speaker {
  /** Standard: "ada". */
  user?: string;
  /** Standard: a private talk with the user. */
  room?: string;
  thread?: string;
  /** It is said to the bot. Standard: true in a private talk, false in a room. */
  addressed?: boolean;
}

export interface HandlerTestOptions {
  /** What calls other than those to the store and the chat get, by name, for example "Users.GetUser". */
  answers?: Record<string, (request: never) => object>;
}

/**
 * A hub of one handler in this process. It matches routes as the hub does, but patterns are JavaScript's.
 * Groups and bots are not looked at, nothing expires, a Retry comes again at once.
 */
export class HandlerTest {
  constructor(handler: Handler, options?: HandlerTestOptions);
  /** What is answered, in order. Rejects with what the function threw. */
  say(text: string, speaker?: Speaker): Promise<string[]>;
  /** Something else happens: `test.happen({ joined: {} }, { user: "bob", room: "lab" })`. */
  happen(event: wire.Event, speaker?: Speaker): Promise<string[]>;
  /** Everything the handler did so far, in order. */
  readonly actions: wire.Action[];
  /** What its chat calls sent. */
  readonly sent: { conversation: wire.Conversation; text: string }[];
  /** What the store holds, by key. */
  readonly store: { get(key: string): string | undefined; set(key: string, value: string): number };
}
