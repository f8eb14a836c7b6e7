/* Strings in the language of the page. `make words` collects them in the catalogue of the engine. */

import { language, texts } from "./texts.js";

const plurals = new Intl.PluralRules(language);
/** Formats numbers with all of their decimals. */
export const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });

/** Returns a string with the values of its places. @param {string} text @param {Record<string, unknown>} values */
export const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (place, name) => String(values[name] ?? place));

/**
 * Returns a string for readers.
 *
 * @param {string} text The string in English, with places such as `%(day)s`.
 * @param {Record<string, unknown>} [values] The values for the places.
 */
export function _(text, values = {}) {
  const found = texts[text];
  return filled(typeof found === "string" ? found : text, values);
}

/**
 * Returns a string for readers that depends on a number.
 *
 * @param {string} one The string in English for one, with places such as `%(num)s`.
 * @param {string} many The string for any other number.
 * @param {number} amount The number. It also fills the place `%(num)s`.
 * @param {Record<string, unknown>} [values] The values for other places.
 */
export function ngettext(one, many, amount, values = {}) {
  const found = texts[one];
  const text = typeof found === "object" ? found[plurals.select(amount)] : undefined;
  return filled(text ?? (amount === 1 ? one : many), { num: numbers.format(amount), ...values });
}
