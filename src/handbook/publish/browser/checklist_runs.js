/* Checklist logic: the ticked, locked and new items. This module does not access the page. */

import { _ } from "./language.js";

/**
 * @typedef {object} Item An item of a checklist.
 * @property {string} id
 * @property {string} name
 * @property {string} digest Changes whenever any part of the item changes.
 * @property {number} [due] Days from day zero.
 * @property {string} [role]
 * @property {string[]} [after] The IDs of the items that must be done first.
 * @property {boolean} [optional]
 * @property {string} [why]
 * @property {string} [evidence]
 *
 * @typedef {object} List
 * @property {string} key
 * @property {string} name
 * @property {string} prefix The prefix of its items' anchors on the page.
 * @property {string} [zero] The meaning of day zero.
 * @property {string[]} [holidays] The public and company holidays.
 * @property {number} [threshold] The number of ticks that decides the verdict of a scored checklist.
 * @property {string[]} titles The titles of the columns for groups and items.
 * @property {{address: string, title: string, body: string}} [issue] The form that creates an issue.
 * @property {{name: string, items: Item[]}[]} groups
 *
 * @typedef {object} Run One use of a checklist.
 * @property {string} id
 * @property {string} name
 * @property {string} start Day zero, such as `2026-12-14`; empty if not set.
 * @property {Record<string, string>} ticks The digest of each item when it was ticked, by its ID.
 * @property {Record<string, string>} [people] The name of the person in each role, by the name of the role.
 * @property {Record<string, string>} [seen] The digests of the items that the reader last saw.
 *
 * @typedef {{runs: Run[], shown: string}} Runs
 */

/** @param {List} list */
export const itemsOf = (list) => list.groups.flatMap((group) => group.items);

/** Returns the roles of a checklist, in the order of its items. @param {List} list */
export const rolesOf = (list) => Array.from(new Set(itemsOf(list).flatMap((item) => item.role ?? [])));

/** Returns who does an item: its role, with the name of the person in this run. @param {Run} run @param {Item} item */
export function doer(run, item) {
  const person = run.people?.[item.role ?? ""];
  return person ? `${item.role}: ${person}` : (item.role ?? "");
}

/** @param {List} list */
const digests = (list) => Object.fromEntries(itemsOf(list).map((item) => [item.id, item.digest]));

/** @param {any} value @returns {value is Record<string, string>} */
const isTexts = (value) =>
  Boolean(value) && typeof value === "object" && Object.values(value).every((each) => typeof each === "string");

/** @param {any} value */
const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));

/**
 * Returns stored runs without invalid data, which another version of the handbook or a reader might have written.
 *
 * @param {any} kept
 * @returns {Runs}
 */
export function readRuns(kept) {
  /** @type {Run[]} */
  const runs = [];
  for (const run of Array.isArray(kept?.runs) ? kept.runs : []) {
    if (typeof run?.id !== "string" || !isTexts(run.ticks)) continue;
    const start = isDay(run.start) ? run.start : "";
    const seen = isTexts(run.seen) ? { seen: run.seen } : {};
    const people = isTexts(run.people) ? { people: run.people } : {};
    runs.push({ id: run.id, name: String(run.name ?? ""), start, ticks: run.ticks, ...people, ...seen });
  }
  if (!runs[0]) runs.push({ id: "1", name: "", start: "", ticks: {} });
  const shown = runs.some((run) => run.id === kept?.shown) ? kept.shown : (runs[0]?.id ?? "1");
  return { runs, shown };
}

/** @param {Runs} state @returns {Run} */
export const shownRun = (state) => /** @type {Run} */ (state.runs.find((run) => run.id === state.shown));

/**
 * Returns the runs with the visible one changed.
 *
 * @param {Runs} state
 * @param {List} list
 * @param {Partial<Run>} change
 * @returns {Runs}
 */
export function changeRun(state, list, change) {
  const runs = state.runs.map((run) => (run.id === state.shown ? { seen: digests(list), ...run, ...change } : run));
  return { ...state, runs };
}

/** Adds a run and shows it. @param {Runs} state @param {List} list @returns {Runs} */
export function addRun(state, list) {
  const id = String(Math.max(0, ...state.runs.map((run) => Number.parseInt(run.id, 10) || 0)) + 1);
  const run = { id, name: _("Run %(number)s", { number: id }), start: "", ticks: {}, seen: digests(list) };
  return { runs: [...state.runs, run], shown: id };
}

/** Returns the runs without the visible one. @param {Runs} state @returns {Runs} */
export function removeRun(state) {
  return readRuns({ runs: state.runs.filter((run) => run.id !== state.shown) });
}

/** Returns the runs with one restored. @param {Runs} state @param {Run} run @returns {Runs} */
export function putBack(state, run) {
  const others = state.runs.filter((each) => each.id !== run.id);
  const at = state.runs.findIndex((each) => each.id === run.id);
  const runs = others.toSpliced(at < 0 ? others.length : at, 0, run);
  return { runs, shown: run.id };
}

/** Tells whether the current version of an item is ticked. @param {Run} run @param {Item} item */
export const isTicked = (run, item) => run.ticks[item.id] === item.digest;

/** @param {Run} run @param {Item} item @param {boolean} ticked @returns {Partial<Run>} */
export function tick(run, item, ticked) {
  const { [item.id]: _, ...others } = run.ticks;
  return { ticks: ticked ? { ...others, [item.id]: item.digest } : others };
}

/**
 * Returns the items that must be done before an item. Optional items never block others.
 *
 * @param {List} list
 * @param {Run} run
 * @param {Item} item
 */
export function missing(list, run, item) {
  const before = item.after ?? [];
  return itemsOf(list).filter((each) => before.includes(each.id) && !each.optional && !isTicked(run, each));
}

/** Counts the ticked items. @param {List} list @param {Run} run */
export const done = (list, run) => itemsOf(list).filter((item) => isTicked(run, item)).length;

/**
 * Returns the changes since the reader last saw the checklist.
 *
 * @param {List} list
 * @param {Run} run
 */
export function news(list, run) {
  const seen = run.seen ?? digests(list);
  const items = itemsOf(list);
  const added = items.filter((item) => !(item.id in seen));
  const changed = items.filter((item) => item.id in seen && seen[item.id] !== item.digest);
  const gone = Object.keys(seen).filter((id) => !items.some((item) => item.id === id)).length;
  return { added, changed, gone };
}

/** Records that the reader has seen the current checklist. @param {List} list @returns {Partial<Run>} */
export const markSeen = (list) => ({ seen: digests(list) });

/**
 * Returns the due date of an item. On a weekend or a holiday, it is the last working day before it; after day zero,
 * the next one.
 *
 * @param {List} list
 * @param {Run} run
 * @param {Item} item
 * @returns {string} A date such as `2026-12-14`; empty without day zero or a due day.
 */
export function dueDate(list, run, item) {
  if (!run.start || item.due === undefined) return "";
  const day = new Date(`${run.start}T00:00:00Z`);
  const move = (/** @type {number} */ days) => day.setUTCDate(day.getUTCDate() + days);
  const text = () => day.toISOString().slice(0, 10);
  move(item.due);
  // Day zero itself is the reader's choice.
  while (item.due && (day.getUTCDay() % 6 === 0 || list.holidays?.includes(text()))) move(Math.sign(item.due));
  return text();
}
