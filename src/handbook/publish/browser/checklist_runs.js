/* Checklist logic: the ticked, locked and new items. This module does not access the page. */

import { _ } from "./language.js";

/**
 * @typedef {object} Item An item of a checklist.
 * @property {string} id
 * @property {string} name
 * @property {string} digest Changes whenever any part of the item changes.
 * @property {number} [due] Days from day zero.
 * @property {string} [role]
 * @property {string[]} [variants] The IDs of the variants that include it; all if missing.
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
 * @property {boolean} [working] Due days count working days.
 * @property {string} [variant] What the variants differ in, such as `Size`.
 * @property {{id: string, name: string, from?: number}[]} [variants] `from` is the first day on which anything is due.
 * @property {{format: string, address?: string}} [tracker] Where items become issues.
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
 * @property {string} [variant] The ID of the chosen variant.
 * @property {string} [key] Identifies the run in other browsers, once it has been shared.
 * @property {Record<string, number>} [at] When each part last changed, in seconds: `name`, `start`, `variant`, `tick/ID`
 *   and `role/NAME`.
 *
 * @typedef {{runs: Run[], shown: string}} Runs
 */

/** @param {List} list */
export const itemsOf = (list) => list.groups.flatMap((group) => group.items);

/** @param {List} list @param {Run} run */
const variantOf = (list, run) => list.variants?.find(({ id }) => id === run.variant);

/** Returns the groups with the items of the chosen variant; all items if none is chosen. @param {List} list @param {Run} run */
export function groupsIn(list, run) {
  const chosen = variantOf(list, run)?.id;
  if (!chosen) return list.groups;
  const groups = list.groups.map((group) => ({ ...group, items: group.items.filter((item) => item.variants?.includes(chosen) ?? true) }));
  return groups.filter((group) => group.items.length);
}

/** Returns the items of a run. @param {List} list @param {Run} run */
export const itemsIn = (list, run) => groupsIn(list, run).flatMap((group) => group.items);

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
const isTimes = (value) => Boolean(value) && typeof value === "object" && Object.values(value).every(Number.isSafeInteger);

/** @param {any} value */
export const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));

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
    const others = Object.fromEntries(["variant", "key"].flatMap((name) => (typeof run[name] === "string" ? [[name, run[name]]] : [])));
    const at = isTimes(run.at) ? { at: run.at } : {};
    runs.push({ id: run.id, name: String(run.name ?? ""), start, ticks: run.ticks, ...people, ...seen, ...others, ...at });
  }
  if (!runs[0]) runs.push({ id: "1", name: "", start: "", ticks: {} });
  const shown = runs.some((run) => run.id === kept?.shown) ? kept.shown : (runs[0]?.id ?? "1");
  return { runs, shown };
}

/** @param {Runs} state @returns {Run} */
export const shownRun = (state) => /** @type {Run} */ (state.runs.find((run) => run.id === state.shown));

/** Returns the parts of a run, as `at` names them. @param {Partial<Run>} run @returns {Record<string, string>} */
export function partsOf({ name = "", start = "", variant = "", ticks = {}, people = {} }) {
  const named = (/** @type {string} */ prefix, /** @type {Record<string, string>} */ values) => Object.entries(values).map(([id, value]) => [`${prefix}/${id}`, value]);
  return Object.fromEntries([["name", name], ["start", start], ["variant", variant], ...named("tick", ticks), ...named("role", people)]);
}

/**
 * Returns the runs with the visible one changed, and the times of what changed. A change is newer than what it changes,
 * within a second too.
 *
 * @param {Runs} state
 * @param {List} list
 * @param {Partial<Run>} change
 * @param {number} [now] In seconds.
 * @returns {Runs}
 */
export function changeRun(state, list, change, now = Math.floor(Date.now() / 1000)) {
  const runs = state.runs.map((run) => {
    if (run.id !== state.shown) return run;
    const [before, after] = [partsOf(run), partsOf({ ...run, ...change })];
    const changed = Object.keys({ ...before, ...after }).filter((part) => (before[part] ?? "") !== (after[part] ?? ""));
    return { seen: digests(list), ...run, ...change, at: { ...run.at, ...Object.fromEntries(changed.map((part) => [part, Math.max(now, (run.at?.[part] ?? 0) + 1)])) } };
  });
  return { ...state, runs };
}

/**
 * Adds a run and shows it.
 *
 * @param {Runs} state
 * @param {List} list
 * @param {Partial<Run>} [known] What is known of it.
 * @returns {Runs}
 */
export function addRun(state, list, known = {}) {
  const id = String(Math.max(0, ...state.runs.map((run) => Number.parseInt(run.id, 10) || 0)) + 1);
  const run = { name: _("Run %(number)s", { number: id }), start: "", ticks: {}, seen: digests(list), ...known, id };
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
  return itemsIn(list, run).filter((each) => before.includes(each.id) && !each.optional && !isTicked(run, each));
}

/** Counts the ticked items. @param {List} list @param {Run} run */
export const done = (list, run) => itemsIn(list, run).filter((item) => isTicked(run, item)).length;

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

/** Returns the due day of an item in a run: its own, or the first one of the variant. @param {List} list @param {Run} run @param {Item} item */
export const dueDay = (list, run, item) => (item.due === undefined ? undefined : Math.max(item.due, variantOf(list, run)?.from ?? item.due));

/**
 * Returns the day that is some working days away.
 *
 * @param {List} list
 * @param {string} from
 * @param {number} days
 */
export function workingDay(list, from, days) {
  const day = new Date(`${from}T00:00:00Z`);
  for (let left = Math.abs(days); left > 0; ) {
    day.setUTCDate(day.getUTCDate() + Math.sign(days));
    if (!isFree(list, day)) left -= 1;
  }
  return inDigits(day);
}

/** @param {Date} day */
const inDigits = (day) => day.toISOString().slice(0, 10);

/** @param {List} list @param {Date} day */
const isFree = (list, day) => day.getUTCDay() % 6 === 0 || Boolean(list.holidays?.includes(inDigits(day)));

/**
 * Returns the due date of an item. Where due days are calendar days, one on a weekend or a holiday is the last working
 * day before it; after day zero, the next one.
 *
 * @param {List} list
 * @param {Run} run
 * @param {Item} item
 * @returns {string} A date such as `2026-12-14`; empty without day zero or a due day.
 */
export function dueDate(list, run, item) {
  const due = dueDay(list, run, item);
  if (!run.start || due === undefined) return "";
  if (list.working) return workingDay(list, run.start, due);
  const day = new Date(`${run.start}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + due);
  // Day zero itself is the reader's choice.
  while (due && isFree(list, day)) day.setUTCDate(day.getUTCDate() + Math.sign(due));
  return inDigits(day);
}
