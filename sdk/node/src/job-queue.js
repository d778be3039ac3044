// Deliveries as work for functions: what may begin now, and what waits for its turn.

const laneOf = ({ adapter, room, thread, user } = {}) =>
  JSON.stringify([adapter, room, thread, user]);

/**
 * One job at a time per conversation, except for those that are free. A job is `{ delivery, since,
 * abort }`, where `since` is when the delivery came, with what is left of the user's patience;
 * the same delivery run again is another job. One that was aborted before it began never begins.
 */
export class JobQueue {
  // What waits behind the running job of each conversation.
  #waiting = new Map();
  // Queued or running, each with its lane; undefined for a free one.
  #lanes = new Map();
  #ready = [];

  /** `turn`: "last", "first" or "free". */
  add(delivery, turn, since) {
    const job = { delivery, since, abort: new AbortController() };
    const lane = turn === "free" ? undefined : laneOf(delivery.event?.conversation);
    this.#lanes.set(job, lane);
    const waiting = lane && this.#waiting.get(lane);
    if (waiting) {
      if (turn === "first") waiting.unshift(job);
      else waiting.push(job);
    } else {
      if (lane) this.#waiting.set(lane, []);
      this.#ready.push(job);
    }
    return job;
  }

  /** The function of this job has ended: the next of its conversation may begin. */
  returned(job) {
    const lane = this.#lanes.get(job);
    if (!this.#lanes.delete(job) || !lane) return;
    const next = this.#waiting.get(lane).shift();
    if (!next) this.#waiting.delete(lane);
    else if (next.abort.signal.aborted) this.returned(next);
    else this.#ready.push(next);
  }

  /** It has not returned yet. */
  has(job) {
    return this.#lanes.has(job);
  }

  /** What is to run next; each is given out once. */
  takeReady() {
    return this.#ready.splice(0);
  }
}
