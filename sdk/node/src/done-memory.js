// What became of orders, for as long as they may be repeated.

/** Remembers the last `most` keys. */
export class DoneMemory {
  #most;
  // A Map keeps the order in which keys came.
  #dones = new Map();

  constructor(most) {
    this.#most = most;
  }

  add(done) {
    this.#dones.set(done.key, done);
    if (this.#dones.size > this.#most) this.#dones.delete(this.#dones.keys().next().value);
  }

  /** Undefined if the key is not known (any more). */
  find(key) {
    return this.#dones.get(key);
  }

  /** The target named by the chat service's id, where it was named by the key it was posted under. */
  resolve(target) {
    if (!target?.posted) return target;
    const { key, index } = target.posted;
    const platformId = this.find(key)?.results[index]?.platformIds?.[0];
    return platformId ? { by: "platformId", platformId } : target;
  }
}
