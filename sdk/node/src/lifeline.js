// Keeps a session attached to the hub: finds the hub, opens stream after stream, ticks, stops.
import { Backoff } from "./backoff.js";
import { makeClient, metadataFor } from "./channel.js";
import { ChathubError, fromStatus, isFinal } from "./errors.js";
import { findHub, NotRunning } from "./hub-address.js";
import { Frame } from "./outgoing.js";

// How long a stop may take, in milliseconds.
const PATIENCE = 9_000;
// A hub that greets and breaks sooner, again and again, is not to be run against.
const A_WHILE = 1_000;

const now = () => performance.now();
const asIs = (bytes) => bytes;

/**
 * A session is the talk itself, without sockets or clock: `method`, `closesItself`, `attached`,
 * `left`, and `opened(now)`, `hear(bytes, now)`, `closed(now)`, `fill(frame, now)`, `tick(now)`,
 * `nextWake()`, `leave()`, `greeting()`.
 */
export class Lifeline {
  #session;
  #hub;
  #log;
  #settle;
  #stopping = false;
  #saidWaiting = false;
  // Of the present stream.
  #call;
  #writing = false;
  #attachedAt;
  #flush;
  #timer;
  #written = [];
  #wake;

  /** `hub`: as findHub has it, and `tls`. `settle()` does what follows from a change of the session. */
  constructor(session, hub, log, settle) {
    this.#session = session;
    this.#hub = hub;
    this.#log = log;
    this.#settle = settle;
  }

  /** Does `what(session, now)` and says what it caused. */
  enter(what) {
    const result = what(this.#session, now());
    this.#changed();
    return result;
  }

  /** Until stopped. Rejects with a ChathubError when refused by the hub, or set up wrongly. */
  async run() {
    const backoff = new Backoff();
    while (!this.#stopping) {
      try {
        await this.#talkOver(findHub(this.#hub));
      } catch (error) {
        if (this.#stopping) return;
        this.#judge(error);
      }
      if (this.#attachedAt !== undefined && now() - this.#attachedAt >= A_WHILE) backoff.reset();
      this.#attachedAt = undefined;
      await this.#sleep(backoff.next());
    }
  }

  /** Ends run: what is held is finished first, for at most 9 s. */
  stop() {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#wake?.();
    if (!this.#call) return;
    // A hub that has not greeted us holds nothing of ours.
    if (!this.#session.attached) this.#call.cancel();
    this.enter((session) => session.leave());
    const call = this.#call;
    setTimeout(() => call.cancel(), PATIENCE).unref();
  }

  get stopping() {
    return this.#stopping;
  }

  // From the first word to the last on one stream; rejects with what ended it.
  async #talkOver(address) {
    const client = makeClient(address);
    const { path } = this.#session.method;
    const call = client.makeBidiStreamRequest(path, asIs, asIs, metadataFor(address));
    this.#call = call;
    this.#writing = false;
    try {
      const ended = new Promise((resolve) => call.on("status", resolve));
      call.on("error", () => {}); // The status says it, too.
      call.on("data", (bytes) => this.#hear(bytes));
      this.enter((session, time) => session.opened(time));
      throw Object.assign(fromStatus(await ended), { target: address.target });
    } finally {
      this.#call = undefined;
      clearTimeout(this.#timer);
      this.#tellWritten();
      this.#session.closed(now());
      this.#settle();
      client.close();
    }
  }

  #hear(bytes) {
    try {
      this.enter((session, time) => session.hear(bytes, time));
    } catch (error) {
      // A fault of ours, or a frame that is none: a new stream is a new chance.
      this.#log.error(`a frame could not be understood: ${error.stack}`);
      this.#call?.cancel();
    }
  }

  // Throws on, unless another attempt makes sense.
  #judge(error) {
    if (!(error instanceof ChathubError)) throw error;
    if (error instanceof NotRunning) {
      this.#sayOnce(`${error.message}; waiting for it`);
    } else if (error.code === undefined || isFinal(error)) {
      throw error;
    } else if (this.#attachedAt !== undefined) {
      this.#log.warn(`lost the hub (${error.message}); trying again`);
    } else if (error.fromHub) {
      this.#sayOnce(`the hub does not take us now (${error.message}); trying again`);
    } else {
      this.#sayOnce(`no hub at ${error.target} (${error.message}); waiting for it`);
    }
  }

  #sayOnce(text) {
    if (this.#saidWaiting) return;
    this.#saidWaiting = true;
    this.#log.warn(text);
  }

  async #sleep(milliseconds) {
    if (this.#stopping) return;
    let timer;
    await new Promise((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
  }

  // After every change of the session.
  #changed() {
    this.#settle();
    this.#greet();
    this.#arm();
    // At the end of the tick, so that what is ready at the same time goes into one frame.
    this.#flush ??= setImmediate(() => {
      this.#flush = undefined;
      this.#pump();
    });
  }

  #greet() {
    if (this.#attachedAt !== undefined || !this.#session.attached) return;
    this.#attachedAt = now();
    this.#saidWaiting = false;
    this.#log.info(this.#session.greeting());
  }

  #arm() {
    clearTimeout(this.#timer);
    const wake = this.#call && this.#session.nextWake();
    if (wake === undefined) return;
    const tick = () => this.enter((session, time) => session.tick(time));
    this.#timer = setTimeout(tick, Math.max(wake - now(), 1));
  }

  #pump() {
    const call = this.#call;
    if (!call || this.#writing) return;
    const frame = new Frame();
    this.#session.fill(frame, now());
    if (frame.items > 0) this.#write(call, frame);
  }

  #write(call, frame) {
    this.#writing = true;
    this.#written = frame.written;
    call.write(frame.encode(), () => {
      if (call !== this.#call) return;
      this.#tellWritten();
      this.#writing = false;
      this.#pump();
    });
  }

  // Also when the stream broke meanwhile: nobody is to wait for ever.
  #tellWritten() {
    for (const written of this.#written.splice(0)) written();
  }
}
