/* What a change of an entry means to readers, as `handbook diff` says it. It repeats the comparison of the engine in
   `diff/values.py`, `diff/weights.py` and `diff/pairs.py`, of which a review needs the heaviest weight only. */

import { AUDIENCES } from "./form_changes.js";
import { isGroup } from "./proposal.js";

/** @typedef {import("./proposal.js").Field} Field */
/** @typedef {"breaking" | "notable" | "editorial"} Weight */
/** @typedef {{added: Weight, removed: Weight, changed: Weight, moved: Weight}} Weights The weights of events at a place. */
/** @typedef {{field: Field | undefined, weights: Weights, path: string[], id: string}} Place `path` has the names of the fields on
 *   the way, and `id` is that of an item. */
/** @typedef {{event: keyof Weights, place: Place, before: any, after: any, weight: Weight}} Difference */
/** @typedef {[number | null, number | null]} Pair The positions of an item, before and after. */

/** @type {Weight[]} */
const WEIGHTS = ["breaking", "notable", "editorial"];
const USUAL = /** @type {Weights} */ ({ added: "notable", removed: "notable", changed: "notable", moved: "editorial" });
const NO_PROSE = /^(?:[-*+|>#]|\d+[.)]|```|~~~|\s{2,})/m;
/** The share of words that a changed text has in common with the old one; below, it counts as replaced. */
const ALIKE = 0.5;

/** @param {Weight[]} weights @returns {Weight} */
const heaviest = (weights) => WEIGHTS.find((weight) => weights.includes(weight)) ?? "editorial";

/**
 * Returns what a change means to readers.
 *
 * @param {Field} field
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @returns {Weight}
 */
export function weightOf(field, before, after) {
  const found = differences({ field, weights: weightsAt(field, USUAL), path: [], id: "" }, before, after);
  return heaviest(found.map((each) => ofWhole(each, field, after)));
}

/** Returns the weight of a difference; some fields say where an entry is and who sees it. @param {Difference} difference @param {Field} field @param {any} after @returns {Weight} */
function ofWhole({ place, weight, ...values }, field, after) {
  const [name = ""] = place.path;
  if (name === "audience" && place.path.length === 1 && field.fields?.[name]?.choices?.some(([choice]) => choice === "internal")) {
    const [then = 0, now = 0] = [values.before, values.after].map((each) => AUDIENCES.indexOf(AUDIENCES.includes(each) ? each : "internal"));
    return now < then ? "breaking" : "notable";
  }
  // A former ID that is gone no longer redirects.
  if (name === "former_ids") return [values.before ?? []].flat().every((each) => after[name]?.includes(each)) ? "editorial" : "breaking";
  return weight;
}

/** @param {Field | undefined} field @param {Weights} above @returns {Weights} */
function weightsAt(field, above) {
  const said = field?.change;
  const events = isGroup(said) ? said : {};
  const usual = said === undefined || isGroup(said) ? above.changed : said;
  return { added: usual, removed: usual, changed: usual, moved: USUAL.moved, ...events };
}

/** @param {Place} place @param {string} name @returns {Place} */
function fieldOf({ field, weights, path }, name) {
  const below = field?.fields?.[name];
  return { field: below, weights: weightsAt(below, weights), path: [...path, name], id: "" };
}

/** @param {Place} place @param {any} item @returns {Place} */
function itemOf({ field, weights, path }, item) {
  // A text in a list has the weight of the list, whatever its own schema says.
  const own = typeof item === "object" ? weightsAt(field?.items, weights) : weights;
  return { field: field?.items, weights: own, path, id: field?.key === "id" && isGroup(item) ? String(item.id ?? "") : "" };
}

/** Returns a field of a group; nothing if it counts as missing. @param {Record<string, any>} value @param {string} name @param {Field | undefined} field */
function partOf(value, name, field) {
  const part = value[name] ?? (field?.default === true && !(name in value) ? true : null);
  return part === false && field && (field.default !== undefined || isGroup(field.change)) ? null : part;
}

/** @param {Place} place @param {any} before @param {any} after @returns {Difference[]} */
function differences(place, before, after) {
  const found = between(place, before, after);
  const home = (/** @type {Difference} */ each) => JSON.stringify([each.place.path, each.place.id]);
  const at = (/** @type {string} */ event) => new Map(found.filter((each) => each.event === event && each.place.id).map((each) => [home(each), each]));
  const [gone, come] = [at("removed"), at("added")];
  return found.flatMap((each) => {
    const [was, now] = [gone.get(home(each)), come.get(home(each))];
    if (was === each && now) return [];
    if (now !== each || !was) return [each];
    // An item in another group has moved.
    const weight = heaviest([each.place.weights.moved, "notable"]);
    return [{ ...each, event: /** @type {const} */ ("moved"), weight }, ...between(each.place, was.before, each.after)];
  });
}

/** @param {Place} place @param {any} before @param {any} after @returns {Difference[]} */
function between(place, before, after) {
  if (Array.isArray(before) !== Array.isArray(after)) [before, after] = [before, after].map((each) => asList(each, place.field));
  if ((before ?? null) === null || (after ?? null) === null) return (before ?? null) === (after ?? null) ? [] : [whole(place, before, after, place.weights)];
  if (isGroup(before) && isGroup(after)) {
    const names = new Set([...Object.keys(place.field?.fields ?? {}), ...Object.keys(after), ...Object.keys(before)]);
    return [...names].flatMap((name) => {
      const below = fieldOf(place, name);
      return between(below, partOf(before, name, below.field), partOf(after, name, below.field));
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(place, before, after);
  return meaning(before, place) === meaning(after, place) ? [] : [{ event: "changed", place, before, after, weight: place.weights.changed }];
}

/** Returns one value as a list, where a field takes one or several. @param {any} value @param {Field | undefined} field */
const asList = (value, field) => (typeof value === "string" && ["string", "array"].every((type) => field?.types?.includes(type)) ? [value] : value);

/** Returns the difference of a value that was added or removed as a whole. @param {Place} place @param {any} before @param {any} after @param {Weights} weights @returns {Difference} */
function whole(place, before, after, weights) {
  const event = (before ?? null) === null ? "added" : "removed";
  return { event, place, before, after, weight: heaviest([weights[event], ...inside(place.field, event === "added" ? after : before, event)]) };
}

/** Returns the weights that the parts of a value set for an event. @param {Field | undefined} field @param {any} value @param {"added" | "removed"} event @returns {Weight[]} */
function inside(field, value, event) {
  if (Array.isArray(value)) return value.flatMap((item) => inside(field?.items, item, event));
  if (!field || !isGroup(value)) return [];
  return [...new Set([...Object.keys(field.fields ?? {}), ...Object.keys(value)])].flatMap((name) => {
    const below = field.fields?.[name];
    const part = partOf(value, name, below);
    if (!below || part === null) return [];
    return [...(isGroup(below.change) && event in below.change ? [below.change[event]] : []), ...inside(below, part, event)];
  });
}

/** Returns a value without differences in form only, as a text. @param {any} value @param {Place} place */
function meaning(value, place) {
  if (typeof value !== "string") return frozen(value);
  if (place.field?.text !== "markdown") return `"${oneLine(value)}`;
  return value.trim().split(/\n\s*\n/).map((block) => (NO_PROSE.test(block) ? block.trimEnd() : oneLine(block))).join("\n\n");
}

/** @param {string} text */
const oneLine = (text) => text.trim().split(/\s+/).join(" ");

/** Returns a value as a text that is the same in any order of fields. @param {any} value @returns {string} */
function frozen(value) {
  if (Array.isArray(value)) return `[${value.map(frozen).join()}]`;
  return isGroup(value) ? `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${frozen(value[name])}`).join()}}` : JSON.stringify(value);
}

/** @param {Place} place @param {any[]} before @param {any[]} after @returns {Difference[]} */
function ofLists(place, before, after) {
  const { key } = place.field ?? {};
  const pairs = (key && byKey(before, after, key)) || byLikeness(before, after);
  const order = pairs.flatMap(([then, now]) => (then !== null && now !== null ? [then] : []));
  const hasMoved = order.some((then, at) => at > 0 && then < (order[at - 1] ?? 0));
  /** @type {Difference[]} */
  const moved = hasMoved ? [{ event: "moved", place: { ...place, id: "" }, before, after, weight: place.weights.moved }] : [];
  return pairs.reduce((found, [then, now]) => {
    const [was, is] = [then === null ? null : before[then], now === null ? null : after[now]];
    const at = itemOf(place, is ?? was);
    return [...found, ...(then === null || now === null ? [whole(at, was, is, place.weights)] : between(at, was, is))];
  }, moved);
}

/** Returns the pairs of items with the same key, if every item has a unique one. @param {any[]} before @param {any[]} after @param {string} key @returns {Pair[] | null} */
function byKey(before, after, key) {
  const [then, now] = [before, after].map((items) => new Map(items.map((item, at) => [isGroup(item) ? item[key] : undefined, at])));
  if (!then || !now || then.size < before.length || now.size < after.length || [then, now].some((names) => names.has(undefined) || names.has(null))) return null;
  const gone = [...then].filter(([name]) => !now.has(name));
  return [...gone.map(([, at]) => /** @type {Pair} */ ([at, null])), ...[...now].map(([name, at]) => /** @type {Pair} */ ([then.get(name) ?? null, at]))];
}

/** Returns the pairs of equal items; of the items in between, pairs similar ones in their order. @param {any[]} before @param {any[]} after @returns {Pair[]} */
function byLikeness(before, after) {
  const text = (/** @type {any} */ item) => (typeof item === "string" ? `"${oneLine(item)}` : frozen(item));
  const [then, now] = [before.map(text), after.map(text)];
  /** @type {Pair[]} */
  const pairs = [];
  let [from, to] = [0, 0];
  const end = /** @type {[number, number, number]} */ ([then.length, now.length, 0]);
  for (const [start, begin, size] of [...blocks(then, now), end]) {
    const left = Array.from({ length: start - from }, (_, at) => from + at);
    for (let at = to; at < begin; at += 1) pairs.push([left.length && isAlike(before[left[0] ?? 0], after[at]) ? (left.shift() ?? null) : null, at]);
    pairs.push(...left.map((at) => /** @type {Pair} */ ([at, null])));
    for (let at = 0; at < size; at += 1) pairs.push([start + at, begin + at]);
    [from, to] = [start + size, begin + size];
  }
  // An item that has only moved is the same.
  const [gone, come] = [/** @type {Map<any, number>} */ (new Map()), /** @type {Map<any, number>} */ (new Map())];
  for (const [i, j] of pairs) {
    if (j === null && i !== null) gone.set(then[i], i);
    if (i === null && j !== null) come.set(now[j], j);
  }
  /** @type {Map<number | null, number>} */
  const moved = new Map();
  for (const [text, i] of gone) if (come.has(text)) moved.set(come.get(text) ?? null, i);
  const sources = new Set(/** @type {Iterable<number | null>} */ (moved.values()));
  return pairs.flatMap(([i, j]) => (j === null && sources.has(i) ? [] : [/** @type {Pair} */ ([moved.get(j) ?? i, j])]));
}

/** Returns whether an item counts as changed rather than replaced. @param {any} before @param {any} after */
function isAlike(before, after) {
  if (isGroup(before) && isGroup(after)) {
    const names = Object.keys(before);
    return 2 * names.filter((name) => name in after && frozen(before[name]) === frozen(after[name])).length >= names.length;
  }
  if (typeof before !== "string" || typeof after !== "string") return false;
  const words = (/** @type {string} */ text) => text.split(/\s+/).filter(Boolean);
  const [one, other] = [words(before), words(after)];
  const same = blocks(one, other).reduce((sum, [, , size]) => sum + size, 0);
  return one.length + other.length === 0 || (2 * same) / (one.length + other.length) >= ALIKE;
}

/**
 * Returns the blocks that two lists have in common, in their order: the longest first, then those on both sides of it, as
 * `SequenceMatcher` of Python does (J. W. Ratcliff and D. E. Metzener, "Pattern Matching: The Gestalt Approach",
 * Dr. Dobb's Journal 13(7), 1988).
 *
 * @param {string[]} one
 * @param {string[]} other
 * @returns {[number, number, number][]} The starts in both, and the length.
 */
export function blocks(one, other, start = 0, end = one.length, begin = 0, stop = other.length) {
  /** @type {[number, number, number]} */
  let best = [start, begin, 0];
  let lengths = new Map();
  for (let i = start; i < end; i += 1) {
    const next = new Map();
    for (let j = begin; j < stop; j += 1) {
      if (one[i] !== other[j]) continue;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  const [at, there, size] = best;
  if (!size) return [];
  return [...blocks(one, other, start, at, begin, there), best, ...blocks(one, other, at + size, end, there + size, stop)];
}
