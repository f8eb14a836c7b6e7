/* Makes the operations of a proposal: the fewest that turn an entry into what someone wants it to say. What the
   reader can't see isn't in either, so no operation replaces more than what was shown. */

/**
 * A field of the form.
 *
 * @typedef {object} Field
 * @property {string} title
 * @property {string} [help]
 * @property {string[]} [types] The types of JSON that are allowed; any if there are none.
 * @property {[any, string][]} [choices] The values that are allowed, each with its name.
 * @property {string[]} [refs] The kinds of entries that it names, or one `#list` of the same entry.
 * @property {string} [key] The field that identifies an item of a list.
 * @property {"markdown" | "plain" | "verbatim"} [text]
 * @property {string} [format]
 * @property {boolean} [line] Whether a text has only one line.
 * @property {any} [change] What a change means to readers: a weight, or one for each sort of change.
 * @property {string} [audience] The lowest audience that can see it, if not everyone.
 * @property {any[]} [examples]
 * @property {any} [default]
 * @property {Record<string, Field>} [fields]
 * @property {string[]} [required]
 * @property {Field} [items]
 * @property {boolean} [closed] Whether a proposal can't change it.
 */

/** @typedef {{op: "set", path: string, value: any} | {op: "unset", path: string} | {op: "insert", path: string, after: string | null, value: any} | {op: "move", path: string, after: string | null}} Edit */
/** @typedef {Edit & {kind: string, id: string} | {op: "add", kind: string, id: string, value: any} | {op: "confirm", kind: string, id: string}} Operation */
/** @typedef {{proposal: 1, base: string | null, by: string | null, why: string | null, operations: Operation[]}} Proposal */

/** @param {any} value @returns {value is Record<string, any>} */
export const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns whether two values say the same; the order of fields says nothing. @param {any} one @param {any} other @returns {boolean} */
export function isSame(one, other) {
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((part, at) => isSame(part, other[at]));
  if (!isGroup(one) || !isGroup(other)) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && isSame(one[name], other[name]));
}

/** @param {string} path @param {string} name */
const below = (path, name) => `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/**
 * Returns the name of each item of a list, by which a proposal finds it; nothing if they have none.
 *
 * @param {any[]} items
 * @param {Field} field
 * @returns {string[] | undefined}
 */
export function keysOf(items, field) {
  const key = field.key ?? "id";
  const keys = items.map((item) => (isGroup(item) ? item[key] : Array.isArray(item) ? undefined : item));
  const areNames = keys.every((each) => typeof each === "string" && each !== "");
  return areNames && new Set(keys).size === keys.length ? keys : undefined;
}

/**
 * Returns the edits that turn one entry into another.
 *
 * @param {Field} field
 * @param {any} before
 * @param {any} after
 * @param {boolean} [isCut] Whether anything can be hidden from the reader.
 * @param {string} [path]
 * @returns {Edit[]}
 */
export function edits(field, before, after, isCut = false, path = "") {
  if (isSame(before, after)) return [];
  if (isGroup(before) && (isGroup(after) || (after === undefined && isCut))) return ofGroup(field, before, after ?? {}, isCut, path);
  if (Array.isArray(before) && (Array.isArray(after) || (after === undefined && isCut))) {
    const one = keysOf(before, field);
    const other = keysOf(after ?? [], field);
    if (one && other) return ofList(field, before, after ?? [], one, other, isCut, path);
  }
  return after === undefined ? [{ op: "unset", path }] : [{ op: "set", path, value: after }];
}

/** @param {Field} field @param {Record<string, any>} before @param {Record<string, any>} after @param {boolean} isCut @param {string} path */
function ofGroup(field, before, after, isCut, path) {
  const order = Object.keys(field.fields ?? {});
  const names = [...new Set([...order, ...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => edits(field.fields?.[name] ?? { title: name }, before[name], after[name], isCut, below(path, name)));
}

/**
 * @param {Field} field Of the list.
 * @param {any[]} before
 * @param {any[]} after
 * @param {string[]} one
 * @param {string[]} other
 * @param {boolean} isCut
 * @param {string} path
 */
function ofList(field, before, after, one, other, isCut, path) {
  const still = new Set(stay(one, other));
  const others = new Set(other);
  const ones = new Set(one);
  /** What replaces each item that goes: what comes in the same gap between items that stay. @type {Map<string, string>} */
  const instead = new Map();
  const gone = gaps(one, still, (name) => !others.has(name));
  const come = gaps(other, still, (name) => !ones.has(name));
  for (const [gap, names] of come) {
    names.forEach((name, at) => {
      const old = gone.get(gap)?.[at];
      if (old !== undefined) instead.set(name, old);
    });
  }
  const replaced = new Set(instead.values());
  /** @type {Edit[]} */
  const found = [];
  /** @type {string | null} */
  let last = null;
  other.forEach((name, at) => {
    const old = instead.get(name) ?? name;
    const was = one.indexOf(old);
    const value = after[at];
    if (was < 0) found.push({ op: "insert", path, after: last, value });
    else {
      if (!still.has(name) && !instead.has(name)) found.push({ op: "move", path: below(path, name), after: last });
      const made = edits(field.items ?? { title: "" }, before[was], value, isCut, below(path, old));
      // The key comes last: until then, the item has its old name.
      const named = below(below(path, old), field.key ?? "id");
      found.push(...made.filter((each) => each.path !== named), ...made.filter((each) => each.path === named));
    }
    last = name;
  });
  return [...one.filter((name) => !others.has(name) && !replaced.has(name)).map((name) => /** @type {Edit} */ ({ op: "unset", path: below(path, name) })), ...found];
}

/**
 * Returns the names that a test picks, by the number of staying names before them.
 *
 * @param {string[]} names
 * @param {Set<string>} still
 * @param {(name: string) => boolean} picks
 */
function gaps(names, still, picks) {
  /** @type {Map<number, string[]>} */
  const found = new Map();
  let gap = 0;
  for (const name of names) {
    if (still.has(name)) gap += 1;
    else if (picks(name)) found.set(gap, [...(found.get(gap) ?? []), name]);
  }
  return found;
}

/**
 * Returns the most names that keep their order: a longest common subsequence.
 *
 * @param {string[]} one
 * @param {string[]} other
 */
function stay(one, other) {
  const places = new Map(one.map((name, at) => [name, at]));
  /** The best run that ends at each name. @type {{at: number, name: string, length: number, before: any}[]} */
  const runs = [];
  for (const name of other) {
    const at = places.get(name);
    if (at === undefined) continue;
    const before = runs.filter((run) => run.at < at).reduce((best, run) => (run.length > (best?.length ?? 0) ? run : best), /** @type {any} */ (null));
    runs.push({ at, name, length: (before?.length ?? 0) + 1, before });
  }
  let run = runs.reduce((best, each) => (each.length > (best?.length ?? 0) ? each : best), /** @type {any} */ (null));
  const found = [];
  for (; run; run = run.before) found.unshift(run.name);
  return found;
}

/**
 * Returns a value without what is empty: texts and lists without content, and groups of nothing else.
 *
 * @param {any} value
 * @returns {any} `undefined` if nothing is left.
 */
export function pruned(value) {
  if (typeof value === "string") return value.trim() ? value : undefined;
  if (Array.isArray(value)) {
    const left = value.map(pruned).filter((part) => part !== undefined);
    return left.length ? left : undefined;
  }
  if (!isGroup(value)) return value ?? undefined;
  const left = Object.entries(value).flatMap(([name, part]) => {
    const rest = pruned(part);
    return rest === undefined ? [] : [[name, rest]];
  });
  return left.length ? Object.fromEntries(left) : undefined;
}

/**
 * Returns the operations on an entry.
 *
 * @param {string} kind
 * @param {string} id
 * @param {Field} field
 * @param {Record<string, any> | null} before `null` for a new entry.
 * @param {Record<string, any>} after
 * @param {boolean} [isCut]
 * @returns {Operation[]}
 */
export function operations(kind, id, field, before, after, isCut = false) {
  if (before === null) return [{ op: "add", kind, id, value: after }];
  return edits(field, before, after, isCut).map(({ op, ...rest }) => /** @type {Operation} */ ({ op, kind, id, ...rest }));
}

/**
 * Returns what someone entered on top of an entry that has changed since: of each field, what only one of both changed;
 * of both, what was entered.
 *
 * @param {any} was The entry when it was entered.
 * @param {any} entered
 * @param {any} now The entry as it is.
 * @returns {any}
 */
export function rebased(was, entered, now) {
  if (isSame(was, entered)) return now;
  if (isSame(was, now) || !isGroup(entered) || !isGroup(now)) return entered;
  const names = [...new Set([...Object.keys(now), ...Object.keys(entered)])];
  const before = isGroup(was) ? was : {};
  return Object.fromEntries(names.map((name) => [name, rebased(before[name], entered[name], now[name])]).filter(([, part]) => part !== undefined));
}

/** Returns a text without what no file and no proposal can have: programs copy characters that no one sees. @param {string} text */
export const cleaned = (text) =>
  text.replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, "\n").replace(/(?![\n\t])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufeff\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu, "");

/** Returns a text on one line. @param {string} text */
export const oneLine = (text) => cleaned(text).split(/\s+/).filter(Boolean).join(" ");

/**
 * Returns a proposal.
 *
 * @param {string | null} base The commit that the site was built from.
 * @param {string} by
 * @param {string} why
 * @param {Operation[]} made
 * @returns {Proposal}
 */
export const proposalOf = (base, by, why, made) => ({ proposal: 1, base, by: oneLine(by) || null, why: oneLine(why) || null, operations: made });
