// Pieces of announcements, and the comparison of secrets.
import { createHash, timingSafeEqual } from "node:crypto";

const LONGEST = 200;
const MOST_COMMITS = 3;

/** Text of strangers in one line of bearable length. */
export function line(text) {
  const plain = String(text ?? "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return [...plain].length > LONGEST ? `${[...plain].slice(0, LONGEST).join("")}…` : plain;
}

export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** `refs/heads/main` is main. */
export const branchOf = (ref) => line(ref).replace(/^refs\/(heads|tags)\//, "");

/** The first commits, one line each. */
export function commitLines(commits) {
  const shown = commits.slice(0, MOST_COMMITS).map(({ id, message }) => {
    return `  ${line(id).slice(0, 8)} ${line(String(message).split("\n", 1)[0])}`;
  });
  const more = commits.length - shown.length;
  return more > 0 ? [...shown, `  and ${more} more`] : shown;
}

const digest = (text) => createHash("sha256").update(text).digest();

/** In a time that tells nothing about how much of it is right. */
export const isSame = (given, wanted) => timingSafeEqual(digest(given ?? ""), digest(wanted));
