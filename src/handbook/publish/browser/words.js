/* Amounts, days and names, written as the pages write them. */

const numbers = new Intl.NumberFormat("en-GB");
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** An amount, such as `12,400`. @param {number} amount */
export const number = (amount) => numbers.format(amount);

/** How many of something there are. @param {number} amount @param {string} one */
export const count = (amount, one) => `${number(amount)} ${one}${amount === 1 ? "" : "s"}`;

/** A day as people write it. @param {string} day Such as `2026-12-14`. */
export const inWords = (day) => days.format(new Date(`${day}T00:00:00Z`));

/** A title as the name of a file, without its ending. @param {string} title */
export const fileName = (title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
