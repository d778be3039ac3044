// A handler: adds functions to the chat. Start here when writing one.
import { Calls } from "./calls.js";
import { Chat } from "./chat.js";
import { Rooms, Users } from "./directory.js";
import { HandlerSession } from "./handler-session.js";
import { hubOptions, Life, peerLog } from "./peer.js";
import { commandRoute, eventRoute, patternRoute } from "./route.js";
import { orderKey } from "./say-key.js";
import { Store } from "./store.js";
import { Work } from "./work.js";

/** What stands behind a Handler, for the test kit. */
export const inside = Symbol("inside");

/** A listing's trigger is the command's word or the pattern; undefined for events. */
const toListing = ({ handler, route, attached }) => ({
  handler,
  id: route.id,
  trigger: route.command?.word ?? route.pattern,
  usage: route.help?.usage ?? "",
  description: route.help?.description ?? "",
  hidden: route.help?.hidden ?? false,
  attached,
});

const toPosted = ({ key, index, result }) => ({
  message: { key: orderKey(key), index, platformId: result?.platformIds[0] ?? "" },
  platformIds: result?.platformIds ?? [],
  problem: result?.problem && (result.problem.detail || "not posted"),
});

export class Handler {
  #name;
  #options;
  #log;
  #work;
  #calls;
  #life;
  #onPosted;

  constructor(name, options = {}) {
    this.#name = name;
    this.#options = options;
    this.#log = peerLog("handler", name, options.logger);
    this.#work = new Work(this.#log);
    this.#calls = new Calls(hubOptions(options), `handler/${name}`);
    this.chat = new Chat(this.#calls);
    this.store = new Store(this.#calls);
    this.users = new Users(this.#calls);
    this.rooms = new Rooms(this.#calls);
  }

  get name() {
    return this.#name;
  }

  route(pattern, run, options = {}) {
    const route = patternRoute(pattern, options, this.#standardId());
    this.#work.add(route, run, { free: options.free, pattern });
    return this;
  }

  command(word, run, options = {}) {
    this.#work.add(commandRoute(word, options), run, options);
    return this;
  }

  on(event, run, options = {}) {
    this.#work.add(eventRoute(event, options, this.#standardId()), run, options);
    return this;
  }

  onPosted(run) {
    this.#onPosted = run;
    return this;
  }

  async run({ signal } = {}) {
    const session = new HandlerSession(this.#hello(), (id) => this.#work.isFree(id), this.#log);
    const { handleSignals } = this.#options;
    const settle = () => this.#handOut(session);
    const life = new Life(session, hubOptions(this.#options), this.#log, settle, handleSignals);
    if (this.#life) throw new Error("this handler has been run already");
    this.#life = life;
    try {
      await life.run(signal);
    } finally {
      session.dropAll("this handler ends");
      this.#calls.end();
    }
  }

  stop() {
    this.#life?.stop();
  }

  async listRoutes({ user, conversation } = {}, search = "") {
    const request = { user, conversation, search };
    const { routes } = await this.#calls.call("Handlers", "ListRoutes", request);
    return routes.map(toListing);
  }

  get [inside]() {
    return { work: this.#work, calls: this.#calls };
  }

  #standardId() {
    return `route-${this.#work.routes.length + 1}`;
  }

  #hello() {
    const { revision = 0, maximumInFlight } = this.#options;
    return { name: this.#name, revision, maximumInFlight, routes: this.#work.routes };
  }

  #handOut(session) {
    for (const job of session.takeJobs()) void this.#runJob(job);
    for (const posted of session.takePosted()) void this.#tellPosted(posted);
  }

  async #runJob(job) {
    // Never within the turn of the session that gave it out.
    await undefined;
    const say = (key, action) =>
      new Promise((resolve) =>
        this.#life.enter((session) => session.say(job, key, action, resolve)),
      );
    const cancelled = job.abort.signal.aborted;
    const answer = cancelled ? {} : await this.#work.answer(job, say);
    this.#life.enter((session) => session.returned(job, answer));
  }

  async #tellPosted(posted) {
    await undefined;
    try {
      await this.#onPosted?.(toPosted(posted));
    } catch (error) {
      this.#log.error(`the function for Posted threw: ${error?.stack ?? error}`, { error });
    }
  }
}
