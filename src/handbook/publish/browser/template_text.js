/* A template filled in: the file that the template hands out, with what somebody typed in its places. */

/**
 * @typedef {{id: string, type: string}} Field What stands at the top of the document.
 * @typedef {{id: string, name: string, required: boolean}} Section A heading of the document.
 * @typedef {{title: string, fields: Record<string, string>, sections: Record<string, string>}} Typed
 */

/** Words that YAML takes for something else than text, and what may begin or end one. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-z](?:[\w ./-]*[\w/])?$/i;

/** A value as YAML has it. @param {string} type @param {string} value */
function yaml(type, value) {
  if (type === "number" && Number.isFinite(Number(value))) {
    return Number(value).toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 });
  }
  if (type === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  return PLAIN.test(value) ? value : JSON.stringify(value);
}

/** Whether anything was typed. @param {Typed} typed */
export const isEmpty = (typed) =>
  ![typed.title, ...Object.values(typed.fields), ...Object.values(typed.sections)].some((value) => value.trim());

/**
 * The lines on which the sections begin; -1 for one that has no heading of its own in the file.
 *
 * @param {string} text The template's file.
 * @param {Section[]} sections In their order.
 * @returns {number[]}
 */
export function beginnings(text, sections) {
  const lines = text.split("\n");
  let from = lines.indexOf("---", 1);
  return sections.map(({ name, required }) => {
    const place = lines.indexOf(`## ${name}${required ? "" : " (optional)"}`, from + 1);
    from = Math.max(from, place);
    return place;
  });
}

/**
 * The document. With nothing typed it is the template's own file; otherwise what is still to be written keeps its
 * guidance, and optional sections without a word are left out.
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
