/* A month of the calendar and its agenda, from the dates of recurring events, as `kinds/process/month.py` does. A date
   is a number of days after the first Monday that the data knows. */

const WEEK = 7;

/** How many weeks a month shows at least, from that of today. */
export const WEEKS = 4;

/**
 * A recurring event.
 *
 * @typedef {object} Series
 * @property {string} name
 * @property {{name: string, url: string | null}} process
 * @property {number} hue
 * @property {string} at
 * @property {string} time
 * @property {number} minutes
 * @property {string} task
 * @property {string} due_at
 * @property {string[]} who
 * @property {string} days The day of each event, such as `4 11`, or its first and last day: `7-25`.
 * @property {string} dues The day of each deadline and of its event, such as `10-16`.
 *
 * @typedef {{series: Series, day: number, last: number, at: string, event: number | null}} Occasion
 * @typedef {{occasion: Occasion, begin: number, end: number, lane: number, goes_on: boolean, went_on: boolean}} Bar
 * @typedef {{day: number, occasions: Occasion[]}} Day
 * @typedef {{days: Day[], bars: Bar[], lanes: number}} Week
 */

/** Returns pairs of days. The first can be before the origin. @param {string} text @returns {[number, number][]} */
const pairs = (text) => Array.from(text.matchAll(/(-?\d+)(?:-(\d+))?/g), ([, first, last]) => [Number(first), Number(last ?? first)]);

/** @param {string} a @param {string} b */
const compare = (a, b) => (a < b ? -1 : Number(a > b));

/**
 * Returns the events and deadlines in a range of dates, by date, time and name.
 *
 * @param {Series[]} all
 * @param {number} first @param {number} last
 * @returns {Occasion[]}
 */
export function occasions(all, first, last) {
  const found = all.flatMap((series) => [
    ...pairs(series.days).map(([day, end]) => ({ series, day, last: end, at: series.at, event: null })),
    ...pairs(series.dues).map(([day, event]) => ({ series, day, last: day, at: series.due_at, event })),
  ]);
  const shown = found.filter((each) => each.day <= last && each.last >= first);
  return shown.toSorted((a, b) => a.day - b.day || compare(a.at, b.at) || compare(a.series.name, b.series.name));
}

/** Returns the weeks that a range of dates touches. @param {Occasion[]} found @param {number} first @param {number} last */
export function weeks(found, first, last) {
  const events = found.filter(({ event }) => event === null);
  /** @type {Week[]} */
  const all = [];
  for (let monday = first - (first % WEEK); monday <= last; monday += WEEK) {
    const sunday = monday + WEEK - 1;
    const bars = lanes(events.filter((each) => each.last > each.day && each.day <= sunday && each.last >= monday), monday);
    const days = Array.from({ length: WEEK }, (_, at) => monday + at).map((day) => ({
      day,
      occasions: events.filter((each) => each.day === day && each.last === day),
    }));
    all.push({ days, bars, lanes: Math.max(0, ...bars.map(({ lane }) => lane + 1)) });
  }
  return all;
}

/** @param {Occasion[]} events @param {number} monday @returns {Bar[]} */
function lanes(events, monday) {
  /** @type {number[]} */
  const ends = [];
  return events.map((occasion) => {
    const begin = Math.max(occasion.day - monday, 0);
    const end = Math.min(occasion.last - monday, WEEK - 1);
    const free = ends.findIndex((taken) => taken < begin);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    return { occasion, begin, end, lane, goes_on: occasion.last - monday >= WEEK, went_on: occasion.day < monday };
  });
}

/**
 * Returns the agenda of a range of dates. What began before it is on its first day, if `running`.
 *
 * @param {Occasion[]} found
 * @param {number} first @param {number} last
 * @param {boolean} running
 * @returns {Day[]}
 */
export function agenda(found, first, last, running) {
  const shown = found.filter((each) => each.day <= last && (each.day >= first || (running && each.last >= first)));
  const days = [...new Set(shown.map((each) => Math.max(each.day, first)))].toSorted((a, b) => a - b);
  return days.map((day) => ({ day, occasions: shown.filter((each) => Math.max(each.day, first) === day) }));
}

/** Returns the last day of all events. @param {Series[]} all */
export const lastDay = (all) => Math.max(0, ...all.map(({ days }) => pairs(days).at(-1)?.[0] ?? 0));

/** Returns the Sunday of a week, from that of a date, which is number 1. @param {number} day @param {number} number */
export const endOfWeek = (day, number) => day - (day % WEEK) + number * WEEK - 1;
