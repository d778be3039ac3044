// A session in the test's own time: what it hears, what it says, what may run.
import { Frame } from "../../src/outgoing.js";
import { decode, encode } from "../../src/wire.js";

export class SessionCase {
  now = 1_000_000;

  constructor(session) {
    this.session = session;
  }

  hear(...items) {
    this.session.hear(encode(this.session.method.response, { items }), this.now);
  }

  /** One frame: its items. */
  frame() {
    const frame = new Frame();
    this.session.fill(frame, this.now);
    return decode(this.session.method.request, frame.encode()).items;
  }

  /** All that is to be said. */
  said() {
    const items = [];
    for (let frame = this.frame(); frame.length > 0; frame = this.frame()) items.push(...frame);
    return items;
  }

  pass(milliseconds) {
    this.now += milliseconds;
    this.session.tick(this.now);
  }
}

export const lines = [];
const keep = (text) => lines.push(text);
export const log = { debug: keep, info: keep, warn: keep, error: keep };
