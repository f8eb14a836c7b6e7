/* What the items and texts of an entry name: other entries, and each other. */

import { isGroup } from "./proposal.js";

/** @typedef {import("./proposal.js").Field} Field */
/** @typedef {(string | number)[]} Pointer */
/** @typedef {{value: any, field: Field, pointer: Pointer}} Connection A list whose items have keys, or a text that names something. */

/** @param {any} value @param {Pointer} pointer */
export const valueAt = (value, pointer) => pointer.reduce((at, part) => at?.[part], value);

/**
 * Yields the lists of an entry whose items have keys, and the texts that name something.
 *
 * @param {any} value
 * @param {Field | undefined} field
 * @param {Pointer} pointer
 * @returns {Generator<Connection>}
 */
export function* connections(value, field, pointer) {
  if (!field || value === undefined) return;
  if (Array.isArray(value) ? field.key : typeof value === "string" && field.refs?.length) yield { value, field, pointer };
  if (Array.isArray(value)) for (const [at, item] of value.entries()) yield* connections(item, field.items, [...pointer, at]);
  else if (isGroup(value)) for (const [name, part] of Object.entries(value)) yield* connections(part, field.fields?.[name], [...pointer, name]);
}

/** Returns the circular dependencies, each once. @param {{name: string, other: string}[]} waits @returns {string[][]} */
export function circles(waits) {
  /** @type {string[][]} */
  const found = [];
  /** @type {string[]} */
  const path = [];
  const done = new Set();
  const visit = (/** @type {string} */ name) => {
    if (path.includes(name)) found.push(path.slice(path.indexOf(name)));
    else if (!done.has(name)) {
      path.push(name);
      for (const each of waits) if (each.name === name) visit(each.other);
      path.pop();
      done.add(name);
    }
  };
  for (const { name } of waits) visit(name);
  return found;
}

/** Returns the items that a reference such as `#groups/items` can name. @param {Field} field @param {any} value @param {string} reference @returns {{name: string, pointer: Pointer}[]} */
export function itemsAt(field, value, reference) {
  let key = "id";
  /** @type {Field | undefined} */
  let below = field;
  let found = [{ item: value, pointer: /** @type {Pointer} */ ([]) }];
  for (const part of reference.slice(1).split("/")) {
    below = below?.fields?.[part];
    key = below?.key ?? key;
    below = below?.items;
    found = found.flatMap(({ item, pointer }) => (Array.isArray(item?.[part]) ? item[part] : []).map((/** @type {any} */ inside, /** @type {number} */ at) => ({ item: inside, pointer: [...pointer, part, at] })));
  }
  return found.flatMap(({ item, pointer }) => (typeof item?.[key] === "string" ? [{ name: item[key], pointer }] : []));
}
