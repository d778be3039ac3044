// What waits to be said to the hub, packed into frames by the wire's rule.

/** A frame is closed at so many items or bytes; no item may be larger. */
export const FRAME_ITEMS = 64;
export const FRAME_BYTES = 256 * 1024;
export const ITEM_BYTES = 256 * 1024;

/** Encoded items of one frame. Every frame has them as its field 1. */
export class Frame {
  #pieces = [];
  #bytes = 0;
  items = 0;
  /** Called when the frame has gone out. */
  written = [];

  /** Takes an item in; false if the frame must be closed before it. */
  add(bytes) {
    const full = this.items === FRAME_ITEMS || this.#bytes + bytes.length > FRAME_BYTES;
    if (this.items > 0 && full) return false;
    this.#pieces.push(Buffer.from([0x0a, ...varint(bytes.length)]), bytes);
    this.#bytes += bytes.length;
    this.items += 1;
    return true;
  }

  encode() {
    return Buffer.concat(this.#pieces);
  }
}

function varint(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return [...bytes, number];
}

/** Items in the order in which they are to be said. An item is `{ bytes, written?, ... }`. */
export class Outgoing {
  #items = [];

  add(item) {
    this.#items.push(item);
  }

  /** Moves into `frame` what has room there. False if something is left. */
  fill(frame) {
    let taken = 0;
    while (taken < this.#items.length && frame.add(this.#items[taken].bytes)) {
      const { written } = this.#items[taken];
      if (written) frame.written.push(written);
      taken += 1;
    }
    this.#items.splice(0, taken);
    return this.empty;
  }

  /** The stream is gone: gives back what was never said on it. */
  takeAll() {
    return this.#items.splice(0);
  }

  get empty() {
    return this.#items.length === 0;
  }
}
