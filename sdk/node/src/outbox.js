// Events that the hub has not accepted yet.
import { encode, typeOf } from "./wire.js";

const ITEM = typeOf("AdapterItem");
const EVENT = typeOf("AdapterEvent");

/** What seq, age and resent add to an event that is not numbered yet, in bytes. */
export const ENVELOPE_BYTES = 64;

/**
 * So many may be said and not accepted: what else is to be said does not wait behind more, and the hub
 * can put off a few thousand.
 */
export const MOST_UNACCEPTED = 2048;

/** Its size on the wire, as the outbox counts it. */
export const sizeOf = (event) => encode(EVENT, event).length + ENVELOPE_BYTES;

/**
 * Numbers events from 1, gives them out in order, gives them out again on a new stream, and keeps the
 * newest when there are too many.
 */
export class Outbox {
  #mostEvents;
  #mostBytes;
  // { event, since, bytes }, the oldest at #first.
  #entries = [];
  #first = 0;
  // How many of them, from the oldest, on this stream.
  #said = 0;
  // Said on it, not accepted, and not kept any more.
  #dropped = 0;
  #lastDropped = 0;
  #bytes = 0;
  #last = 0;
  #gap;

  constructor(mostEvents, mostBytes) {
    this.#mostEvents = Math.max(mostEvents, 1);
    this.#mostBytes = mostBytes;
  }

  /**
   * Its seq. The oldest ones make room for it; those of them that were not said on this stream become
   * a gap.
   */
  add(event, bytes, now) {
    while (this.size > 0 && this.#isFull(bytes)) this.#dropOldest();
    this.#last += 1;
    this.#bytes += bytes;
    this.#entries.push({ event: { ...event, seq: this.#last }, since: now, bytes });
    return this.#last;
  }

  #isFull(bytes) {
    return this.size >= this.#mostEvents || this.#bytes + bytes > this.#mostBytes;
  }

  #dropOldest() {
    const { seq } = this.#entries[this.#first].event;
    if (this.#said === 0) {
      this.#gap = { from: this.#gap?.from ?? seq, to: seq };
    } else {
      this.#dropped += 1;
      this.#lastDropped = seq;
    }
    this.#shift();
  }

  #shift() {
    this.#bytes -= this.#entries[this.#first].bytes;
    this.#entries[this.#first] = undefined;
    this.#first += 1;
    if (this.#said > 0) this.#said -= 1;
    // Not one by one: that would cost the square of them.
    if (this.#first > 1000 && this.#first * 2 > this.#entries.length) {
      this.#entries.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** The hub has everything up to here. */
  accept(upTo) {
    if (upTo >= this.#lastDropped) this.#dropped = 0;
    while (this.size > 0 && this.oldest <= upTo) this.#shift();
  }

  /** A new stream: all that is left is to be said again. */
  rewind() {
    for (let i = 0; i < this.#said; ++i) this.#entries[this.#first + i].event.resent = true;
    this.#said = 0;
    this.#dropped = 0;
    // The hello says where the outbox begins; that tells the hub of everything lost before.
    this.#gap = undefined;
  }

  /** What the hub must hear before the next event: those that it will never see. */
  takeGap() {
    const gap = this.#gap;
    this.#gap = undefined;
    return gap;
  }

  /** Puts what is unsaid into `frame`, as far as it has room. */
  fill(frame, now) {
    for (; this.#maySay(); this.#said += 1) {
      const { event, since } = this.#entries[this.#first + this.#said];
      const age = (event.age ?? 0) + Math.round(now - since);
      if (!frame.add(encode(ITEM, { event: { ...event, age } }))) return;
    }
  }

  #maySay() {
    return !this.allSaid && this.#said + this.#dropped < MOST_UNACCEPTED;
  }

  get size() {
    return this.#entries.length - this.#first;
  }

  /** 0: empty. */
  get oldest() {
    return this.size === 0 ? 0 : this.#entries[this.#first].event.seq;
  }

  /** 0: there never was one. */
  get last() {
    return this.#last;
  }

  get allSaid() {
    return this.#said === this.size;
  }

  /** At most half of what it can keep is in it. */
  get hasSpace() {
    return this.size <= this.#mostEvents / 2 && this.#bytes <= this.#mostBytes / 2;
  }
}
