/* Says what the edits of a proposal change: field by field, before and after, and what it means to readers. */

import { _ } from "./language.js";
import { isGroup } from "./proposal.js";

/** @typedef {import("./proposal.js").Field} Field */
/** @typedef {import("./proposal.js").Edit} Edit */
/** @typedef {"breaking" | "notable" | "editorial"} Weight */
/** @typedef {{title: string, before: string, after: string, edit: Edit}} Change `before` and `after` are empty for nothing. */

/** What a change means to readers, the most important first. @type {Weight[]} */
const WEIGHTS = ["breaking", "notable", "editorial"];
const USUAL = { added: "notable", removed: "notable", changed: "notable", moved: "editorial" };

/** @param {Weight[]} weights @returns {Weight} */
const heaviest = (weights) => WEIGHTS[Math.min(...weights.map((each) => WEIGHTS.indexOf(each)), 2)] ?? "editorial";

/** @param {string} path */
const steps = (path) => path.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/**
 * Returns the value at a path of an entry, in which the key of an item can name it.
 *
 * @param {Field | undefined} field
 * @param {any} value
 * @param {string} path
 * @returns {{value: any, field: Field | undefined, titles: string[], around: (Field | undefined)[]}} `around` has the
 *   fields on the way, from the outermost one.
 */
function follow(field, value, path) {
  const titles = [];
  const around = [];
  for (const part of steps(path)) {
    around.push(field);
    if (Array.isArray(value)) {
      const key = field?.key ?? "id";
      value = value.find((item) => (isGroup(item) ? item[key] : item) === part);
      field = field?.items;
      if (isGroup(value)) titles.push(nameOf(value, part));
    } else {
      value = isGroup(value) ? value[part] : undefined;
      field = field?.fields?.[part];
      titles.push(field?.title || part);
    }
  }
  return { value, field, titles, around };
}

/** Returns the name of an item for readers. @param {Record<string, any>} item @param {string} [otherwise] */
export function nameOf(item, otherwise = "") {
  const named = item.name ?? item.title ?? item.question ?? item.answer ?? item.activity;
  return String(named ?? (otherwise || Object.values(item).find((part) => typeof part === "string") || "…"));
}

/**
 * Returns a value in words.
 *
 * @param {any} value
 * @param {Field | undefined} field
 * @param {(kinds: string[], id: string) => string} named Returns the name of an entry.
 * @returns {string}
 */
export function inWords(value, field, named) {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item) => inWords(item, field?.items ?? field, named)).join(", ");
  if (isGroup(value)) {
    const parts = Object.entries(value).filter(([name]) => name !== "id");
    return parts.map(([name, part]) => `${field?.fields?.[name]?.title || name}: ${inWords(part, field?.fields?.[name], named)}`).join("; ");
  }
  if (typeof value === "boolean") return value ? _("Yes") : _("No");
  const choice = field?.choices?.find(([known]) => known === value);
  if (choice) return choice[1];
  return field?.refs?.length ? named(field.refs, String(value)) : String(value).trim();
}

/**
 * Returns what some edits change.
 *
 * @param {Field} field
 * @param {any} before
 * @param {Edit[]} edits
 * @param {(kinds: string[], id: string) => string} named
 * @returns {Change[]}
 */
export function changesOf(field, before, edits, named) {
  return edits.map((edit) => {
    const found = follow(field, before, edit.path);
    const title = found.titles.join(" › ");
    if (edit.op === "set") return { title, before: inWords(found.value, found.field, named), after: inWords(edit.value, found.field, named), edit };
    if (edit.op === "insert") return { title, before: "", after: inWords(edit.value, found.field?.items, named), edit };
    if (edit.op === "unset") return { title, before: inWords(found.value, found.field, named), after: "", edit };
    const item = isGroup(found.value) ? nameOf(found.value) : inWords(found.value, found.field, named);
    const place = edit.after === null ? _("%(item)s is now first", { item }) : _("%(item)s comes after %(other)s", { item, other: edit.after });
    return { title, before: "", after: place, edit };
  });
}

/** @param {Field | undefined} field @param {Record<string, Weight>} above @returns {Record<string, Weight>} */
function weightsAt(field, above) {
  const said = field?.change;
  const events = isGroup(said) ? said : {};
  const usual = said === undefined || isGroup(said) ? above.changed : said;
  return { added: usual, removed: usual, changed: usual, moved: "editorial", ...events };
}

/** Returns the weights that the parts of a value set for an event. @param {Field | undefined} field @param {any} value @param {string} event @returns {Weight[]} */
function inside(field, value, event) {
  if (Array.isArray(value)) return value.flatMap((item) => inside(field?.items, item, event));
  if (!isGroup(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const below = field?.fields?.[name];
    if (!below || part === null || (part === false && (below.default !== undefined || isGroup(below.change)))) return [];
    const own = isGroup(below.change) && event in below.change ? [below.change[event]] : [];
    return [...own, ...inside(below, part, event)];
  });
}

/**
 * Returns what edits mean to readers, as `handbook diff` says it.
 *
 * @param {Field} field
 * @param {any} before
 * @param {Edit[]} edits
 * @returns {Weight}
 */
export function weightOf(field, before, edits) {
  return heaviest(
    edits.map((edit) => {
      const found = follow(field, before, edit.path);
      let weights = /** @type {Record<string, Weight>} */ (USUAL);
      for (const each of [...found.around.slice(1), found.field]) weights = weightsAt(each, weights);
      const isAdded = edit.op === "insert" || (edit.op === "set" && found.value === undefined);
      const event = edit.op === "move" ? "moved" : isAdded ? "added" : edit.op === "unset" ? "removed" : "changed";
      const own = weights[edit.op === "insert" ? "added" : event] ?? "notable";
      if (event === "added") return heaviest([own, ...inside(edit.op === "insert" ? found.field?.items : found.field, "value" in edit ? edit.value : null, event)]);
      return event === "removed" ? heaviest([own, ...inside(found.field, found.value, event)]) : own;
    }),
  );
}

const AUDIENCES = ["public", "internal", "restricted"];

/** Returns whether something is for a higher audience than another. @param {string | undefined} audience @param {string} readers */
export const isAbove = (audience, readers) => AUDIENCES.indexOf(audience ?? "") > AUDIENCES.indexOf(readers);

/** @param {Field | undefined} field @param {any} value @param {string} readers @returns {boolean} */
function hasMore(field, value, readers) {
  if (isAbove(field?.audience, readers)) return true;
  if (Array.isArray(value)) return value.some((item) => hasMore(field?.items, item, readers));
  return isGroup(value) && Object.entries(value).some(([name, part]) => hasMore(field?.fields?.[name], part, readers));
}

/**
 * Returns whether edits say something that an audience can't see.
 *
 * @param {Field} field
 * @param {any} before
 * @param {Edit[]} edits
 * @param {string} readers
 */
export const sayMore = (field, before, edits, readers) =>
  edits.some((edit) => {
    const found = follow(field, before, edit.path);
    const value = "value" in edit ? edit.value : null;
    return found.around.some((each) => isAbove(each?.audience, readers)) || hasMore(edit.op === "insert" ? found.field?.items : found.field, value, readers);
  });
