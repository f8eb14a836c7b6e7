/* Finds what the content rules of `handbook validate` find in one entry alone. The engine says which rules there are:
   each names one of the general checks below, with its fields and words. */

import { circles, itemsAt, valueAt } from "./form_items.js";
import { blocks } from "./form_weight.js";
import { DAY, asOnPages, oneOf, shown } from "./form_words.js";
import { filled } from "./language.js";
import { blank, prose } from "./template_check.js";

/** @typedef {import("./form_check.js").Pointer} Pointer */
/** @typedef {import("./form_check.js").Problem} Problem */
/** @typedef {import("./form_data.js").Named} Named */
/** @typedef {import("./form_data.js").Ended} Ended */
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
 * @property {Pattern} [pattern]
 * @property {Record<string, Pattern>} [patterns] Further ones, by their names.
 * @property {Pattern[]} [skip] What a text has that the rule doesn't look into.
 * @property {"free" | "markdown" | "prose"} [texts] The texts to look into: those that name nothing, Markdown, or what is
 *   written for readers; without it, all.
 * @property {string[]} [names] What the check knows.
 * @property {any} [data] What a check of one content type needs.
 * @property {string[]} [past] Fields that send no one to an entry.
 * @property {string[]} [standing] Fields that hold while an entry is being phased out.
 * @property {Record<string, [string, string]>} [faults] The message and the hint for each fault that the check can find.
 */
/** @typedef {[string, string]} Pattern A regular expression and its flags. */
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
 * @property {string} kind
 * @property {import("./form_items.js").Connection[]} connections
 * @property {(kind: string) => Ended} ended Returns what has ended.
 * @property {(kind: string, id: string) => string} named Returns the name of an entry.
 */
/** @typedef {{pointer: Pointer, text: string, written: string, own: Field | undefined}} Text `text` is its prose. */
/** @typedef {Entry & {today: string, texts: Text[]}} Dated */
/** @typedef {{pointer: Pointer, words: Record<string, unknown>, missing?: string, fault?: string, meant?: string}} Found */
/** @typedef {(rule: Rule, entry: Dated) => Found[]} Check */

export const LENGTH_OF_DAY = 86_400_000;

/** The names of other entries, as they are compared. @type {WeakMap<Named[], Set<string>>} */
const folds = new WeakMap();
/** @type {Pattern} */
const NOTHING = ["(?!)", ""];

/** @type {Record<string, Check>} */
const CHECKS = {
  declared: (rule, entry) => {
    const { names, declared, list, pointer } = parameters(rule, entry);
    return [...names].flatMap((name) => (declared.has(name) ? [] : [{ pointer, words: { value: shown(name), name: list } }]));
  },
  due: ({ fields: [day = [], before], within = 0 }, { value, today }) => {
    const date = number(valueAt(value, day)) - (before ? (valueAt(value, before) ?? 0) : 0);
    return date - number(today) <= within ? [{ pointer: day, words: { day: new Date(date * LENGTH_OF_DAY).toISOString().slice(0, 10) } }] : [];
  },
  ended: ({ past = [], standing = [] }, { connections, ended, named }) =>
    connections.flatMap(({ value, field: { refs = [] }, pointer }) => {
      const kind = typeof value === "string" && refs.find((each) => Object.hasOwn(ended(each), value));
      const isIn = (/** @type {string[]} */ fields) => pointer.some((part) => fields.includes(String(part)));
      const isGone = kind && ended(kind)[value]?.[0];
      if (!kind || isIn(past) || (!isGone && isIn(standing))) return [];
      const ways = successors(value, ended(kind));
      return [{ pointer, fault: isGone ? "gone" : "leaving", words: { name: named(kind, value) }, ...meant(ways, ended(kind)) }];
    }),
  later: ({ field = "" }, { field: own, value, waits }) => {
    if (circles(waits).length) return [];
    const due = new Map(itemsAt(own, value, waits[0]?.reference ?? "").map(({ name, pointer }) => [name, valueAt(value, pointer)[field]]));
    const early = waits.filter(({ name, other }) => due.get(name) < due.get(other));
    return early.map(({ name, other, pointer }) => ({ pointer, words: { value: shown(name), day: due.get(name), other: shown(other), limit: due.get(other) } }));
  },
  length: ({ fields: [pointer = []], most = 0 }, { value, label }) => {
    const num = Array.from(valueAt(value, pointer) ?? []).length;
    return num > most ? [{ pointer, words: { name: label(pointer), num, limit: most } }] : [];
  },
  loads: (rule, entry) => {
    const { picture = NOTHING, named = NOTHING, name = NOTHING } = rule.patterns ?? {};
    const isAllowed = (/** @type {string} */ host) => rule.names?.some((each) => (each.startsWith("*.") ? host.endsWith(each.slice(1)) : host === each));
    return texts(entry, rule).flatMap(({ pointer, text }) => {
      const names = new Set(all(text, name).map(({ groups: { name: own, words } = {} }) => folded(own || words || "")));
      const targets = [...all(text, picture), ...all(text, named).filter(({ groups }) => names.has(folded(groups?.name ?? "")))].map(({ groups }) => groups?.target ?? "");
      const other = targets.find((target) => !isAllowed(target.split(/[/?#]+/)[1] ?? ""));
      return other ? [{ pointer, words: { value: shown(other) } }] : [];
    });
  },
  marks: (rule, entry) => {
    const { pattern = NOTHING, patterns: { item = NOTHING } = {} } = rule;
    const odd = (/** @type {string} */ text) => {
      /** @type {Record<string, string>[]} */
      const found = all(text, pattern).map((each) => ({ ...each.groups, whole: each[0].trimEnd() }));
      const indents = new Set(all(text, item).map((each) => each.groups?.indent));
      return found.find(({ bullet, indent, whole }) => bullet || indents.has(indent) || found.filter((other) => other.whole === whole).length > 1)?.mark;
    };
    return texts(entry, rule).flatMap(({ pointer, text }) => {
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
  near: (rule, entry) => {
    const { pattern = NOTHING, names = [], close = 1 } = rule;
    return texts(entry, rule).flatMap(({ pointer, text }) =>
      all(text, pattern).flatMap(([mark]) => {
        const name = mark.slice(1);
        const alike = names.filter((each) => isCapital(each) === isCapital(name) && likeness(each.toLowerCase(), name.toLowerCase()) >= close);
        const best = alike.sort((one, other) => likeness(other, name) - likeness(one, name))[0];
        return best ? [{ pointer, words: { value: shown(mark), mark: shown(`$${best}`) } }] : [];
      }),
    );
  },
  needed: ({ fields, at: place = [] }, { value, label }) => {
    const missing = fields.flatMap(([name = ""]) => (name in value ? [] : [name]));
    return missing.map((name) => ({ pointer: place, words: { name: label([name]) }, ...(place.length ? {} : { missing: name }) }));
  },
  order: ({ fields }, { value, label }) => {
    const known = fields.filter((pointer) => DAY.test(valueAt(value, pointer) ?? ""));
    return known.slice(1).flatMap((pointer, number) => {
      const first = known[number] ?? [];
      const [earlier, later] = [valueAt(value, first), valueAt(value, pointer)];
      return later < earlier ? [{ pointer, words: { later, earlier, name: label(first) } }] : [];
    });
  },
  past: ({ fields }, { value, label, today }) => {
    const all = fields.flatMap((path) => [...places(value, path)]);
    return all.filter(({ value: day }) => DAY.test(day ?? "") && day > today).map(({ pointer, value: day }) => ({ pointer, words: { name: label(pointer), day, today } }));
  },
  pattern: (rule, entry) => {
    return texts(entry, rule).flatMap(({ pointer, text }) => {
      const found = expression(rule.pattern ?? NOTHING).exec(text);
      const value = Object.values(found?.groups ?? {})[0] ?? found?.[0] ?? "";
      const mark = `$${value.slice(0, 1)}${value.slice(1).toLowerCase().replaceAll(" ", "-")}`;
      return found ? [{ pointer, words: { value: shown(value), mark: shown(mark) } }] : [];
    });
  },
  replaced: (_rule, { kind, value: { id, replaced_by: first }, ended, others, named }) => {
    if (typeof first !== "string") return [];
    const all = { ...ended(kind), [id]: /** @type {[boolean, string]} */ ([true, first]) };
    const ways = successors(id, all);
    const last = ways.at(-1) ?? "";
    if (last !== id && (!others.some(([known]) => known === last) || (ways.length === 1 && !Object.hasOwn(all, last)))) return [];
    const words = { name: named(kind, first), way: [id, ...ways].map((each) => named(kind, each)).join(" → ") };
    return [{ pointer: ["replaced_by"], fault: last === id ? "circle" : "ended", words, ...meant(ways, all) }];
  },
  rows: (rule, entry) => {
    const { ruler = NOTHING, code = NOTHING } = rule.patterns ?? {};
    const isRuler = (/** @type {string} */ row) => row.includes("-") && expression(ruler).test(row);
    const isSplit = (/** @type {string} */ row) => all(row, code).some(([each]) => /(?<!\\)\|/.test(each));
    return texts(entry, rule).flatMap(({ pointer, text, written }) => {
      const found = (/** @type {string} */ fault, row = "", limit = 0) => ({ pointer, fault, words: { value: shown(row), num: cells(row), limit } });
      const seen = text.split("\n");
      const lines = written.split("\n").map((line, at) => (line.includes("|") && seen[at]?.trim() ? line.replace(/^[ \t>]+/, "").trimEnd() : ""));
      return lines.join("\n").split(/\n{2,}/).flatMap((table) => {
        const rows = table.split("\n").filter(Boolean);
        const start = rows.findIndex((row, at) => at > 0 && isRuler(row)) - 1;
        if (start < 0) return rows.length > 1 && rows.every((row) => /^\|.*\|$/.test(row) && !isRuler(row)) ? [found("dashes", rows[0])] : [];
        const columns = cells(rows[start + 1]);
        const [split, wrong] = [isSplit, (/** @type {string} */ row, /** @type {number} */ at) => !isSplit(row) && (at ? cells(row) > columns : cells(row) !== columns)].map((test) => rows.slice(start).find(test));
        const few = rows.slice(start + 2).find((row) => /^\|.*\|$/.test(row) && cells(row) < columns && !row.includes("{"));
        return [...(split ? [found("pipe", split)] : []), ...(wrong ? [found("cells", wrong, columns)] : []), ...(few ? [found("few", few, columns)] : [])];
      });
    });
  },
  stage: ({ fields: [now = [], percentages = [], days = []] }, { value, today }) => {
    const all = [...places(value, days)].map(({ value: day }) => day);
    const last = all.findLastIndex((day) => DAY.test(day ?? "") && day <= today);
    const other = [...places(value, percentages)][last]?.value;
    const said = valueAt(value, now);
    return other !== undefined && said !== undefined && other !== said ? [{ pointer: now, words: { value: said, other, day: all[last] } }] : [];
  },
  sum: ({ fields: [path = []], total = 0, close = 0 }, { value }) => {
    const all = [...places(value, path)];
    const sum = all.reduce((before, each) => before + each.value, 0);
    const last = all.at(-1);
    return last && Math.abs(sum - total) > close * all.length ? [{ pointer: last.pointer, words: { sum: Number(sum.toPrecision(6)) } }] : [];
  },
  tags: (rule, entry) => {
    const { pattern = NOTHING, patterns: { reference = NOTHING } = {}, names = [] } = rule;
    return texts(entry, rule).flatMap(({ pointer, text, written, isMarkdown }) => {
      const seen = isMarkdown ? text : text.replace(/`[^`\n]*`/g, blank);
      const tag = all(seen, pattern).find(({ groups: { end, name = "", rest = "" } = {} }) => {
        const known = name.toLowerCase();
        return end || /[^ /]/.test(rest) || names.includes(known) || written.toLowerCase().includes(`</${known}`);
      });
      if (tag) {
        const { end, name = "", rest = "" } = tag.groups ?? {};
        const element = end ? null : new RegExp(`(?<inside>[^<>\\n]*)</${name}\\s*>`, "yi");
        if (element) element.lastIndex = tag.index + tag[0].length;
        const close = element?.exec(written);
        const mark = close && instead(rule, name.toLowerCase(), rest, close.groups?.inside?.trim() ?? "", isMarkdown);
        return [{ pointer, fault: mark ? "clear" : "unclear", words: { value: shown(tag[0] + (close?.[0] ?? "")), mark: mark && shown(mark) } }];
      }
      const found = isMarkdown ? undefined : expression(reference).exec(seen)?.[0];
      return found ? [{ pointer, fault: "character", words: { value: shown(found) } }] : [];
    });
  },
  unique: ({ fields }, { value, others }) => {
    const taken = folds.get(others) ?? new Set(others.flatMap(([, ...names]) => names.map(folded)));
    folds.set(others, taken);
    const own = fields.flatMap((path) => [...places(value, path)]);
    return own.filter((each) => typeof each.value === "string" && taken.has(folded(each.value))).map(({ pointer, value: name }) => ({ pointer, words: { value: shown(name) } }));
  },
  unwanted: ({ fields, at: place }, { value, label }) => {
    const left = fields.filter((pointer) => valueAt(value, pointer));
    return left.slice(0, 1).map((pointer) => ({ pointer: place ?? pointer, words: { names: oneOf(left.map(label)) } }));
  },
  used: (rule, entry) => {
    const { names, declared, text } = parameters(rule, entry);
    return [...declared].flatMap(([name, pointer]) => (names.has(name) ? [] : [{ pointer, words: { value: shown(name), name: text } }]));
  },
};

/** Returns the checks that only one content type needs. @param {string} kind @returns {Promise<Record<string, Check>>} */
export const loadChecks = async (kind) => (kind === "process" ? (await import("./form_process.js")).CHECKS : {});

/** @param {Rules} rules @param {Entry} entry @param {Record<string, Check>} own The checks of the content type. @returns {Problem[]} */
export function contentProblems(rules, entry, own) {
  const { value } = entry;
  const state = rules.states[value.status] ?? "";
  const dated = { ...entry, texts: [...strings(value, entry.field, [])], today: rules.today || new Date().toLocaleDateString("sv") };
  const applies = (/** @type {Rule} */ rule) =>
    (rule.when ?? [state]).includes(state) && !rule.unless?.includes(state) && (!rule.given || rule.given in value) && !(rule.without && value[rule.without]);
  return rules.checks.filter(applies).flatMap((rule) => {
    const { code, isAdvice, faults = {} } = rule;
    const found = (CHECKS[rule.check] ?? own[rule.check])?.(rule, dated) ?? [];
    return found.flatMap(({ words, fault, ...place }) => {
      const said = Object.fromEntries(Object.entries(words).map(([name, value]) => [name, asOnPages(value)]));
      const [message = "", hint = ""] = fault ? (faults[fault] ?? []) : [rule.message, rule.hint];
      return message ? [{ ...place, code, message: filled(message, said), hint: filled(hint, said), isAdvice }] : [];
    });
  });
}

/** Returns what replaces an entry that has ended, what replaces that, and so on, until one comes again. @param {string} id @param {Ended} ended */
function successors(id, ended) {
  /** @type {string[]} */
  const found = [];
  for (let name = id; Object.hasOwn(ended, name) && ended[name]?.[1]; ) {
    name = ended[name]?.[1] ?? "";
    const isAgain = name === id || found.includes(name);
    found.push(name);
    if (isAgain) break;
  }
  return found;
}

/** Returns the last of some replacements as what was meant, if it is in use. @param {string[]} ways @param {Ended} ended */
function meant(ways, ended) {
  const last = ways.at(-1);
  return last === undefined || Object.hasOwn(ended, last) ? {} : { meant: last };
}

/** Returns what to write instead of an element of HTML, if that is clear. @param {Rule} rule @param {string} name @param {string} rest @param {string} inside @param {boolean} isMarkdown */
function instead({ patterns: { target = NOTHING } = {}, data: { marks, plain } }, name, rest, inside, isMarkdown) {
  const mark = Object.hasOwn(marks, name) ? marks[name] : "";
  if (plain.includes(name) || (mark && !isMarkdown)) return inside;
  if (mark && inside && !inside.includes(mark[0])) return `${mark}${inside}${mark}`;
  const url = name === "a" && isMarkdown && !/[[\]]/.test(inside) ? expression(target).exec(rest)?.groups?.url : undefined;
  return url && inside ? `[${inside}](${url})` : "";
}

/** Returns how many cells a row of a table has. Pipes in code count. @param {string} [row] */
const cells = (row = "") => row.split(/(?<!\\)\|/).length - Number(row.startsWith("|")) - Number(/[^\\]\|$/.test(row));

/** @param {string} name */
const isCapital = (name) => /^[A-Z]/.test(name);

/** Returns the share of two names that is the same, from 0 to 1. @param {string} one @param {string} other */
const likeness = (one, other) => (2 * blocks([...one], [...other]).reduce((sum, [, , size]) => sum + size, 0)) / (one.length + other.length);

/** Returns a date as a number of days. @param {any} day */
export const number = (day) => {
  const time = DAY.test(day ?? "") ? Date.parse(day) : NaN;
  // Browsers take 30 February for 2 March.
  return time && new Date(time).toISOString().startsWith(day) ? time / LENGTH_OF_DAY : NaN;
};

/** @param {string} name */
const folded = (name) => name.trim().split(/\s+/).join(" ").toLowerCase();

/** @param {Pattern} pattern @param {string} [more] Further flags. */
export const expression = ([text, flags], more = "") => new RegExp(text, `u${flags}${more}`);

/** Returns all that a pattern finds. @param {string} text @param {Pattern} pattern */
export const all = (text, pattern) => [...text.matchAll(expression(pattern, "g"))];

/** Yields the values at a path. @param {any} value @param {string[]} path @param {Pointer} [pointer] @returns {Generator<{pointer: Pointer, value: any}>} */
function* places(value, [part, ...rest], pointer = []) {
  if (part === undefined) yield { pointer, value };
  else if (part !== "*") yield* places(value?.[part], rest, [...pointer, part]);
  else if (Array.isArray(value)) for (const [number, item] of value.entries()) yield* places(item, rest, [...pointer, number]);
}

/** Returns the texts that a rule looks into. @param {Dated} entry @param {Rule} rule @returns {{pointer: Pointer, text: string, written: string, isMarkdown: boolean}[]} */
function texts({ texts: all }, { texts: use, skip = [] }) {
  const isFor = (/** @type {Field | undefined} */ own) =>
    use === undefined || (use === "prose" ? !own || own.text === "plain" || own.text === "markdown" : use === "free" ? !own?.refs?.length : own?.text === use);
  const without = (/** @type {string} */ text) => skip.reduce((left, each) => left.replace(expression(each, "g"), blank), text);
  return all.flatMap(({ pointer, text, written, own }) => (isFor(own) ? [{ pointer, text: without(text), written, isMarkdown: own?.text === "markdown" }] : []));
}

/** Yields the texts in a value. @param {any} value @param {Field | undefined} own @param {Pointer} pointer @returns {Generator<Text>} */
function* strings(value, own, pointer) {
  // The words of others are theirs as a whole.
  const below = (/** @type {Field | undefined} */ field) => (own?.text === "verbatim" ? own : field);
  if (typeof value === "string") yield { pointer, text: prose(value), written: value, own };
  else if (Array.isArray(value)) for (const [number, item] of value.entries()) yield* strings(item, below(own?.items), [...pointer, number]);
  else if (value && typeof value === "object") for (const [name, part] of Object.entries(value)) yield* strings(part, below(own?.fields?.[name]), [...pointer, name]);
}

/** Returns the names that a text uses, those that a list explains with their places, and what both are called. @param {Rule} rule @param {Dated} entry */
function parameters({ fields: [pointer = [], path = []], pattern = NOTHING }, { value, label }) {
  const text = valueAt(value, pointer);
  const found = typeof text === "string" ? all(text, pattern) : [];
  const declared = new Map([...places(value, path)].map((each) => [each.value, each.pointer]));
  return { names: new Set(found.flatMap(([, name]) => name ?? [])), declared, pointer, text: label(pointer), list: label(path.slice(0, 1)) };
}
