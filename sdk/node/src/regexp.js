// JavaScript's regular expressions as RE2 spells them. What RE2 lacks is refused with its place.
//
// \w, \d, \s, \b and . keep their spelling and mean what RE2 means by them: ASCII, and anything but
// the end of a line.
import { ChathubError } from "./errors.js";

const FLAGS = "ims";
// RE2's own limit for {n,m}.
const MOST_REPEATS = 1000;
// Long names of general categories; RE2 knows the short ones, and scripts by their names.
const CATEGORIES = {
  Letter: "L",
  Lowercase_Letter: "Ll",
  Uppercase_Letter: "Lu",
  Titlecase_Letter: "Lt",
  Modifier_Letter: "Lm",
  Other_Letter: "Lo",
  Mark: "M",
  Number: "N",
  Decimal_Number: "Nd",
  Punctuation: "P",
  Symbol: "S",
  Separator: "Z",
  Space_Separator: "Zs",
  Other: "C",
  Control: "Cc",
};
const NO_SCRIPTS =
  /^(Any|ASCII|Alphabetic|Assigned|Emoji.*|Extended_Pictographic|ID_.*|XID_.*|.*space|Lowercase|Uppercase|Cased.*|.*_Digit|Dash|Math)$/i;
const IN_CLASS = { nothing: "[^\\x00-\\x{10FFFF}]", anything: "[\\x00-\\x{10FFFF}]" };

class Translation {
  #source;
  #unicode;
  #at = 0;
  #out = "";

  constructor(source, unicode) {
    this.#source = source;
    this.#unicode = unicode;
  }

  run() {
    while (this.#at < this.#source.length) this.#step();
    return this.#out;
  }

  #step() {
    const character = this.#take();
    if (character === "\\") this.#out += this.#escape(false);
    else if (character === "[") this.#out += this.#class();
    else if (character === "(") this.#out += this.#group();
    else if (character === "{") this.#out += this.#repeat();
    else if (character === "}" || character === "]") this.#out += `\\${character}`;
    else this.#out += character;
  }

  // One code point.
  #take() {
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at));
    if (!character.isWellFormed()) this.#refuse("half a surrogate pair", this.#at);
    this.#at += character.length;
    return character;
  }

  #sees(text) {
    return this.#source.startsWith(text, this.#at);
  }

  // Takes what a sticky expression finds here, if it finds something.
  #match(expression) {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#source);
    if (match) this.#at += match[0].length;
    return match;
  }

  #refuse(what, position) {
    const place = `at position ${position} of /${this.#source}/`;
    const detail = `${what} ${place}: the hub's patterns (RE2) have no such thing`;
    throw new ChathubError("bad_route", detail, { position });
  }

  #group() {
    const begin = this.#at - 1;
    if (!this.#sees("?")) return "(";
    if (this.#sees("?=") || this.#sees("?!")) this.#refuse("a lookahead", begin);
    if (this.#sees("?<=") || this.#sees("?<!")) this.#refuse("a lookbehind", begin);
    const named = this.#match(/\?<([^>]*)>/y);
    if (!named) return "("; // (?: and (?i: are the same in RE2.
    if (!/^\w+$/.test(named[1])) this.#refuse(`the name ${named[1]}, which is not ASCII,`, begin);
    return `(?P<${named[1]}>`;
  }

  #repeat() {
    const begin = this.#at - 1;
    const bounds = this.#match(/(\d+)(?:,(\d*))?\}/y);
    if (!bounds) return "\\{";
    if (bounds.slice(1).some((bound) => Number(bound ?? 0) > MOST_REPEATS)) {
      this.#refuse(`a repetition of more than ${MOST_REPEATS}`, begin);
    }
    return `{${bounds[0]}`;
  }

  #class() {
    if (this.#match(/\]/y)) return IN_CLASS.nothing;
    if (this.#match(/\^\]/y)) return IN_CLASS.anything;
    let out = this.#match(/\^/y) ? "[^" : "[";
    for (let first = true, last = ""; !this.#match(/\]/y); first = false) {
      const piece = this.#classPiece(last, first);
      out += piece;
      last = piece;
    }
    return `${out}]`;
  }

  #classPiece(last, first) {
    const character = this.#take();
    if (character === "\\") return this.#escape(true);
    if (character === "[" || character === "^") return `\\${character}`;
    if (character !== "-") return character;
    // A range needs a character on both sides; elsewhere it is itself.
    const aside = first || this.#sees("]") || isSet(last) || /^\\[dDwWsSpP]/.test(this.#rest());
    return aside ? "\\-" : "-";
  }

  #rest() {
    return this.#source.slice(this.#at, this.#at + 2);
  }

  #escape(inClass) {
    const begin = this.#at - 1;
    const character = this.#take();
    if (/[dDwWsStnrfv]/.test(character)) return `\\${character}`;
    if (character === "b") return inClass ? "\\x08" : "\\b";
    if (character === "B" && !inClass) return "\\B";
    if (character === "0" && !/^\d/.test(this.#rest())) return "\\x00";
    if (/[0-9]/.test(character)) this.#refuse("a backreference", begin);
    if (character === "k" && this.#sees("<")) this.#refuse("a backreference", begin);
    if (character === "c") return this.#control();
    if (character === "x" || character === "u") return this.#codePoint(character, begin);
    if (/[pP]/.test(character) && this.#unicode) return this.#property(character, begin);
    return literal(character);
  }

  #control() {
    const letter = this.#match(/[A-Za-z]/y);
    return letter ? hex(letter[0].charCodeAt(0) % 32) : "\\\\c";
  }

  #codePoint(kind, begin) {
    if (kind === "x") {
      const two = this.#match(/[0-9A-Fa-f]{2}/y);
      return two ? hex(parseInt(two[0], 16)) : "x";
    }
    const braced = this.#unicode && this.#match(/\{([0-9A-Fa-f]+)\}/y);
    if (braced) return hex(parseInt(braced[1], 16));
    const pair = this.#match(/([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})/y);
    if (pair) {
      const units = pair.slice(1).map((unit) => parseInt(unit, 16));
      return hex(String.fromCharCode(...units).codePointAt(0));
    }
    const four = this.#match(/[0-9A-Fa-f]{4}/y);
    if (four && /^d[89a-f]/i.test(four[0])) this.#refuse("half a surrogate pair", begin);
    return four ? hex(parseInt(four[0], 16)) : "u";
  }

  #property(kind, begin) {
    const [, name] = this.#match(/\{([^}]*)\}/y);
    const value = name.replace(/^(Script|sc|General_Category|gc)=/, "");
    if (value.includes("=") || NO_SCRIPTS.test(value)) this.#refuse(`the property ${name}`, begin);
    return `\\${kind}{${CATEGORIES[value] ?? value}}`;
  }
}

const isSet = (piece) => /^\\[dDwWsSpP]/.test(piece);

// Letters, digits and what is not ASCII mean themselves bare; all other ASCII is escaped.
const literal = (character) =>
  /[\w\u{80}-\u{10ffff}]/u.test(character) || character === "/" ? character : `\\${character}`;

function hex(codePoint) {
  const digits = codePoint.toString(16).toUpperCase();
  return codePoint < 256 ? `\\x${digits.padStart(2, "0")}` : `\\x{${digits}}`;
}

/**
 * The RE2 text of a RegExp. Throws a ChathubError ("bad_route") whose `position` is an index into its
 * source. Of the flags, i, m, s and u count, d and g mean nothing here, v and y are refused.
 */
export function toRe2(expression) {
  for (const flag of expression.flags.replaceAll(/[dgimsu]/g, "")) {
    const detail = `the flag ${flag} of ${expression}: the hub's patterns (RE2) have no such thing`;
    throw new ChathubError("bad_route", detail, { position: expression.source.length + 1 });
  }
  const text = new Translation(expression.source, expression.unicode).run();
  const flags = [...FLAGS].filter((flag) => expression.flags.includes(flag)).join("");
  return flags ? `(?${flags})${text}` : text;
}
