// Which names peers and routes may have.

/** True for [A-Za-z0-9][A-Za-z0-9._-]{0,63}. */
export const isPeerName = (text) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text);
