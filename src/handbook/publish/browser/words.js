/* Formats numbers and file names as the pages do. */

import { language } from "./texts.js";

const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });
const percents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 18 });

/**
 * Rounds a number half away from zero, by the digits it is written with: 1.005 is 1005/1000 and gives 1.01. This is
 * `round_half_away` of the handbook's engine.
 *
 * @param {number} value
 * @param {number} [places] The decimal places to keep.
 * @param {number} [shift] The power of ten to multiply by first, without the error of binary numbers: 2 for a percentage.
 */
export function rounded(value, places = 0, shift = 0) {
  if (!Number.isFinite(value)) return value;
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const power = Number(exponent) - digits.length + 1 + shift;
  const cut = -places - power;
  if (cut <= 0) return Number(`${value < 0 ? "-" : ""}${digits}e${power}`);
  const unit = 10n ** BigInt(cut);
  const whole = (2n * BigInt(digits) + unit) / (2n * unit);
  return Math.sign(value) * Number(`${whole}e${-places}`) || 0;
}

/** Formats a number, such as `12,400`. @param {number} amount @param {number} [places] The most decimal places to show. */
export const number = (amount, places = 3) => numbers.format(rounded(amount, places)).replace("-", "\u2212");

/** Formats a share in percent, such as `26.7%`. @param {number} share @param {number} [places] The most decimal places to show. */
export const percent = (share, places = 1) => percents.format(rounded(share, places + 2)).replace("-", "\u2212");

/** Formats a number with significant digits, such as `0.0167`. @param {number} value @param {number} [digits] */
export function significant(value, digits = 3) {
  if (!value) return "0";
  const first = rounded(value, digits - 1 - power(value));
  if (Math.abs(first) >= 1e-4 && Math.abs(first) < 1e15) return number(first, 20);
  const exponent = power(first);
  const mantissa = number(rounded(first, digits - 1, -exponent), digits);
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** Returns the power of ten of the first digit. @param {number} value */
const power = (value) => Number(value.toExponential().split("e")[1]);

/** Turns a title into a file name without its extension. @param {string} title */
export const fileName = (title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
