/* Keeps the choices on a page in its URL, so that a reader can share the same view. */

import { copy, quiet } from "./dom.js";
import { _ } from "./language.js";

/**
 * Sets a field to its value in the URL, if the field allows that value.
 *
 * @param {HTMLInputElement | HTMLSelectElement} field
 * @param {string} name
 */
export function recall(field, name) {
  const asked = new URL(location.href).searchParams.get(name);
  if (asked === null) return;
  if (field.type === "radio") {
    if (field.value === asked) /** @type {HTMLInputElement} */ (field).checked = true;
    return;
  }
  const fits = field instanceof HTMLInputElement || Array.from(field.options).some((option) => option.value === asked);
  if (fits) field.value = asked;
}

/** Writes the choices to the URL and removes empty ones. @param {[string, string][]} chosen */
export function remember(chosen) {
  const address = new URL(location.href);
  for (const [name, value] of chosen) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
}

/** Returns a button that copies the URL. @param {string} words Its label. */
export const share = (words) => quiet(words, () => copy(location.href, _("Link copied"), _("Link")));
