/* Words of findings: lists of names, values on one line, and what someone meant to write. */

import { inWords } from "./dates.js";
import { _, ngettext, numbers } from "./language.js";

const UNITS = /** @type {Record<string, string>} */ ({});
/** What the pages call one and several of each unit, in the language of the reader. @type {Record<string, (amount: number) => string>} */
const ON_PAGES = {
  minute: (amount) => ngettext("%(num)s minute", "%(num)s minutes", amount),
  hour: (amount) => ngettext("%(num)s hour", "%(num)s hours", amount),
  day: (amount) => ngettext("%(num)s day", "%(num)s days", amount),
  week: (amount) => ngettext("%(num)s week", "%(num)s weeks", amount),
};
for (const words of [["m", "min", "mins", "minutes", "minute"], ["h", "hr", "hrs", "hours", "hour"], ["d", "days", "day"], ["w", "wk", "wks", "weeks", "week"]]) {
  const unit = words.at(-1) ?? "";
  const own = [1, 2].map((amount) => ON_PAGES[unit]?.(amount).replace(/\d/g, "").trim().toLowerCase() ?? "");
  for (const word of [...words, ...own]) UNITS[word] = unit;
}
const WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/** As in `plain_letters.py`. @type {Record<string, string>} */
const LETTERS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d" };
const DURATION = /^(?:(\d{1,4})(?:[.,](\d))?[\s-]*|(\p{L}+)[\s-]+)(?:(?:working|work|business)[\s-]+)?(\p{L}+)\.?$/u;

/** Returns a name as code. @param {string} name */
const coded = (name) => (name.includes("`") ? "`` " + name + " ``" : "`" + name + "`");

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

/** What separates the decimals of a number. */
const POINT = numbers.format(1.5)[1] ?? ".";

/** Returns a number as someone types it: without what separates thousands. @param {number} amount */
export const typed = (amount) => String(amount).replace(".", POINT);

/** Returns whether a mark in a number can separate thousands: `1.200`, but not `0.125` or `1.20`. @param {string} text */
const mayBeThousands = (text) => /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text);

/** Returns the number that a text says; nothing if it says none, or if it could be another one. @param {string} text @param {boolean} isWhole */
export function amountIn(text, isWhole) {
  // Where 1,5 is one and a half, 1.500 can be a thousand more than that. No one needs three decimals of a whole number, or the last zero of them.
  const isClear = !mayBeThousands(text) || (text.includes(POINT) && !isWhole && !text.endsWith("0"));
  const amount = isClear && /^-?\d+(?:[.]\d+)?$/.test(text.replace(POINT, ".")) ? Number(text.replace(POINT, ".")) : NaN;
  return Math.abs(amount) <= Number.MAX_SAFE_INTEGER ? amount : undefined;
}

/** Returns the numbers that a text in another notation can mean: `14,50`, `1.200` or `1,200.50 €`. @param {string} text */
export function meantNumbers(text) {
  const plain = text.replace(/^\p{Sc}\s*|\s*\p{Sc}$/gu, "").trim();
  const [, whole = "", mark, rest = ""] = /^(-?[1-9]\d{0,2}(?:([.,'’ \u00a0\u202f])\d{3})(?:\2\d{3})*|-?\d+)([.,]\d+)?$/.exec(plain) ?? [];
  if (!whole || (mark && mark === rest[0])) return [];
  const digits = Number(whole.replace(/[^\d-]/g, "") + rest.replace(",", "."));
  const isUnclear = !rest && mayBeThousands(whole) && (mark === "." || mark === POINT);
  return isUnclear ? [digits, Number(whole.replace(",", "."))] : [digits];
}

export const DAY = /^\d{4}-\d\d-\d\d$/;

/** Returns a number or a date as the pages have it, and anything else as it is. @param {any} value */
export function asOnPages(value) {
  if (typeof value === "number") return numbers.format(value);
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? inWords(value) : value;
}
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
