// Runs the functions of a handler: a delivery goes in, an answer comes out.
import { Retry } from "./errors.js";
import { Message } from "./message.js";
import { readCaptures } from "./route.js";

/** A handler's routes with their functions. */
export class Work {
  routes = [];
  #targets = new Map();
  #log;

  constructor(log) {
    this.#log = log;
  }

  /** `pattern`: the RegExp or text that the route was made of. */
  add(route, run, { free = false, pattern } = {}) {
    if (typeof run !== "function") throw new TypeError(`route "${route.id}" has no function`);
    if (this.#targets.has(route.id)) throw new TypeError(`two routes are called "${route.id}"`);
    this.#targets.set(route.id, { route, run, free, pattern });
    this.routes.push(route);
  }

  target(id) {
    return this.#targets.get(id);
  }

  isFree(id) {
    return this.#targets.get(id)?.free ?? false;
  }

  /**
   * Calls the function of a job. The answer: `actions` and `storeWrites`; or `nack`, which says why it
   * gave up, `retryAfter` in milliseconds, and `error`, what was thrown. `sayNow(key, action)` resolves
   * when progress has gone out.
   */
  async answer(job, sayNow) {
    const target = this.target(job.delivery.route);
    if (!target) return { nack: `this instance has no route "${job.delivery.route}"` };
    const captures = readCaptures(target.route, job.delivery.captures);
    const message = new Message(job, captures, sayNow);
    try {
      await target.run(message, captures);
      return Message.end(message);
    } catch (error) {
      Message.end(message);
      return this.#gaveUp(job, error);
    }
  }

  #gaveUp({ delivery, abort }, error) {
    if (error instanceof Retry) return { nack: error.message, retryAfter: error.after, error };
    // A function that was told to stop says so by throwing.
    if (!abort.signal.aborted) {
      this.#log.error(`route ${delivery.route}: ${error?.stack ?? error}`, { error });
    }
    return { nack: `the function threw: ${error?.message ?? error}`, error };
  }
}
