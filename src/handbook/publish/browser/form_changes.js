/* Says what the edits of a proposal change: field by field, before and after. */

import { asOnPages } from "./form_words.js";
import { _ } from "./language.js";
import { isGroup } from "./proposal.js";

/** @typedef {import("./proposal.js").Field} Field */
/** @typedef {import("./proposal.js").Edit} Edit */
/** @typedef {{title: string, before: string, after: string, edit: Edit}} Change `before` and `after` are empty for nothing. */

/** Returns the parts of a JSON pointer. @param {string} path */
export const steps = (path) => path.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

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
  if (field?.refs?.length) return named(field.refs, String(value));
  return String(typeof value === "number" || field?.format === "date" ? asOnPages(value) : value).trim();
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

export const AUDIENCES = ["public", "internal", "restricted"];

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
