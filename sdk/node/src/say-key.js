// What a handler calls what it says before it finishes.

// No id of a delivery begins with it: they begin with a name, which has no space.
const MARK = "say ";

/**
 * The key of the `number`th say of an attempt. Unlike others that would do for the hub it is unique
 * among all deliveries, so that a Posted tells whose it is.
 */
export const sayKey = (delivery, attempt, number) => `${MARK}${attempt}.${number} ${delivery}`;

/** How an edit names the message from anywhere: `<delivery>/say/<key>` for a say, else the key. */
export function orderKey(key) {
  const space = key.indexOf(" ", MARK.length);
  return key.startsWith(MARK) && space >= 0 ? `${key.slice(space + 1)}/say/${key}` : key;
}
