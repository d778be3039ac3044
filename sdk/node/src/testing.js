// Tests a handler without a hub: `await new HandlerTest(bot).say("hi Ada")` -> ["hello Ada"].
import { ChathubError, Retry } from "./errors.js";
import { inside } from "./handler.js";
import { plainText } from "./plain-text.js";
import { matches } from "./testing/match.js";
import { MemoryStore } from "./testing/memory-store.js";
import { decode, encode, methodOf, typeOf } from "./wire.js";

const ACTION = typeOf("Action");
const DELIVERY = typeOf("Delivery");
const ATTEMPTS = 3;
const RERUNS = 5;

/**
 * A hub of one handler in this process. It matches routes as the hub does, with one exception:
 * patterns are JavaScript's. Groups and bots are not looked at; nothing expires.
 */
export class HandlerTest {
  #work;
  #store = new MemoryStore();
  #answers;
  #events = 0;

  /** `answers`: what single calls besides those to the store and the chat get, by "Service.Method". */
  constructor(handler, { answers = {} } = {}) {
    const { work, calls } = handler[inside];
    this.#work = work;
    this.#answers = answers;
    calls.divert((...call) => this.#answer(...call));
    /** Everything the handler did, in order: actions of the wire, plain. */
    this.actions = [];
    /** What its chat calls sent: `{ conversation, text }`. */
    this.sent = [];
  }

  /** What the store holds, by key: strings in, strings out. */
  get store() {
    return this.#store;
  }

  async say(text, { user = "ada", room, addressed = !room, thread = "" } = {}) {
    const content = { text };
    return this.#happen(
      { message: { content, addressed } },
      { user, room, thread },
      text,
      addressed,
    );
  }

  async happen(event, { user = "ada", room = "lab", thread = "" } = {}) {
    return this.#happen(event, { user, room, thread }, "", false);
  }

  async #happen(happened, { user, room, thread }, text, addressed) {
    this.#events += 1;
    const kind = Object.keys(happened)[0];
    if (happened.message) happened.message.platformId ??= `m${this.#events}`;
    const where = room ? { room: `test/${room}`, thread } : { user: `test/${user}` };
    const event = {
      id: `test/${this.#events}`,
      conversation: { adapter: "test", ...where },
      user: { id: `test/${user}`, name: user, mentionName: user },
      room: room && { id: `test/${room}`, name: room },
      ...happened,
    };
    const before = this.actions.length;
    for (const match of matches(this.#work, { kind, text, addressed })) {
      if (match.complaint) this.actions.push({ send: { content: { text: match.complaint } } });
      else await this.#deliver(event, { ...match, text, addressed });
    }
    const said = this.actions.slice(before).filter(({ send }) => send);
    return said.map(({ send }) => plainText(send.content));
  }

  async #deliver(event, { id, captures, groups, text, addressed }) {
    const delivery = {
      id: `${event.id}/${id}`,
      route: id,
      event,
      captures,
      groups,
      text,
      addressed,
    };
    for (let attempt = 1; ; ++attempt) {
      const { error } = await this.#attempt({ ...delivery, attempt, deadline: 30_000 });
      if (!error) return;
      if (!(error instanceof Retry) || attempt === this.#attempts(id)) throw error;
    }
  }

  #attempts(id) {
    return this.#work.target(id).route.maximumAttempts || ATTEMPTS;
  }

  async #attempt(delivery) {
    // As it would come over the wire.
    const job = {
      delivery: decode(DELIVERY, encode(DELIVERY, delivery)),
      abort: new AbortController(),
    };
    const said = new Set();
    const say = async (key, action) => {
      if (!said.has(key)) this.actions.push(this.#overTheWire(action));
      said.add(key);
    };
    for (let run = 0; ; ++run) {
      const answer = await this.#work.answer(job, say);
      if (answer.error) return answer;
      const actions = answer.actions.map((action) => this.#overTheWire(action));
      const conflict = this.#store.conflictOf(answer.storeWrites);
      if (conflict === undefined) {
        this.#store.apply(answer.storeWrites);
        this.actions.push(...actions);
        return answer;
      }
      if (run === RERUNS)
        throw new ChathubError("conflict", `somebody else kept changing ${conflict}`);
    }
  }

  // A mistake in it shows here, as it would in front of a hub.
  #overTheWire(action) {
    return decode(ACTION, encode(ACTION, action));
  }

  async #answer(service, name, request) {
    const { request: type } = methodOf(service, name);
    const asked = decode(type, encode(type, request));
    const answer = this.#answers[`${service}.${name}`];
    if (answer) return answer(asked);
    if (service === "Store") return this.#store.call(name, asked);
    if (service !== "Chat")
      throw new ChathubError("unsupported", `the test has no ${service}.${name}`);
    if (name === "SendMessage") {
      const { conversation, content } = asked;
      this.sent.push({ conversation, text: plainText(content) });
    }
    return { key: `test/chat/${(this.#events += 1)}` };
  }
}
