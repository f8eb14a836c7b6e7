/* Finds what the content rules of `handbook validate` find in one entry alone. The engine says which rules there are:
   each names one of the general checks below, with its fields and words. */

import { circles, itemsAt } from "./form_items.js";
import { oneOf, shown } from "./form_words.js";
import { filled } from "./language.js";
import { prose } from "./template_check.js";

/** @typedef {import("./form_check.js").Pointer} Pointer */
/** @typedef {import("./form_check.js").Problem} Problem */
/** @typedef {import("./form_data.js").Named} Named */
/** @typedef {import("./proposal.js").Field} Field */

/**
 * A content rule, or a part of one.
 *
 * @typedef {object} Rule
 * @property {string} code
 * @property {string} check One of the checks.
 * @property {string[][]} fields The places of its fields; `*` is every item.
 * @property {string} message With places for the words of the check.
 * @property {string} hint
 * @property {boolean} isAdvice
 * @property {string[]} [when] The states in which it applies; without them, in any.
 * @property {string[]} [unless] The states in which it doesn't apply.
 * @property {string} [given] The field without which it doesn't apply.
 * @property {string} [without] The field with which it doesn't apply.
 * @property {Pointer} [at] Where a missing or unwanted field shows.
 * @property {number} [within] The most days until a date.
 * @property {number} [most]
 * @property {number} [total]
 * @property {number} [close] How far each item can be off.
 * @property {string} [field]
 * @property {string} [pattern]
 * @property {string} [flags]
 * @property {string} [item] What finds an item of a list.
 * @property {"free" | "markdown"} [texts] The texts to look into: those that name nothing, or Markdown; without it, all.
 */
/** @typedef {{checks: Rule[], states: Record<string, string>, today: string, targets: string}} Rules What the engine says:
 *   `states` has what each state of an entry means, `today` is empty for the day of the reader, and `targets` is the list
 *   whose items others depend on. */
/** @typedef {{name: string, other: string, pointer: Pointer, reference: string}} Wait An item that depends on another one. */
/**
 * @typedef {object} Entry
 * @property {Record<string, any>} value
 * @property {Field} field
 * @property {(pointer: Pointer) => string} label Returns the name of a field.
 * @property {Named[]} others The other entries of the content type.
 * @property {Wait[]} waits
 */
/** @typedef {Entry & {today: string}} Dated */
/** @typedef {{pointer: Pointer, words: Record<string, unknown>, missing?: string}} Found */

const DAY = /^\d{4}-\d\d-\d\d$/;
const LENGTH_OF_DAY = 86_400_000;

/** @type {Record<string, (rule: Rule, entry: Dated) => Found[]>} */
const CHECKS = {
  declared: (rule, entry) => {
    const { names, declared, list, pointer } = parameters(rule, entry);
    return [...names].flatMap((name) => (declared.has(name) ? [] : [{ pointer, words: { value: shown(name), name: list } }]));
  },
  due: ({ fields: [day = [], before], within = 0 }, { value, today }) => {
    const date = number(at(value, day)) - (before ? (at(value, before) ?? 0) : 0);
    return date - number(today) <= within ? [{ pointer: day, words: { day: new Date(date * LENGTH_OF_DAY).toISOString().slice(0, 10) } }] : [];
  },
  later: ({ field = "" }, { value, waits }) => {
    if (circles(waits).length) return [];
    const due = new Map(itemsAt(value, waits[0]?.reference ?? "").map(({ id, pointer }) => [id, at(value, pointer)[field]]));
    const early = waits.filter(({ name, other }) => due.get(name) < due.get(other));
    return early.map(({ name, other, pointer }) => ({ pointer, words: { value: shown(name), day: due.get(name), other: shown(other), limit: due.get(other) } }));
  },
  length: ({ fields: [pointer = []], most = 0 }, { value, label }) => {
    const num = Array.from(at(value, pointer) ?? []).length;
    return num > most ? [{ pointer, words: { name: label(pointer), num, limit: most } }] : [];
  },
  marks: ({ pattern = "", item = "" }, entry) => {
    const odd = (/** @type {string} */ text) => {
      /** @type {Record<string, string>[]} */
      const found = [...text.matchAll(expression(pattern, "gm"))].map((each) => ({ ...each.groups, whole: each[0].trimEnd() }));
      const indents = new Set([...text.matchAll(expression(item, "gm"))].map((each) => each.groups?.indent));
      return found.find(({ bullet, indent, whole }) => bullet || indents.has(indent) || found.filter((other) => other.whole === whole).length > 1)?.mark;
    };
    return texts(entry, "markdown").flatMap(({ pointer, text }) => {
      const mark = text.split(/(?:\n[ \t]*){2,}/).map(odd).find(Boolean);
      return mark ? [{ pointer, words: { value: shown(mark) } }] : [];
    });
  },
  most: ({ fields: [path = [], limit = []] }, { value, label }) => {
    const limits = [...places(value, limit)];
    return [...places(value, path)].flatMap((each, number) => {
      const other = limits[number];
      return other && each.value > other.value ? [{ pointer: each.pointer, words: { value: each.value, limit: other.value, name: label(other.pointer) } }] : [];
    });
  },
  needed: ({ fields, at: place = [] }, { value, label }) => {
    const missing = fields.flatMap(([name = ""]) => (name in value ? [] : [name]));
    return missing.map((name) => ({ pointer: place, words: { name: label([name]) }, ...(place.length ? {} : { missing: name }) }));
  },
  order: ({ fields }, { value, label }) => {
    const known = fields.filter((pointer) => DAY.test(at(value, pointer) ?? ""));
    return known.slice(1).flatMap((pointer, number) => {
      const first = known[number] ?? [];
      const [earlier, later] = [at(value, first), at(value, pointer)];
      return later < earlier ? [{ pointer, words: { later, earlier, name: label(first) } }] : [];
    });
  },
  past: ({ fields }, { value, label, today }) => {
    const all = fields.flatMap((path) => [...places(value, path)]);
    return all.filter(({ value: day }) => DAY.test(day ?? "") && day > today).map(({ pointer, value: day }) => ({ pointer, words: { name: label(pointer), day } }));
  },
  pattern: ({ pattern = "", flags, texts: use }, entry) => {
    return texts(entry, use).flatMap(({ pointer, text }) => {
      const found = expression(pattern, flags).exec(text);
      return found ? [{ pointer, words: { value: shown(Object.values(found.groups ?? {})[0] ?? found[0]) } }] : [];
    });
  },
  stage: ({ fields: [now = [], percentages = [], days = []] }, { value, today }) => {
    const all = [...places(value, days)].map(({ value: day }) => day);
    const last = all.findLastIndex((day) => DAY.test(day ?? "") && day <= today);
    const other = [...places(value, percentages)][last]?.value;
    const said = at(value, now);
    return other !== undefined && said !== undefined && other !== said ? [{ pointer: now, words: { value: said, other, day: all[last] } }] : [];
  },
  sum: ({ fields: [path = []], total = 0, close = 0 }, { value }) => {
    const all = [...places(value, path)];
    const sum = all.reduce((before, each) => before + each.value, 0);
    const last = all.at(-1);
    return last && Math.abs(sum - total) > close * all.length ? [{ pointer: last.pointer, words: { sum: Number(sum.toPrecision(6)) } }] : [];
  },
  unique: ({ fields }, { value, others }) => {
    const taken = new Set(others.flatMap(([, ...names]) => names.map(folded)));
    const own = fields.flatMap((path) => [...places(value, path)]);
    return own.filter((each) => typeof each.value === "string" && taken.has(folded(each.value))).map(({ pointer, value: name }) => ({ pointer, words: { value: shown(name) } }));
  },
  unwanted: ({ fields, at: place }, { value, label }) => {
    const left = fields.filter((pointer) => at(value, pointer));
    return left.slice(0, 1).map((pointer) => ({ pointer: place ?? pointer, words: { names: oneOf(left.map(label)) } }));
  },
  used: (rule, entry) => {
    const { names, declared, text } = parameters(rule, entry);
    return [...declared].flatMap(([name, pointer]) => (names.has(name) ? [] : [{ pointer, words: { value: shown(name), name: text } }]));
  },
};

/** @param {Rules} rules @param {Entry} entry @returns {Problem[]} */
export function contentProblems(rules, entry) {
  const { value } = entry;
  const state = rules.states[value.status] ?? "";
  const dated = { ...entry, today: rules.today || new Date().toLocaleDateString("sv") };
  const applies = (/** @type {Rule} */ rule) =>
    (rule.when ?? [state]).includes(state) && !rule.unless?.includes(state) && (!rule.given || rule.given in value) && !(rule.without && value[rule.without]);
  return rules.checks.filter(applies).flatMap((rule) => {
    const { code, isAdvice } = rule;
    const found = CHECKS[rule.check]?.(rule, dated) ?? [];
    return found.map(({ words, ...place }) => ({ ...place, code, message: filled(rule.message, words), hint: filled(rule.hint, words), isAdvice }));
  });
}

/** @param {any} value @param {Pointer} pointer */
const at = (value, pointer) => pointer.reduce((found, part) => found?.[part], value);

/** Returns a date as a number of days. @param {any} day */
const number = (day) => (DAY.test(day ?? "") ? Date.parse(day) / LENGTH_OF_DAY : NaN);

/** @param {string} name */
const folded = (name) => name.trim().split(/\s+/).join(" ").toLowerCase();

/** Returns an expression of the engine: a browser writes names of groups and letters in another way. @param {string} pattern @param {string} [flags] */
const expression = (pattern, flags = "") => new RegExp(pattern.replaceAll("(?P<", "(?<").replaceAll("[^\\W\\d_]", "\\p{L}"), `u${flags}`);

/** Yields the values at a path. @param {any} value @param {string[]} path @param {Pointer} [pointer] @returns {Generator<{pointer: Pointer, value: any}>} */
function* places(value, [part, ...rest], pointer = []) {
  if (part === undefined) yield { pointer, value };
  else if (part !== "*") yield* places(value?.[part], rest, [...pointer, part]);
  else if (Array.isArray(value)) for (const [number, item] of value.entries()) yield* places(item, rest, [...pointer, number]);
}

/** Returns the prose of the texts for a rule. @param {Entry} entry @param {Rule["texts"]} [use] */
function texts({ value, field }, use) {
  const isFor = (/** @type {Field | undefined} */ own) => !use || (use === "free" ? !own?.refs?.length : own?.text === use);
  return [...strings(value, field, [])].flatMap(({ pointer, text, own }) => (isFor(own) ? [{ pointer, text: prose(text) }] : []));
}

/** Yields the texts in a value. @param {any} value @param {Field | undefined} own @param {Pointer} pointer @returns {Generator<{pointer: Pointer, text: string, own: Field | undefined}>} */
function* strings(value, own, pointer) {
  if (typeof value === "string") yield { pointer, text: value, own };
  else if (Array.isArray(value)) for (const [number, item] of value.entries()) yield* strings(item, own?.items, [...pointer, number]);
  else if (value && typeof value === "object") for (const [name, part] of Object.entries(value)) yield* strings(part, own?.fields?.[name], [...pointer, name]);
}

/** Returns the names that a text uses, those that a list explains with their places, and what both are called. @param {Rule} rule @param {Dated} entry */
function parameters({ fields: [pointer = [], path = []], pattern = "" }, { value, label }) {
  const text = at(value, pointer);
  const found = typeof text === "string" ? [...text.matchAll(expression(pattern, "g"))] : [];
  const declared = new Map([...places(value, path)].map((each) => [each.value, each.pointer]));
  return { names: new Set(found.flatMap(([, name]) => name ?? [])), declared, pointer, text: label(pointer), list: label(path.slice(0, 1)) };
}
