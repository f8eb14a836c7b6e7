/* Going through a list: what is ticked, locked and new. Nothing here touches the page. */

/**
 * @typedef {object} Item Something to tick.
 * @property {string} id
 * @property {string} name
 * @property {string} digest Changes whenever anything about the item does.
 * @property {number} [due] Days from day zero.
 * @property {string} [role]
 * @property {string[]} [after] The ids of the items before it.
 * @property {boolean} [optional]
 * @property {string} [why]
 * @property {string} [evidence]
 *
 * @typedef {object} List
 * @property {string} key
 * @property {string} name
 * @property {string} prefix What stands before the anchors of its items on the page.
 * @property {string} [zero] What day zero is.
 * @property {number} [threshold] The ticks that count, for a list that is scored.
 * @property {string[]} titles What the columns of a group and of an item are called.
 * @property {{address: string, title: string, body: string}} [issue] Where an issue is begun.
 * @property {{name: string, items: Item[]}[]} groups
 *
 * @typedef {object} Run One time through a list.
 * @property {string} id
 * @property {string} name
 * @property {string} start Day zero, such as `2026-12-14`; empty when nobody has said.
 * @property {Record<string, string>} ticks The digest that an item had when it was ticked, by its id.
 * @property {Record<string, string>} [seen] The items as they were when the reader last had a look.
 *
 * @typedef {{runs: Run[], shown: string}} Runs
 */

/** @param {List} list */
export const itemsOf = (list) => list.groups.flatMap((group) => group.items);

/** @param {List} list */
const digests = (list) => Object.fromEntries(itemsOf(list).map((item) => [item.id, item.digest]));

/** @param {any} value @returns {value is Record<string, string>} */
const isTexts = (value) =>
  Boolean(value) && typeof value === "object" && Object.values(value).every((each) => typeof each === "string");

/** @param {any} value */
const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));

/**
 * What was kept, made good: another edition of the handbook, or a curious reader, may have written it.
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
    runs.push({ id: run.id, name: String(run.name ?? ""), start, ticks: run.ticks, ...seen });
  }
  if (!runs[0]) runs.push({ id: "1", name: "", start: "", ticks: {} });
  const shown = runs.some((run) => run.id === kept?.shown) ? kept.shown : (runs[0]?.id ?? "1");
  return { runs, shown };
}

/** @param {Runs} state @returns {Run} */
export const shownRun = (state) => /** @type {Run} */ (state.runs.find((run) => run.id === state.shown));

/**
 * The runs with the shown one changed.
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

/** Another run, shown. @param {Runs} state @param {List} list @returns {Runs} */
export function addRun(state, list) {
  const id = String(Math.max(0, ...state.runs.map((run) => Number.parseInt(run.id, 10) || 0)) + 1);
  const run = { id, name: `Run ${id}`, start: "", ticks: {}, seen: digests(list) };
  return { runs: [...state.runs, run], shown: id };
}

/** The runs without the shown one. @param {Runs} state @returns {Runs} */
export function removeRun(state) {
  return readRuns({ runs: state.runs.filter((run) => run.id !== state.shown) });
}

/** The runs with one put back as it was. @param {Runs} state @param {Run} run @returns {Runs} */
export function putBack(state, run) {
  const others = state.runs.filter((each) => each.id !== run.id);
  const at = state.runs.findIndex((each) => each.id === run.id);
  const runs = others.toSpliced(at < 0 ? others.length : at, 0, run);
  return { runs, shown: run.id };
}

/** Whether an item is done as it stands today. @param {Run} run @param {Item} item */
export const isTicked = (run, item) => run.ticks[item.id] === item.digest;

/** @param {Run} run @param {Item} item @param {boolean} ticked @returns {Partial<Run>} */
export function tick(run, item, ticked) {
  const { [item.id]: _, ...others } = run.ticks;
  return { ticks: ticked ? { ...others, [item.id]: item.digest } : others };
}

/**
 * What has to be done before an item. What may be left out holds nothing up.
 *
 * @param {List} list
 * @param {Run} run
 * @param {Item} item
 */
export function missing(list, run, item) {
  const before = item.after ?? [];
  return itemsOf(list).filter((each) => before.includes(each.id) && !each.optional && !isTicked(run, each));
}

/** How many items are ticked. @param {List} list @param {Run} run */
export const done = (list, run) => itemsOf(list).filter((item) => isTicked(run, item)).length;

/**
 * What is different since the reader last had a look.
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

/** The reader has seen the list as it is. @param {List} list @returns {Partial<Run>} */
export const markSeen = (list) => ({ seen: digests(list) });

/**
 * The day an item is due.
 *
 * @param {Run} run
 * @param {Item} item
 * @returns {string} Such as `2026-12-14`; empty without day zero or a due day.
 */
export function dueDate(run, item) {
  if (!run.start || item.due === undefined) return "";
  const day = new Date(`${run.start}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + item.due);
  return day.toISOString().slice(0, 10);
}
