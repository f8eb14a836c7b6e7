/* Fills in a template: inserts the input of a form into the downloadable file. */

import { _ } from "./language.js";

/**
 * @typedef {{id: string, type: string}} Field A field in the front matter of the document.
 * @typedef {{id: string, name: string, required: boolean}} Section A heading of the document.
 * @typedef {{title: string, fields: Record<string, string>, sections: Record<string, string>}} Typed
 */

/** Texts that YAML reads as text without quotes. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-z](?:[\w ./-]*[\w/])?$/i;

/** Formats a value as YAML. @param {string} type @param {string} value */
function yaml(type, value) {
  if (type === "number" && Number.isFinite(Number(value))) {
    return Number(value).toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 });
  }
  if (type === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  return PLAIN.test(value) ? value : JSON.stringify(value);
}

/** Tells whether the form is empty. @param {Typed} typed */
export const isEmpty = (typed) =>
  ![typed.title, ...Object.values(typed.fields), ...Object.values(typed.sections)].some((value) => value.trim());

/**
 * Returns the first line of each section; -1 for a section without a heading in the file.
 *
 * @param {string} text The template's file.
 * @param {Section[]} sections In their order.
 * @returns {number[]}
 */
export function beginnings(text, sections) {
  const lines = text.split("\n");
  let from = lines.indexOf("---", 1);
  return sections.map(({ name, required }) => {
    const place = lines.indexOf(`## ${name}${required ? "" : ` (${_("optional")})`}`, from + 1);
    from = Math.max(from, place);
    return place;
  });
}

/**
 * Returns the document. If the form is empty, this is the template's own file. Otherwise empty required sections keep
 * their guidance, and empty optional sections are left out.
 *
 * @param {string} text The template's file.
 * @param {Field[]} fields
 * @param {Section[]} sections In their order.
 * @param {Typed} typed
 */
export function fill(text, fields, sections, typed) {
  if (isEmpty(typed)) return text;
  const lines = text.split("\n");
  const top = lines.indexOf("---", 1);
  for (const { id, type } of fields) {
    const value = (typed.fields[id] ?? "").trim();
    const place = lines.findIndex((line, index) => index < top && line.startsWith(`${id}:`));
    if (value && place > 0) lines[place] = `${id}: ${yaml(type, value)}`;
  }
  const heads = beginnings(text, sections);
  const opening = lines.slice(0, heads[0]);
  const title = (typed.title || (typed.fields.title ?? "")).trim();
  const heading = opening.findIndex((line, index) => index > top && line.startsWith("# "));
  if (title && heading > 0) opening[heading] = (opening[heading] ?? "").replace(/title$/, () => title);
  const blocks = sections.flatMap((section, index) => {
    const value = (typed.sections[section.id] ?? "").replace(/\r\n?/g, "\n").trim();
    if (value) return [`## ${section.name}`, "", ...value.split("\n"), ""];
    return section.required ? lines.slice(heads[index], heads[index + 1]) : [];
  });
  return `${[...opening, ...blocks].join("\n").trimEnd()}\n`;
}
