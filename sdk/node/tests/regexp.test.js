// JavaScript's regular expressions in RE2's words. real-hub.test.js asks RE2 itself about them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toRe2 } from "../src/index.js";

for (const [expression, re2] of [
  [/^hi (?<name>\w+)/, "^hi (?P<name>\\w+)"],
  [/(?:a|b)+?c{2,3}$/, "(?:a|b)+?c{2,3}$"],
  [/a/i, "(?i)a"],
  [/^a.$/gimsu, "(?ims)^a.$"],
  [/a\/b\-c\.\*/, "a/b\\-c\\.\\*"],
  [/a{x}{,5}\}\]]/, "a\\{x\\}\\{,5\\}\\}\\]\\]"],
  [/[[:alpha:]]/, "[\\[:alpha:]\\]"],
  [/[^\w-.\]^[]/, "[^\\w\\-.\\]\\^\\[]"],
  [/[-a-z-]/, "[\\-a-z\\-]"],
  [/[]|[^]/, "[^\\x00-\\x{10FFFF}]|[\\x00-\\x{10FFFF}]"],
  [/[\b]\b\0\cA\x41\u0041\ud83d\ude00/, "[\\x08]\\b\\x00\\x01\\x41\\x41\\x{1F600}"],
  [
    /\u{1f600}\p{L}\P{Script=Greek}\p{Letter}[\p{sc=Latin}]/u,
    "\\x{1F600}\\p{L}\\P{Greek}\\p{L}[\\p{Latin}]",
  ],
  [/\a\z\Q\e\_/, "azQe_"],
  [/größe|😀/, "größe|😀"],
]) {
  test(`${expression} is ${re2}`, () => assert.equal(toRe2(expression), re2));
}

for (const [expression, position, what] of [
  [/ab(?=c)/, 2, /a lookahead at position 2 of \/ab\(\?=c\)\//],
  [/(?!c)/, 0, /a lookahead/],
  [/a(?<=a)/, 1, /a lookbehind/],
  [/a(?<!a)/, 1, /a lookbehind/],
  [/(a)\1/, 3, /a backreference/],
  [/(?<x>a)\k<x>/, 7, /a backreference/],
  [/(?<größe>a)/, 0, /the name größe/],
  [/a{1001}/, 1, /a repetition of more than 1000/],
  [/a\ud800/, 1, /half a surrogate pair/],
  [/\p{Emoji}/u, 0, /the property Emoji/],
  [/ab/y, 3, /the flag y/],
  [new RegExp("ab", "v"), 3, /the flag v/],
]) {
  test(`${expression} is refused at ${position}`, () => {
    assert.throws(() => toRe2(expression), {
      name: "ChathubError",
      reason: "bad_route",
      position,
      message: what,
    });
  });
}
