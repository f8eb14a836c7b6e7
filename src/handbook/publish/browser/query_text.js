/* Fills values into a query. This module does not access the page.

   A value never becomes anything but one value: a text is quoted, a number, a date and each text of a list is checked. */

import { _ } from "./language.js";

/** @typedef {"date" | "number" | "text" | "list"} Type */
/** @typedef {{text: string, problem: string}} Literal `text` is SQL; empty if there is no value or a problem. */

// As in HB325: strings, comments and casts are skipped; any other name after a colon is a parameter.
const PARAMETER = /'[^']*'|--[^\n]*|::|(?<!\w):([A-Za-z_]\w*)/g;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @param {string} text @returns {Literal} */
function quoted(text) {
  // In some databases, a backslash changes the quote after it; in others, it is itself.
  if (/[\\\p{Cc}]/u.test(text)) return { text: "", problem: _("Databases read a backslash or a line break in different ways. Enter it in the query yourself.") };
  return { text: `'${text.replaceAll("'", "''")}'`, problem: "" };
}

/** @param {string} day */
function isDate(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return DAY.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/**
 * Returns a value as SQL.
 *
 * @param {Type} type
 * @param {string} value What a reader has entered.
 * @returns {Literal}
 */
export function literal(type, value) {
  const entered = value.trim();
  if (!entered) return { text: "", problem: "" };
  if (type === "number") {
    if (!NUMBER.test(entered)) return { text: "", problem: _("Enter a number, such as 7 or 0.5.") };
    // After a minus sign, a negative number would begin a comment.
    return { text: entered.startsWith("-") ? `(${entered})` : entered.replace(/^\+/, ""), problem: "" };
  }
  if (type === "date") {
    if (!isDate(entered)) return { text: "", problem: _("Enter a date, such as 2026-11-09.") };
    return quoted(entered);
  }
  if (type === "text") return quoted(entered);
  const texts = entered
    .split(/[,;\n]/)
    .map((each) => each.trim())
    .filter(Boolean)
    .map(quoted);
  const problem = texts.find((each) => each.problem)?.problem ?? (texts.length ? "" : _("Enter texts with commas between them."));
  return { text: problem ? "" : `(${texts.map(({ text }) => text).join(", ")})`, problem };
}

/**
 * Returns a query with its values. A parameter without one stays.
 *
 * @param {string} sql
 * @param {Record<string, string>} values SQL, by the name of the parameter.
 */
export function filled(sql, values) {
  return sql.replace(PARAMETER, (whole, name, at) => {
    const value = name && Object.hasOwn(values, name) ? values[name] : "";
    if (!value) return whole;
    // A list that already has brackets around its parameter needs no more.
    const isInside = value.startsWith("('") && /\(\s*$/.test(sql.slice(0, at)) && /^\s*\)/.test(sql.slice(at + whole.length));
    return isInside ? value.slice(1, -1) : value;
  });
}

/** Returns an example as a reader would enter it: without quotes and brackets. @param {string} example */
export function unquoted(example) {
  const inside = example.trim().replace(/^\((.*)\)$/s, "$1");
  const texts = inside.match(/'(?:[^']|'')*'/g);
  return texts ? texts.map((text) => text.slice(1, -1).replaceAll("''", "'")).join(", ") : inside;
}
