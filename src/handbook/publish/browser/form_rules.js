/* Finds what the content rules of `handbook validate` find in one entry alone: those that need no more than it. */

import { _ } from "./language.js";
import { isGroup } from "./proposal.js";
import { shown } from "./form_words.js";
import { prose } from "./template_check.js";

/** @typedef {import("./form_check.js").Kind} Kind */
/** @typedef {import("./form_check.js").Pointer} Pointer */
/** @typedef {import("./form_check.js").Problem} Problem */

/**
 * What the engine says about content rules.
 *
 * @typedef {object} Rules
 * @property {Record<string, "error" | "warning">} on The severity of each rule that is on, by its code.
 * @property {string[][][]} days The fields with dates that come one after the other.
 * @property {string} unfinished What finds a placeholder.
 * @property {Record<string, string>} states What each state of an entry means.
 * @property {string[]} ended The meanings of an entry that has ended.
 * @property {Record<string, string>} needed The rule about each field that an active entry needs.
 * @property {string} today The date that counts as today; empty for that of the reader.
 */

const DAY = /^\d{4}-\d\d-\d\d$/;

/** @param {any} value @param {Pointer} pointer */
const at = (value, pointer) => pointer.reduce((found, part) => found?.[part], value);

/** @param {string} name */
const folded = (name) => name.trim().split(/\s+/).join(" ").toLowerCase();

/** The date of the reader, as in a file. */
const now = () => new Date().toLocaleDateString("sv");

/**
 * @param {Rules} rules
 * @param {Record<string, any>} value
 * @param {(pointer: Pointer) => string} label Returns the name of a field.
 * @param {[string, string][]} others The IDs and names of the other entries of the content type.
 * @returns {Problem[]}
 */
export function contentProblems(rules, value, label, others) {
  const state = rules.states[value.status] ?? "";
  /** @type {Problem[]} */
  const found = [];
  const add = (/** @type {string} */ code, /** @type {Pointer} */ pointer, /** @type {string} */ message, /** @type {string} */ hint, /** @type {string} */ missing = "") => {
    const problem = { code, pointer, message, hint, isAdvice: rules.on[code] !== "error" };
    if (code in rules.on) found.push(missing ? { ...problem, missing } : problem);
  };
  for (const order of rules.days) {
    const known = order.flatMap((pointer) => (DAY.test(at(value, pointer) ?? "") ? [{ pointer, day: at(value, pointer) }] : []));
    known.slice(1).forEach(({ pointer, day }, number) => {
      const first = known[number];
      if (!first || day >= first.day) return;
      add("HB323", pointer, _("%(later)s is before %(earlier)s, the date of %(name)s", { later: day, earlier: first.day, name: label(first.pointer) }), _("Correct one of the two dates"));
    });
  }
  const next = value.review?.next;
  if (DAY.test(next ?? "") && next < (rules.today || now()) && state !== "retired" && value.example !== true) {
    add("HB305", ["review", "next"], _("The review is overdue since %(day)s", { day: next }), _("Check the content, then enter the date of the next review"));
  }
  for (const [name, code] of state === "active" ? Object.entries(rules.needed) : []) {
    if (!(name in value)) add(code, [], _("%(name)s is missing", { name: label([name]) }), _("It is needed in everything that is in use"), name);
  }
  if (typeof value.replaced_by === "string" && state && !rules.ended.includes(state)) {
    add("HB346", ["replaced_by"], _("Only what has ended has a replacement"), _("Empty this field, or change the status"));
  }
  if (others.some(([, name]) => typeof value.name === "string" && folded(name) === folded(value.name))) {
    add("HB311", ["name"], _("%(value)s is already the name of another entry", { value: shown(value.name) }), _("Use another name, or change that entry"));
  }
  for (const { pointer, text } of texts(value, [])) {
    const placeholder = new RegExp(rules.unfinished).exec(prose(text));
    if (placeholder) add("HB312", pointer, _("%(value)s is a placeholder", { value: shown(placeholder[0]) }), _("Replace it with the text, or put it in backticks if it is code"));
  }
  return found;
}

/** @param {any} value @param {Pointer} pointer @returns {{pointer: Pointer, text: string}[]} */
function texts(value, pointer) {
  if (typeof value === "string") return [{ pointer, text: value }];
  if (Array.isArray(value)) return value.flatMap((part, number) => texts(part, [...pointer, number]));
  return isGroup(value) ? Object.entries(value).flatMap(([name, part]) => texts(part, [...pointer, name])) : [];
}
