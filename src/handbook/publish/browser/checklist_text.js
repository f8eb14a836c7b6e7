/* Exports a checklist as Markdown, CSV, a calendar file or an issue. */

import { doer, done, dueDate, dueDay, groupsIn, isTicked, itemsIn, itemsOf } from "./checklist_runs.js";
import { _ } from "./language.js";
import { inWords } from "./dates.js";

/** @typedef {import("./checklist_runs.js").List} List */
/** @typedef {import("./checklist_runs.js").Run} Run */
/** @typedef {import("./checklist_runs.js").Item} Item */

const LONGEST_ADDRESS = 7000;
/* Characters; hosts reject URLs of more than about 8,000. */

/** Returns the title of a run. @param {List} list @param {Run} run */
export const titleOf = (list, run) => (run.name ? `${list.name}: ${run.name}` : list.name);

/** Returns the due date or due day of an item. @param {List} list @param {Run} run @param {Item} item */
function when(list, run, item) {
  const date = dueDate(list, run, item);
  if (date) return inWords(date);
  const due = dueDay(list, run, item);
  return due === undefined ? "" : _("day %(number)s", { number: due });
}

/** @param {List} list @param {Run} run @param {Item} item */
function line(list, run, item) {
  const facts = [when(list, run, item), doer(run, item), item.optional ? _("optional") : ""].filter(Boolean).join(", ");
  return `- [${isTicked(run, item) ? "x" : " "}] ${item.name}${facts ? ` (${facts})` : ""}`;
}

/** Returns the variant and day zero of a run in words, as far as they are chosen. @param {List} list @param {Run} run */
export function choicesOf(list, run) {
  const variant = list.variants?.find(({ id }) => id === run.variant);
  const chosen = variant ? `${list.variant ?? _("Variant")}: ${variant.name}` : "";
  const zero = run.start ? _("Day zero: %(what)s", { what: inWords(run.start) }) : "";
  return [chosen, zero].filter(Boolean);
}

/** @param {List} list @param {Run} run */
function summary(list, run) {
  const count = _("%(number)s of %(total)s ticked.", { number: done(list, run), total: itemsIn(list, run).length });
  return [...choicesOf(list, run).map((each) => `${each}.`), count].join(" ");
}

/**
 * Returns the checklist and its ticks as Markdown.
 *
 * @param {List} list
 * @param {Run} run
 */
export function markdown(list, run) {
  const groups = groupsIn(list, run).map((group) => {
    const items = group.items.map((item) => {
      const more = [item.why, item.evidence && _("Done when: %(evidence)s", { evidence: item.evidence })].filter(Boolean);
      return [line(list, run, item), ...more.map((text) => `  ${text}`)].join("\n");
    });
    return `## ${group.name}\n\n${items.join("\n")}`;
  });
  return `${[`# ${titleOf(list, run)}`, summary(list, run), ...groups].join("\n\n")}\n`;
}

const FORMULA = /^\s*(?=[=+@\-\uff1d\uff0b\uff0d\uff20])/;
const FORMULA_INSIDE = /[;\t\r\n](?=[=+@\-\uff1d\uff0b\uff0d\uff20])(?![-+] )/g;
/* The start of a cell in spreadsheets that separate cells by semicolons; see `csv_value` in downloads.py. */

/** Returns a CSV field that a spreadsheet never calculates as a formula. @param {string | number} value */
export function field(value) {
  const isText = typeof value === "string";
  const text = isText ? value.replace(FORMULA, "'$&").replace(FORMULA_INSIDE, "$&'") : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Returns the checklist and its ticks as CSV.
 *
 * @param {List} list
 * @param {Run} run
 */
export function csv(list, run) {
  const names = new Map(itemsOf(list).map((item) => [item.id, item.name]));
  const rows = groupsIn(list, run).flatMap((group) =>
    group.items.map((item) => [
      group.name,
      item.name,
      dueDay(list, run, item) ?? "",
      dueDate(list, run, item),
      doer(run, item),
      (item.after ?? []).map((id) => names.get(id) ?? id).join("; "),
      item.optional ? _("no") : _("yes"),
      item.why ?? "",
      item.evidence ?? "",
      isTicked(run, item) ? _("yes") : "",
    ]),
  );
  const head = [...list.titles, _("Due day"), _("Due"), _("Role"), _("After"), _("Required"), _("Why"), _("Done when"), _("Done")];
  return csvText([head, ...rows]);
}

/** Returns rows as CSV. @param {(string | number)[][]} rows */
export const csvText = (rows) => rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");

/**
 * Returns the URL that creates an issue with as much of the checklist as a URL can hold.
 *
 * @param {List} list
 * @param {Run} run
 * @param {string} page The URL of the checklist.
 */
export function issue(list, run, page) {
  if (!list.issue) return "";
  const { address, title, body } = list.issue;
  const lines = [summary(list, run), ""];
  for (const group of groupsIn(list, run)) {
    lines.push(`## ${group.name}`, "", ...group.items.map((item) => line(list, run, item)), "");
  }
  const filled = (/** @type {string[]} */ text) =>
    `${address}?${encodeURIComponent(title)}=${encodeURIComponent(titleOf(list, run))}` +
    `&${encodeURIComponent(body)}=${encodeURIComponent(text.join("\n"))}`;
  const text = (/** @type {number} */ kept) =>
    kept < lines.length ? [...lines.slice(0, kept), "", _("See the full checklist:"), page] : [...lines, page];
  let kept = lines.length;
  while (kept && filled(text(kept)).length > LONGEST_ADDRESS) kept -= 1;
  return filled(text(kept));
}

const encoder = new TextEncoder();

/** Folds a line of a calendar into pieces of at most 75 octets (RFC 5545, 3.1). @param {string} text */
function folded(text) {
  const pieces = [];
  let piece = "";
  for (const char of text) {
    if (encoder.encode(piece + char).length > 75) {
      pieces.push(piece);
      piece = " ";
    }
    piece += char;
  }
  return [...pieces, piece].join("\r\n");
}

/** Escapes a text for a calendar (RFC 5545, 3.3.11). @param {string} text */
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");

/**
 * Returns the open items as calendar events on their due dates; empty without day zero or due days.
 *
 * @param {List} list
 * @param {Run} run
 * @param {string} page The URL of the checklist.
 * @param {Date} now
 */
export function calendar(list, run, page, now) {
  const open = itemsIn(list, run).filter((item) => dueDate(list, run, item) && !isTicked(run, item));
  if (!open.length) return "";
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const events = open.flatMap((item) => {
    const day = dueDate(list, run, item);
    const told = [doer(run, item), item.why, item.evidence && _("Done when: %(evidence)s", { evidence: item.evidence }), `${page}#${list.prefix}${item.id}`];
    return [
      "BEGIN:VEVENT",
      `UID:${escaped(`${list.key.replace("/", "-")}-${run.id}-${item.id}@${new URL(page).host}`)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
      `SUMMARY:${escaped(item.name)}`,
      `DESCRIPTION:${escaped(told.filter(Boolean).join("\n"))}`,
      `CATEGORIES:${escaped(titleOf(list, run))}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ];
  });
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//handbook//checklist//EN", ...events, "END:VCALENDAR"];
  return lines.map((text) => `${folded(text)}\r\n`).join("");
}
