// What handlers and adapters have alike: a name, where the hub is, one life from run to stop.
import { Lifeline } from "./lifeline.js";
import { logFor } from "./log.js";
import { isPeerName } from "./names.js";
import { onStopSignals } from "./stop-signals.js";

/** The part of a peer's options that says where the hub is. */
export const hubOptions = ({ address, token, dataFolder, tls }) => ({
  address,
  token,
  dataFolder,
  tls,
});

/** `kind`: "handler" or "adapter". Throws a TypeError for a name that no peer may have. */
export function peerLog(kind, name, logger) {
  if (!isPeerName(name)) throw new TypeError(`"${name}" is no name for ${article(kind)}`);
  return logFor(`${kind}/${name}`, logger);
}

const article = (kind) => (kind === "adapter" ? "an adapter" : "a handler");

export class Life {
  #lifeline;
  #handleSignals;

  constructor(session, hub, log, settle, handleSignals = true) {
    this.#lifeline = new Lifeline(session, hub, log, settle);
    this.#handleSignals = handleSignals;
  }

  enter(what) {
    return this.#lifeline.enter(what);
  }

  stop() {
    this.#lifeline.stop();
  }

  /** Until stopped, once. */
  async run(signal) {
    const stop = () => this.stop();
    const undo = this.#handleSignals ? onStopSignals(stop) : () => {};
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
    try {
      await this.#lifeline.run();
    } finally {
      signal?.removeEventListener("abort", stop);
      undo();
    }
  }
}
