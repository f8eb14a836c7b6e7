/* Formats dates as the pages do. */

import { language } from "./texts.js";

const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Formats a date for a page. @param {string} day A date such as `2026-12-14`. */
export const inWords = (day) => days.format(new Date(`${day}T00:00:00Z`));

const shortDays = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
const shortDaysOfYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Formats a date for a narrow column: without the year if it is near. @param {string} day @param {string} today */
export function inShort(day, today) {
  const date = new Date(`${day}T00:00:00Z`);
  const isNear = Math.abs(date.getTime() - Date.parse(`${today}T00:00:00Z`)) < 300 * 86_400_000;
  return (isNear ? shortDays : shortDaysOfYear).format(date);
}
