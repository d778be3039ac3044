// What is said, and where, in the words of functions and in those of the wire.

/** CommonMark instead of plain text. */
export const markdown = (text) => ({ text, format: "markdown" });

/** A string says what it looks like; anything else is a Content. */
export function toContent(content) {
  if (typeof content === "string") return { text: content };
  if (typeof content === "object" && content) return content;
  throw new TypeError(`what is said must be a string or a Content, not ${typeof content}`);
}

/** A string is the qualified id of a room; anything else is a Conversation. */
export const toConversation = (where) => (typeof where === "string" ? { room: where } : where);

/** A string is the chat service's id of a message; else `{ platformId }` or `{ key, index }`. */
export function toTarget(ref) {
  if (typeof ref === "string") return { platformId: ref };
  const { platformId, key, index = 0 } = ref ?? {};
  if (platformId) return { platformId };
  if (key) return { posted: { key, index } };
  throw new TypeError("no message is named: a platformId or a key is needed");
}

/** The key and value of a write to the store; `put`, `delete` or `add` is its change. */
export function toWrite({ key, value, ttl, add, ifRevision }) {
  if (add !== undefined) return { key, add, ifRevision };
  return value === undefined
    ? { key, delete: {}, ifRevision }
    : { key, put: { value, ttl }, ifRevision };
}
