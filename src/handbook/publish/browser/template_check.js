/* Checks what is typed into a template, as `handbook lint` checks the finished document. */

import { _ } from "./language.js";

/** Words instead of an answer (HB518). In lowercase, a to-do is a word like any other. */
const UNFINISHED = /\b(?:TODO|FIXME)\b/;
const OPEN = /\blorem ipsum\b|\bx{3,}\b|\bTB[ACD]\b|^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?\?+[ \t]*$/im;
/** A section that says nothing (HB520). */
const NONE = /^\W*(?:none(?: yet)?|nothing|no|n\W?a|not applicable|keine|entfällt|nicht zutreffend)\W*$/i;
const QUESTION = /(?:^|\W)(?:questions?|fragen?)(?:$|\W)/i;
/** A heading as large as those of the sections, which would start a new one (HB514). */
const HEADING = /^ {0,3}#{1,2}\s+\S.*$/m;

/** Blocks of code, code in a line, comments and macros. What starts a block or a comment can be without its end. */
const NO_PROSE = /^[ \t]*(`{3,}|~{3,})[^]*?(?:^[ \t]*\1[ \t]*$|(?![^]))|(?<!`)(`+)(?!`)[^]*?(?<!`)\2(?!`)|<!--[^]*?(?:-->|(?![^]))|\{\{[^]*?\}\}|\{%[^]*?%\}|\{\{/gm;

/** Returns a part of a text as blanks. @param {string} text */
export const blank = (text) => text.replace(/[^\n]/g, " ");

/** Returns a text of the same length with blanks for code, comments and macros. @param {string} text */
export const prose = (text) => text.replace(NO_PROSE, (part) => (part === "{{" ? part : blank(part)));

/** @param {string} text */
function placeholder(text) {
  const said = prose(text);
  return (UNFINISHED.exec(said) ?? OPEN.exec(said))?.[0].trim();
}

/**
 * Returns what to improve in the value of a field; empty if nothing.
 *
 * @param {string} value
 */
export function ofField(value) {
  const left = placeholder(value);
  return left ? _("Replace the placeholder “%(text)s”.", { text: left }) : "";
}

/**
 * Returns the rule of `handbook lint` that the text of a section breaks; empty if none.
 *
 * @param {string} value
 * @param {{name: string, required: boolean}} section
 */
export function code(value, section) {
  if (placeholder(value)) return "HB518";
  return section.required && NONE.test(value) && !QUESTION.test(section.name) ? "HB520" : "";
}

/**
 * Returns what to improve in the text of a section; empty if nothing.
 *
 * @param {string} value
 * @param {{name: string, required: boolean}} section
 * @param {string} [example] The example of the template.
 */
export function ofSection(value, section, example = "") {
  const broken = code(value, section);
  if (broken === "HB518") return ofField(value);
  if (broken) return _("Say why, or what was checked.");
  const heading = HEADING.exec(prose(value))?.[0].trim();
  if (heading) return _("“%(heading)s” would start a new section. Use three hashes or more.", { heading });
  const words = (/** @type {string} */ text) => text.replace(/\s+/g, " ").trim();
  if (example && words(value) === words(example)) return _("This is the example. Write your own text.");
  return "";
}
