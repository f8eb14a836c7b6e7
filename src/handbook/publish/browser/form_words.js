/* Words of findings: lists of names, values on one line, and what someone meant to write. */

import { inWords } from "./dates.js";
import { _, numbers } from "./language.js";

const UNITS = /** @type {Record<string, string>} */ ({});
for (const words of [["m", "min", "mins", "minutes", "minute"], ["h", "hr", "hrs", "hours", "hour"], ["d", "days", "day"], ["w", "wk", "wks", "weeks", "week"]]) {
  for (const word of words) UNITS[word] = words.at(-1) ?? "";
}
const WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/** As in `plain_letters.py`. @type {Record<string, string>} */
const LETTERS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d" };
const DURATION = /^(?:(\d{1,4})(?:[.,](\d))?[\s-]*|([a-z]+)[\s-]+)(?:(?:working|work|business)[\s-]+)?([a-z]+)\.?$/;

/** Returns a name as code. @param {string} name */
const coded = (name) => "`" + name + "`";

/** Returns the name of a field in a sentence. @param {string} name */
export const quoted = (name) => _("“%(name)s”", { name });

/** Joins names: a, b or c. @param {string[]} names */
export function oneOf(names) {
  const before = names.slice(0, -1).join(", ");
  return [before, names.at(-1)].filter(Boolean).join(" " + _("or") + " ");
}

/** Returns a value for a message: one short line. @param {any} value @param {number} [most] */
export function shown(value, most = 60) {
  if (Array.isArray(value)) return _("a list");
  if (value === null || value === undefined) return _("nothing");
  if (typeof value === "object") return _("a group of fields");
  const text = String(typeof value === "number" ? asOnPages(value) : value).split(/\s+/).filter(Boolean).join(" ");
  return coded(text.length <= most ? text : text.slice(0, most - 1) + "…");
}

export const DAY = /^\d{4}-\d\d-\d\d$/;

/** Returns a number or a date as the pages have it, and anything else as it is. @param {any} value */
export function asOnPages(value) {
  if (typeof value === "number") return numbers.format(value);
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? inWords(value) : value;
}

/** Returns whether a mark in a number can separate thousands: `1.200`, but not `0.125` or `1.20`. @param {string} text */
export const mayBeThousands = (text) => /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text);

/** Returns whether a text of several lines would fit on one. @param {string} text @param {(line: string) => boolean} fits */
export const lineFits = (text, fits) => fits(text.split(/\s+/).filter(Boolean).join(" "));

/** Returns a name in the form of an ID; empty if it has more than words. @param {string} text */
export function meantId(text) {
  if (!/^[\p{L}\p{N}_\s&,'-]+$/u.test(text)) return "";
  const spelt = text.toLowerCase().normalize("NFC").replace(/[^\x00-\x7f]/g, (letter) => LETTERS[letter] ?? letter);
  const plain = spelt.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.match(/[a-z0-9]+/g)?.join("-") ?? "";
}

/** Returns the duration that a text means, such as `2 days` for `2d`; empty if it means none. @param {string} text */
export function meantDuration(text) {
  const line = text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  if (/^(?:a )?half (?:an )?hour$/.test(line)) return "30 minutes";
  const [, digits, tenth, word, named = ""] = DURATION.exec(line) ?? [];
  let unit = UNITS[named];
  if (!unit) return "";
  const tenths = Number(tenth ?? 0);
  let number = digits ? Number(digits) : /^an?$/.test(word ?? "") ? 1 : WORDS.indexOf(word ?? "") + 1;
  if (tenths && unit === "hour") [number, unit] = [number * 60 + tenths * 6, "minute"];
  else if (tenths || !number) return "";
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
