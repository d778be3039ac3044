// The Store service in this process, for tests.
import { ChathubError } from "../errors.js";

export class MemoryStore {
  // By key: { value, revision }.
  #entries = new Map();
  #revision = 0;

  /** As text; undefined: there is no such key. */
  get(key) {
    return this.#entries.get(key)?.value.toString();
  }

  set(key, value) {
    this.#revision += 1;
    this.#entries.set(key, { value: Buffer.from(value), revision: this.#revision });
    return this.#revision;
  }

  /** The key whose `ifRevision` does not hold; undefined: all do. */
  conflictOf(writes) {
    const isOff = ({ key, ifRevision }) =>
      ifRevision !== undefined && ifRevision !== (this.#entries.get(key)?.revision ?? 0);
    return writes.find(isOff)?.key;
  }

  /** The revisions; 0 for a delete. */
  apply(writes) {
    return writes.map(({ key, put, add }) => {
      if (put) return this.set(key, put.value);
      if (add !== undefined) return this.set(key, String(this.#number(key) + BigInt(add)));
      this.#entries.delete(key);
      return 0;
    });
  }

  #number(key) {
    const text = this.get(key) ?? "0";
    if (!/^-?\d+$/.test(text))
      throw new ChathubError("bad_frame", `${key} is no number to be added to`);
    return BigInt(text);
  }

  /** One method of the service. */
  call(method, request) {
    return this.#methods[method](request);
  }

  #write(writes) {
    const key = this.conflictOf(writes);
    if (key !== undefined) throw new ChathubError("conflict", `${key} has another revision now`);
    return this.apply(writes);
  }

  #entry(key) {
    const entry = this.#entries.get(key);
    return entry && { key, ...entry };
  }

  #methods = {
    Get: ({ key }) => ({ entry: this.#entry(key) }),
    Put: ({ key, value, ifRevision }) => ({
      revision: this.#write([{ key, put: { value }, ifRevision }])[0],
    }),
    Delete: ({ key, ifRevision }) => {
      this.#write([{ key, delete: {}, ifRevision }]);
      return {};
    },
    Batch: ({ writes }) => ({ revisions: this.#write(writes) }),
    List: ({ prefix }) => {
      const keys = [...this.#entries.keys()].filter((key) => key.startsWith(prefix)).sort();
      return { entries: keys.map((key) => this.#entry(key)), nextPageToken: "" };
    },
  };
}
