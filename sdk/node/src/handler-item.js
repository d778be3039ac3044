// What a handler says, in bytes.
import { ChathubError } from "./errors.js";
import { ITEM_BYTES } from "./outgoing.js";
import { encode, typeOf } from "./wire.js";

const ITEM = typeOf("HandlerItem");

/** Throws a ChathubError if it is too large for the wire, a TypeError that names a wrong field. */
export function encodeItem(item) {
  const bytes = encode(ITEM, item);
  if (bytes.length <= ITEM_BYTES) return bytes;
  throw new ChathubError("too_large", `the ${Object.keys(item)[0]} is larger than 256 KiB`);
}
