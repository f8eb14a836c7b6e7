/* Formats numbers, dates and file names as the pages do. */

const numbers = new Intl.NumberFormat("en-GB");
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Formats a number, such as `12,400`. @param {number} amount */
export const number = (amount) => numbers.format(amount);

/** Formats a number with its noun. @param {number} amount @param {string} one */
export const count = (amount, one) => `${number(amount)} ${one}${amount === 1 ? "" : "s"}`;

/** Formats a date for a page. @param {string} day A date such as `2026-12-14`. */
export const inWords = (day) => days.format(new Date(`${day}T00:00:00Z`));

/** Turns a title into a file name without its extension. @param {string} title */
export const fileName = (title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
