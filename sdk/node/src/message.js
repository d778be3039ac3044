// What a handler's function gets: the message that matched, and how to answer it.
import { toContent, toTarget, toWrite } from "./content.js";
import { orderKey, sayKey } from "./say-key.js";

/** Writes to the store that happen together with the answer, or not at all. */
class AnswerStore {
  #write;

  constructor(write) {
    this.#write = write;
  }

  put(key, value, { ttl, ifRevision } = {}) {
    if (value === undefined) throw new TypeError("a value is needed");
    this.#write(toWrite({ key, value, ttl, ifRevision }));
  }

  delete(key, { ifRevision } = {}) {
    this.#write(toWrite({ key, ifRevision }));
  }

  add(key, amount = 1, { ifRevision } = {}) {
    this.#write(toWrite({ key, add: amount, ifRevision }));
  }
}

const NOBODY = { id: "", name: "", mentionName: "", bot: false, authenticated: false };
const NOWHERE = { adapter: "", room: "", thread: "", user: "" };
const NO_ROOM = { id: "", name: "", topic: "", joined: false };

const idOf = (event) => event?.[event.kind]?.platformId ?? "";

export class Message {
  #delivery;
  #signal;
  #sayNow;
  #answer = { actions: [], storeWrites: [] };
  #said = 0;
  #patienceBegan;
  #ended = false;

  /** `sayNow(key, action)` says progress and resolves when it has gone out. */
  constructor({ delivery, since, abort }, captures, sayNow) {
    this.#delivery = delivery;
    this.#patienceBegan = since ?? performance.now();
    this.#signal = abort.signal;
    this.#sayNow = sayNow;
    this.captures = captures;
    this.store = new AnswerStore((write) => this.#open().storeWrites.push(write));
  }

  /** Ends it: what the function gathered. Afterwards every method throws. */
  static end(message) {
    message.#ended = true;
    return message.#answer;
  }

  get text() {
    return this.#delivery.text;
  }

  get groups() {
    return this.#delivery.groups;
  }

  get user() {
    return this.#delivery.event?.user ?? NOBODY;
  }

  get conversation() {
    return this.#delivery.event?.conversation ?? NOWHERE;
  }

  get room() {
    return { ...NO_ROOM, ...this.#delivery.event?.room, id: this.conversation.room };
  }

  get ref() {
    return { platformId: idOf(this.#delivery.event) };
  }

  get attempt() {
    return this.#delivery.attempt;
  }

  get addressed() {
    return this.#delivery.addressed;
  }

  get event() {
    return this.#delivery.event;
  }

  get delivery() {
    return this.#delivery;
  }

  get signal() {
    return this.#signal;
  }

  get timeLeft() {
    const gone = performance.now() - this.#patienceBegan;
    return Math.max((this.#delivery.deadline ?? 0) - gone, 0);
  }

  reply(content, { notBefore } = {}) {
    this.do({ send: { content: toContent(content), notBefore } });
  }

  edit(target, content) {
    this.do({ edit: { target: toTarget(target), content: toContent(content) } });
  }

  react(...given) {
    const [target, emoji] = given.length === 1 ? [this.ref, ...given] : given;
    this.do({ react: { target: toTarget(target), emoji } });
  }

  delete(target) {
    this.do({ delete: { target: toTarget(target) } });
  }

  do(action) {
    this.#open().actions.push(action);
  }

  async say(content) {
    const key = await this.#progress({ send: { content: toContent(content) } });
    return { key: orderKey(key), index: 0 };
  }

  async update(target, content) {
    await this.#progress({ edit: { target: toTarget(target), content: toContent(content) } });
  }

  // The key is the same for the same say of a function that is run again within an attempt, so that
  // what it says twice is heard once.
  async #progress(action) {
    this.#open();
    this.#said += 1;
    this.#patienceBegan = performance.now();
    const key = sayKey(this.#delivery.id, this.#delivery.attempt, this.#said);
    await this.#sayNow(key, action);
    return key;
  }

  #open() {
    if (this.#ended) throw new Error("the function has returned: its answer is given");
    return this.#answer;
  }
}
