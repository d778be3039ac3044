// How long to wait before the next attempt to reach the hub.

const FIRST = 100;
const LONGEST = 5000;

/** Doubles from 100 ms to 5 s. The jitter keeps a hundred handlers from coming back at once. */
export class Backoff {
  #step = FIRST;

  /** Milliseconds, between half and all of the present step. The next one is longer. */
  next(random = Math.random()) {
    const half = this.#step / 2;
    this.#step = Math.min(this.#step * 2, LONGEST);
    return half + half * random;
  }

  /** It worked: begin anew. */
  reset() {
    this.#step = FIRST;
  }
}
