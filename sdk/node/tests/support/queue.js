// What came and was not looked at yet.

export const PATIENCE = 20_000;

/** Rejects with what is missing where nothing came in time. */
export async function within(promise, what, patience = PATIENCE) {
  let timer;
  const late = new Promise((_, reject) => {
    // What nobody waits for any more must not keep the test from ending.
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patience).unref();
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Queue {
  #what;
  #entries = [];
  #waiting = [];

  constructor(what) {
    this.#what = what;
  }

  push(entry) {
    const waiter = this.#waiting.shift();
    if (waiter) waiter(entry);
    else this.#entries.push(entry);
  }

  /** The next one. */
  async next(patience) {
    if (this.#entries.length > 0) return this.#entries.shift();
    return within(new Promise((resolve) => this.#waiting.push(resolve)), this.#what, patience);
  }

  /** The next one that fits; those before it are dropped. */
  async until(fits) {
    for (;;) {
      const entry = await this.next();
      if (fits(entry)) return entry;
    }
  }

  get length() {
    return this.#entries.length;
  }
}
