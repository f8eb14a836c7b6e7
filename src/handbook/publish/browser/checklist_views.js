/* Which items of a run are late, next or the reader's own. This module does not access the page. */

import { dueDate, dueDay, isTicked, itemsIn, missing, workingDay } from "./checklist_runs.js";

/** @typedef {import("./checklist_runs.js").List} List */
/** @typedef {import("./checklist_runs.js").Run} Run */
/** @typedef {import("./checklist_runs.js").Item} Item */
/** @typedef {"done" | "waiting" | "late" | "soon" | "open"} State */

const SOON = 5;
/* Working days before a due date. */

export const VIEWS = /** @type {const} */ (["mine", "next", "late", "all"]);

/**
 * Returns the state of an item. What waits for another item is waiting, even if it is late: the other one is late too.
 *
 * @param {List} list
 * @param {Run} run
 * @param {Item} item
 * @param {string} today
 * @returns {State}
 */
export function stateOf(list, run, item, today) {
  if (isTicked(run, item)) return "done";
  const date = dueDate(list, run, item);
  if (date && date < today) return "late";
  if (missing(list, run, item).length) return "waiting";
  return date && date <= workingDay(list, today, SOON) ? "soon" : "open";
}

/**
 * Returns the IDs of the items in each view. Next are the open items that wait for nothing and are due within five
 * working days; if there is none, or no date yet, those with the earliest due day.
 *
 * @param {List} list
 * @param {Run} run
 * @param {string} role The role of the reader; empty if unknown.
 * @param {string} today
 * @returns {Record<"mine" | "next" | "late" | "all", string[]>}
 */
export function viewsOf(list, run, role, today) {
  const items = itemsIn(list, run);
  const state = new Map(items.map((item) => [item, stateOf(list, run, item, today)]));
  const ids = (/** @type {Item[]} */ chosen) => chosen.map(({ id }) => id);
  const free = items.filter((item) => ["open", "soon"].includes(state.get(item) ?? ""));
  const soon = free.filter((item) => state.get(item) === "soon");
  const first = Math.min(...free.map((item) => dueDay(list, run, item) ?? Number.POSITIVE_INFINITY));
  const earliest = free.filter((item) => (dueDay(list, run, item) ?? Number.POSITIVE_INFINITY) === first);
  return {
    mine: ids(items.filter((item) => role && item.role === role)),
    next: ids(soon.length ? soon : earliest),
    late: ids(items.filter((item) => state.get(item) === "late")),
    all: ids(items),
  };
}
