// A handler's talk with the hub: what is held, what may run, what is to be said.
import { fromProblem } from "./errors.js";
import { encodeItem } from "./handler-item.js";
import { JobQueue } from "./job-queue.js";
import { Outgoing } from "./outgoing.js";
import { decode, methodOf } from "./wire.js";

// How long after a break the hub still knows this instance by its token, in milliseconds.
const RETURN_WITHIN = 1000;
// How often a function runs again because a value that it had read was changed meanwhile.
const RERUNS = 5;

const GIVEN_AWAY = "the hub has given it to others meanwhile";

/** Without sockets or clock: every time is handed in, in milliseconds. */
export class HandlerSession {
  method = methodOf("Handlers", "Attach");
  attached = false;

  #hello;
  #isFree;
  #log;
  // Of the stream.
  #draining = false;
  #leaving = false;
  #outgoing = new Outgoing();
  #renewAt;
  // Of the instance.
  #greeting = {};
  #brokenAt;
  #lease = 10_000;
  // By delivery: { since, job, reruns, finish?, sayAgainAt?, unsaid[] }.
  #held = new Map();
  #jobs = new JobQueue();
  #posted = [];

  /** `hello`: name, revision, maximumInFlight, routes. `isFree(route)`: may run beside itself. */
  constructor(hello, isFree, log) {
    this.#hello = hello;
    this.#isFree = isFree;
    this.#log = log;
  }

  opened(now) {
    this.attached = false;
    this.#draining = false;
    const hello = { ...this.#hello };
    if (this.#brokenAt !== undefined && now - this.#brokenAt < RETURN_WITHIN) {
      hello.instanceToken = this.#greeting.instanceToken;
      hello.holding = [...this.#held.values()].map(({ job: { delivery } }) => ({
        delivery: delivery.id,
        attempt: delivery.attempt,
      }));
    } else {
      this.dropAll(GIVEN_AWAY);
    }
    this.#add({ hello });
  }

  closed(now) {
    if (this.attached) this.#brokenAt = this.#draining ? undefined : now;
    this.attached = false;
    this.#renewAt = undefined;
    for (const item of this.#outgoing.takeAll()) {
      const held = item.delivery && this.#held.get(item.delivery);
      if (held) held.unsaid.push(item);
      else item.written?.();
    }
  }

  hear(bytes, now) {
    for (const command of decode(this.method.response, bytes).items) {
      // A kind that is not here comes from a newer hub.
      this.#hearing[command.kind]?.(command[command.kind], now);
    }
  }

  #hearing = {
    helloOk: (ok, now) => this.#hearHelloOk(ok, now),
    delivery: (delivery, now) => this.#hearDelivery(delivery, now),
    finishResult: (result, now) => this.#hearFinishResult(result, now),
    cancel: (cancel) => this.#hearCancel(cancel),
    posted: (posted) => this.#posted.push(posted),
    ping: ({ nonce }) => this.#add({ pong: { nonce } }),
    draining: () => {
      this.#draining = true;
      this.#log.info("the hub is going away");
    },
  };

  #hearHelloOk(ok, now) {
    this.attached = true;
    this.#greeting = ok;
    if (ok.lease !== undefined) this.#lease = ok.lease;
    const kept = new Set(ok.holding.map(({ delivery, attempt }) => `${attempt} ${delivery}`));
    for (const [id, held] of this.#held) {
      if (!kept.has(`${held.job.delivery.attempt} ${id}`)) {
        this.#drop(id, GIVEN_AWAY);
        continue;
      }
      for (const item of held.unsaid.splice(0)) this.#outgoing.add(item);
      if (held.finish && held.sayAgainAt === undefined) this.#sayFinish(held);
    }
    if (this.#held.size > 0) this.#renewAt = now + this.#lease / 3;
    for (const { route, otherHandler, otherRoute, trigger } of ok.collisions) {
      const other = `${otherHandler}/${otherRoute}`;
      this.#log.warn(`route ${route} waits for the same (${trigger}) as ${other}`);
    }
  }

  #hearDelivery(delivery, now) {
    // A later attempt of what is still here: the earlier one counts no more.
    this.#drop(delivery.id, "a later attempt has come");
    const held = { since: now, reruns: 0, unsaid: [] };
    this.#held.set(delivery.id, held);
    this.#queue(held, delivery, "last");
    this.#renewAt ??= now + this.#lease / 3;
  }

  #hearFinishResult({ delivery, outcome, conflict, problem }, now) {
    const held = this.#held.get(delivery);
    if (!held?.finish) return;
    if (outcome === "conflict") {
      this.#runAgain(held, conflict);
    } else if (outcome === "refused" && problem?.retryAfter !== undefined) {
      held.sayAgainAt = now + problem.retryAfter;
    } else if (outcome === "refused") {
      this.#giveUp(held, `the answer was refused: ${problem?.detail ?? ""}`);
    } else {
      if (outcome === "stale") {
        this.#log.warn(`too late with the answer to ${delivery}; nobody hears it`);
      }
      this.#held.delete(delivery);
    }
  }

  #hearCancel({ delivery, attempt, problem }) {
    const held = this.#held.get(delivery);
    if (!held || held.job.delivery.attempt > attempt) return;
    this.#log.warn(`cancelled: ${delivery} (${problem?.detail ?? ""})`);
    this.#drop(delivery, "ended by somebody else", problem);
  }

  #queue(held, delivery, turn) {
    held.finish = undefined;
    const free = this.#isFree(delivery.route);
    held.job = this.#jobs.add(delivery, free ? "free" : turn, held.since);
  }

  // The delivery of this job, if the job still counts.
  #heldFor(job) {
    const held = this.#jobs.has(job) ? this.#held.get(job.delivery.id) : undefined;
    return held?.job === job ? held : undefined;
  }

  /**
   * The function of this job has ended. `answer`: `actions` and `storeWrites`, or `nack`, which says
   * why it gave up, with `retryAfter`.
   */
  returned(job, answer) {
    const held = this.#heldFor(job);
    if (held) this.#finish(held, answer);
    this.#jobs.returned(job);
  }

  #finish(held, { actions, storeWrites, nack, retryAfter }) {
    if (nack !== undefined) {
      this.#giveUp(held, nack, retryAfter);
      return;
    }
    try {
      const { id, attempt } = held.job.delivery;
      held.finish = encodeItem({ finish: { delivery: id, attempt, actions, storeWrites } });
    } catch (error) {
      this.#giveUp(held, `the answer cannot be said: ${error.message}`);
      return;
    }
    this.#sayFinish(held);
  }

  #sayFinish(held) {
    if (this.attached) this.#outgoing.add({ bytes: held.finish });
  }

  #runAgain(held, conflict) {
    if (held.reruns === RERUNS) {
      this.#giveUp(held, `somebody else kept changing ${conflict?.key}`);
      return;
    }
    held.reruns += 1;
    this.#queue(held, held.job.delivery, "first");
  }

  #giveUp(held, why, retryAfter = 0) {
    const { id, attempt } = held.job.delivery;
    this.#log.warn(`gave up ${id}, attempt ${attempt}: ${why}`);
    this.#held.delete(id);
    const nack = { delivery: id, attempt, why: why.slice(0, 1000) };
    if (retryAfter > 0) nack.retryAfter = retryAfter;
    if (this.attached) this.#add({ nack });
  }

  /**
   * Progress of a running job; `written` is called when it has gone out, or will be heard by nobody.
   * Throws a ChathubError if it is too large for the wire.
   */
  say(job, key, action, written) {
    const held = this.#heldFor(job);
    if (!held) {
      written();
      return;
    }
    const { id, attempt } = job.delivery;
    const bytes = encodeItem({ say: { delivery: id, attempt, key, actions: [action] } });
    const item = { bytes, written, delivery: id };
    if (this.attached) this.#outgoing.add(item);
    else held.unsaid.push(item);
  }

  fill(frame) {
    this.#outgoing.fill(frame);
  }

  tick(now) {
    if (!this.attached) return;
    if (this.#renewAt <= now) this.#renew(now);
    for (const held of this.#held.values()) {
      if (!(held.sayAgainAt <= now)) continue;
      held.sayAgainAt = undefined;
      this.#sayFinish(held);
    }
  }

  #renew(now) {
    this.#renewAt = undefined;
    if (this.#held.size === 0) return;
    this.#add({ renew: { deliveries: [...this.#held.keys()] } });
    this.#renewAt = now + this.#lease / 3;
  }

  /** When tick is due; undefined: not at all. */
  nextWake() {
    if (!this.attached) return undefined;
    let due = this.#renewAt ?? Infinity;
    for (const { sayAgainAt = Infinity } of this.#held.values()) due = Math.min(due, sayAgainAt);
    return due === Infinity ? undefined : due;
  }

  /**
   * The hub gives nothing new, and ends the stream when nothing is held any more. Until then all that
   * comes is served: it was on its way.
   */
  leave() {
    if (this.#leaving) return;
    this.#leaving = true;
    if (this.attached) this.#add({ leaving: {} });
  }

  #drop(delivery, why, problem = { reason: "expired", detail: why }) {
    const held = this.#held.get(delivery);
    if (!held) return;
    this.#held.delete(delivery);
    for (const item of held.unsaid) item.written?.();
    held.job.abort.abort(fromProblem(problem));
  }

  /** Forgets all that is held; functions that still run are told. */
  dropAll(why) {
    if (this.#held.size === 0) return;
    this.#log.warn(`dropped ${this.#held.size} in hand: ${why}`);
    for (const id of [...this.#held.keys()]) this.#drop(id, why);
  }

  #add(item) {
    this.#outgoing.add({ bytes: encodeItem(item) });
  }

  /** What functions are to do next; each is given out once. */
  takeJobs() {
    return this.#jobs.takeReady();
  }

  /** What became of answers; each is given out once. */
  takePosted() {
    return this.#posted.splice(0);
  }

  greeting() {
    const count = this.#hello.routes.length;
    const routes = `${count} route${count === 1 ? "" : "s"}`;
    return `attached to ${this.#greeting.hub || "the hub"} with ${routes}`;
  }
}
