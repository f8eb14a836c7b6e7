/* What a reader has chosen on a page stands in its address, so that the same view can be sent to a colleague. */

import { copy, quiet } from "./dom.js";

/**
 * Gives a field what the address asks for, if it can have that.
 *
 * @param {HTMLInputElement | HTMLSelectElement} field
 * @param {string} name
 */
export function recall(field, name) {
  const asked = new URL(location.href).searchParams.get(name);
  if (asked === null) return;
  const fits = field instanceof HTMLInputElement || Array.from(field.options).some((option) => option.value === asked);
  if (fits) field.value = asked;
}

/** Puts into the address what is chosen; an empty text is nothing chosen. @param {[string, string][]} chosen */
export function remember(chosen) {
  const address = new URL(location.href);
  for (const [name, value] of chosen) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
}

/** A button that copies the address. @param {string} what What it leads to, such as `this view`. */
export const share = (what) => quiet(`Copy link to ${what}`, () => copy(location.href, `Link to ${what}`));
