/* A run as the end of an address, and two copies of one run as one. This module does not access the page.

   The end of an address is never sent to a server. If you open one, it comes from someone else, so it is checked like
   the input of a stranger: only texts, days and times of known items are used. */

import { isDay, itemsOf, partsOf, rolesOf } from "./checklist_runs.js";

/** @typedef {import("./checklist_runs.js").List} List */
/** @typedef {import("./checklist_runs.js").Run} Run */

const VERSION = 1;
const MARK = "#run=";
const LONGEST = 60_000;
/* Characters of a link. A list of 400 items takes about 20,000. */
const LONGEST_TEXT = 80;
const DIGITS = 8;
/* Characters of a digest: enough to see that an item has changed. */

/** @typedef {{n?: string, d?: string, v?: string, t: Record<string, string>, p?: Record<string, string>, a: Record<string, number>}} Parts */

/** @param {string} text */
const encoded = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** @param {string} text */
const decoded = (text) =>
  new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.codePointAt(0) ?? 0));

/** Tells whether the end of an address is a run. @param {string} hash */
export const isLink = (hash) => hash.startsWith(MARK);

/**
 * Returns the end of an address with a run. Ticks of items that the list no longer has are left out.
 *
 * @param {List} list
 * @param {Run} run A run with a key.
 */
export function link(list, run) {
  const known = new Set(itemsOf(list).map(({ id }) => id));
  const ticks = Object.entries(run.ticks).filter(([id]) => known.has(id));
  const times = Object.entries(run.at ?? {}).filter(([part]) => !part.startsWith("tick/") || known.has(part.slice(5)));
  const content = {
    l: list.key,
    k: run.key,
    n: run.name || undefined,
    d: run.start || undefined,
    v: run.variant || undefined,
    t: Object.fromEntries(ticks.map(([id, digest]) => [id, digest.slice(0, DIGITS)])),
    p: run.people && Object.keys(run.people).length ? run.people : undefined,
    a: Object.fromEntries(times),
  };
  return `${MARK}${VERSION}.${encoded(JSON.stringify(content))}`;
}

/** Returns a text of one short line. @param {any} value */
const line = (value) =>
  typeof value === "string"
    ? value
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
        .trim()
        .slice(0, LONGEST_TEXT)
    : "";

/** @param {any} value @returns {Record<string, any>} */
const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

/**
 * @typedef {object} Shared
 * @property {"" | "broken" | "version" | "list"} problem Why it can't be opened.
 * @property {Run} run
 * @property {number} unknown The number of ticks of items that this list doesn't have.
 * @property {number} changed The number of ticks of items that have changed since.
 */

/**
 * Returns the run in the end of an address, as far as it can be used.
 *
 * @param {List} list
 * @param {string} hash
 * @param {number} now In seconds. A later time in the link would win over every change to come.
 * @returns {Shared}
 */
export function opened(list, hash, now) {
  /** @type {Shared} */
  const found = { problem: "", run: { id: "", name: "", start: "", ticks: {} }, unknown: 0, changed: 0 };
  const [version, text = ""] = hash.slice(MARK.length).split(".", 2);
  if (!/^\d{1,4}$/.test(version ?? "") || hash.length > LONGEST) return { ...found, problem: "broken" };
  if (Number(version) > VERSION) return { ...found, problem: "version" };
  /** @type {Record<string, any>} */
  let content;
  try {
    content = record(JSON.parse(decoded(text)));
  } catch {
    return { ...found, problem: "broken" };
  }
  if (typeof content.k !== "string" || !/^[a-z0-9]{8,40}$/.test(content.k)) return { ...found, problem: "broken" };
  if (content.l !== list.key) return { ...found, problem: "list" };
  const items = new Map(itemsOf(list).map((item) => [item.id, item]));
  /** @type {Record<string, string>} */
  const ticks = {};
  const times = record(content.a);
  for (const [id, digest] of Object.entries(record(content.t))) {
    const item = items.get(id);
    if (!item || typeof digest !== "string" || !/^[0-9a-f]{8,64}$/.test(digest)) found.unknown += 1;
    else if (!item.digest.startsWith(digest)) {
      // It says nothing about the item as it is now.
      found.changed += 1;
      delete times[`tick/${id}`];
    } else ticks[id] = item.digest;
  }
  const roles = rolesOf(list);
  const given = record(content.p);
  const people = Object.fromEntries(roles.flatMap((role) => (Object.hasOwn(given, role) && line(given[role]) ? [[role, line(given[role])]] : [])));
  const variant = list.variants?.find(({ id }) => id === content.v)?.id ?? "";
  const parts = new Set(["name", "start", "variant", ...Array.from(items.keys(), (id) => `tick/${id}`), ...roles.map((role) => `role/${role}`)]);
  const valid = Object.entries(times).filter(([part, time]) => parts.has(part) && Number.isSafeInteger(time) && time > 0);
  const at = Object.fromEntries(valid.map(([part, time]) => [part, Math.min(time, now)]));
  const run = { ...found.run, name: line(content.n), start: isDay(content.d) ? content.d : "", ticks, key: content.k, at };
  return { ...found, run: { ...run, ...(variant ? { variant } : {}), ...(Object.keys(people).length ? { people } : {}) } };
}

/**
 * Returns two copies of a run as one: of each part, what was changed last. If both changed it at the same time, or no
 * one knows when, a value wins over none, and the reader's own over the other.
 *
 * @param {Run} mine
 * @param {Run} theirs
 * @returns {{run: Run, changed: string[], kept: string[]}} The parts of mine that change, and those of theirs that don't
 *   count because mine are newer. They are named as in `at`.
 */
export function merged(mine, theirs) {
  const [own, other] = [partsOf(mine), partsOf(theirs)];
  const [ownAt, otherAt] = [mine.at ?? {}, theirs.at ?? {}];
  /** @type {Record<string, string>} */
  const parts = {};
  /** @type {Record<string, number>} */
  const at = {};
  /** @type {string[]} */
  const changed = [];
  /** @type {string[]} */
  const kept = [];
  for (const part of Object.keys({ ...own, ...other, ...ownAt, ...otherAt })) {
    const [before = "", after = ""] = [own[part], other[part]];
    const [was = 0, is = 0] = [ownAt[part], otherAt[part]];
    const wins = is > was || (is === was && !before);
    parts[part] = wins ? after : before;
    if (was || is) at[part] = Math.max(was, is);
    if (before !== after) (wins ? changed : kept).push(part);
  }
  const under = (/** @type {string} */ prefix) =>
    Object.fromEntries(Object.entries(parts).flatMap(([part, value]) => (value && part.startsWith(prefix) ? [[part.slice(prefix.length), value]] : [])));
  const { name = "", start = "", variant = "" } = parts;
  const run = { ...mine, name, start, ticks: under("tick/"), people: under("role/"), at, ...(variant || mine.variant ? { variant } : {}) };
  return { run, changed, kept };
}
