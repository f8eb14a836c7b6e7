/* What the dialog of the search shows, without a page: groups of results, the words of an address, the report of a gap. */

/**
 * @typedef {import("./search.js").Result} Result
 * @typedef {{kind: string, count: number, results: Result[]}} Group
 */

/**
 * Groups results by content type. A type comes as early as its first result, and shows only some.
 *
 * @param {Result[]} results Best first.
 * @param {Record<string, number>} counts How many are found of each type, also those that are not among the results.
 * @param {number} most How many of a group to show.
 * @returns {Group[]}
 */
export function grouped(results, counts, most) {
  /** @type {Map<string, Result[]>} */
  const groups = new Map();
  for (const result of results) {
    const group = groups.get(result.kind) ?? [];
    groups.set(result.kind, group);
    group.push(result);
  }
  return [...groups].map(([kind, all]) => ({ kind, count: counts[kind] ?? all.length, results: all.slice(0, most) }));
}

/**
 * Returns what can be said of an answer while a reader is typing a word: nothing of this word.
 *
 * @template {{results: Result[], unknown: string[], unlisted: Result[]}} Found
 * @param {string} word The word; empty if it is finished.
 * @param {Found} found
 * @returns {Found | null} `null` if that leaves nothing.
 */
export function saidWhileTyping(word, found) {
  if (!word) return found;
  if (!found.results.length) return null;
  if (found.unknown.at(-1) !== word) return found;
  return { ...found, unknown: found.unknown.slice(0, -1), unlisted: [] };
}

/**
 * Returns the words of the address of a missing page, which say what its reader was looking for.
 *
 * @param {string} path The path of the page.
 */
export function wordsOfAddress(path) {
  const last = path.replace(/\/?(index)?(\.\w+)?$/, "").split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  } catch {
    return "";
  }
}

/**
 * Returns the option that a key makes the active one.
 *
 * @param {string} key
 * @param {number} at The active option; -1 without one.
 * @param {number} count How many options there are.
 * @returns {number | undefined} `undefined` if the key is for the text.
 */
export function moved(key, at, count) {
  if (!count) return undefined;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return at < 1 ? count - 1 : at - 1;
  if (key === "Home" && at >= 0) return 0;
  if (key === "End" && at >= 0) return count - 1;
  return undefined;
}

/**
 * Returns the address of a form for a new issue that is filled in.
 *
 * @param {{address: string, title: string, body: string}} form
 * @param {string} title
 * @param {string} body
 */
export function filledForm(form, title, body) {
  const pairs = [
    [form.title, title],
    [form.body, body],
  ];
  return `${form.address}?${pairs.map((pair) => pair.map((part = "") => encodeURIComponent(part)).join("=")).join("&")}`;
}
