// Handlers and adapters for Chathub. types/index.d.ts tells what everything is.
export { Adapter } from "./adapter.js";
export { markdown } from "./content.js";
export { ChathubError, Retry } from "./errors.js";
export { Handler } from "./handler.js";
export { dataFolder } from "./hub-address.js";
export { plainText } from "./plain-text.js";
export { toRe2 } from "./regexp.js";
