// The key/value memory of a handler: its own namespace in the hub.
import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "./backoff.js";
import { isPassing } from "./calls.js";
import { toWrite } from "./content.js";

/** What a key holds. `value` is a Buffer; `text` is the same as a string. */
class Entry {
  constructor({ key, value, revision, expiresAt }) {
    this.key = key;
    this.value = value;
    this.revision = revision;
    this.expiresAt = expiresAt;
  }

  get text() {
    return this.value.toString();
  }
}

/** A failed `ifRevision` rejects with a ChathubError of the reason "conflict". */
export class Store {
  #calls;

  constructor(calls) {
    this.#calls = calls;
  }

  async get(key) {
    const { entry } = await this.#calls.call("Store", "Get", { key });
    return entry && new Entry(entry);
  }

  async put(key, value, { ttl, ifRevision } = {}) {
    const { revision } = await this.#calls.call("Store", "Put", { key, value, ttl, ifRevision });
    return revision;
  }

  async delete(key, { ifRevision } = {}) {
    await this.#calls.call("Store", "Delete", { key, ifRevision });
  }

  async batch(writes) {
    const { revisions } = await this.#calls.call("Store", "Batch", { writes: writes.map(toWrite) });
    return revisions;
  }

  async *list(prefix = "", { pageSize } = {}) {
    let pageToken = "";
    do {
      const page = await this.#calls.call("Store", "List", { prefix, pageSize, pageToken });
      yield* page.entries.map((entry) => new Entry(entry));
      pageToken = page.nextPageToken;
    } while (pageToken);
  }

  async *watch(prefix = "", { withPresent = false, signal: given } = {}) {
    const signal = given ? AbortSignal.any([given, this.#calls.signal]) : this.#calls.signal;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        const request = { prefix, withPresent };
        for await (const { changes } of this.#calls.stream("Store", "Watch", request, signal)) {
          backoff.reset();
          yield* changes.map(toChange);
        }
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      // What changed meanwhile would go unseen.
      withPresent = true;
      await sleep(backoff.next(), undefined, { signal }).catch(() => {});
    }
  }
}

const toChange = ({ entry, deleted }) =>
  deleted
    ? { key: entry.key, deleted: true }
    : { key: entry.key, deleted: false, entry: new Entry(entry) };
