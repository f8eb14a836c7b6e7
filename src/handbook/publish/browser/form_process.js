/* Checks what a process alone has: the dates of its calendar, and the time that its summary promises. It repeats
   `base/rhythm.py`, `base/recurrence.py` and `kinds/process/`, whose words come from the engine. */

import { valueAt } from "./form_items.js";
import { LENGTH_OF_DAY, all, expression, number } from "./form_rules.js";
import { shown } from "./form_words.js";

/** @typedef {import("./form_rules.js").Check} Check */
/** @typedef {import("./form_rules.js").Pattern} Pattern */
/** @typedef {Record<string, number>} Numbers Numbers by their names. */
/** @typedef {{weekday: Numbers, month: Numbers, number: Numbers, position: Numbers, alike: Record<string, string>, any: string[], onPages: Record<string, string>}} Words
 *   `onPages` has rhythms by what the pages of another language call them. */
/** @typedef {{unit: string, interval: number, weekdays: number[], position: number, day: number, months: number[]}} Rhythm As
 *   `Recurrence` of the engine has it. `day` of a single date is all of it. */

const WORKING_DAYS = [0, 1, 2, 3, 4];
const MONTHS = Array.from({ length: 12 }, (_each, month) => month + 1);
/** The most days between two dates of a rhythm: a 29 February before 2100 and the next one. */
const LONGEST = 8 * 366;
const HOURS = 8;

/** @type {Record<string, Check>} */
export const CHECKS = {
  dates: ({ data: { words, start } }, { value }) => {
    const days = [value.changes ?? []].flat().map((change) => number(change?.date)).filter((day) => !Number.isNaN(day));
    const first = days.length ? Math.min(...days) : number(start);
    return [value.calendar ?? []].flat().flatMap((/** @type {any} */ event, /** @type {number} */ place) => {
      if (typeof event?.repeats !== "string") return [];
      const found = (/** @type {string} */ fault, name = "repeats", /** @type {number[]} */ ...item) => ({ pointer: ["calendar", place, name, ...item], fault, words: { value: shown(valueAt(event, [name, ...item])) } });
      const rhythm = readRhythm(event.repeats, words);
      if (!rhythm) {
        const meant = named(words.onPages, event.repeats.toLowerCase().split(/\s+/).filter(Boolean).join(" "));
        return [{ ...found(meant ? "foreign" : "unread"), ...(meant ? { meant } : {}) }];
      }
      const since = number(event.since);
      if (Number.isNaN(since) && rhythm.interval > 1) return [found("start")];
      const from = Number.isNaN(since) ? (rhythm.unit === "once" ? rhythm.day : first) : since;
      const until = Number.isNaN(number(event.until)) ? Infinity : number(event.until);
      const isDate = (/** @type {number} */ day) => day >= from && day <= until && takesPlace(rhythm, from, day);
      const except = [event.except ?? []].flat();
      if (!hasDate(isDate, from, until, new Set(except.map(number)))) return [found("none")];
      const short = rhythm.unit === "month" && rhythm.months.some((month) => rhythm.day > new Date(Date.UTC(2025, month, 0)).getUTCDate());
      const idle = except.flatMap((day, item) => (Number.isNaN(number(day)) || isDate(number(day)) ? [] : [found("absent", "except", item)]));
      return [...(short ? [found("skips")] : []), ...idle];
    });
  },
  promise: ({ patterns = {}, data: { units, numbers, days, exact } }, { value: { summary, steps } }) => {
    if (typeof summary !== "string" || !Array.isArray(steps) || !steps.length) return [];
    const pattern = (/** @type {string} */ name) => /** @type {Pattern} */ (patterns[name]);
    const amount = (word = "") => named(numbers, word.toLowerCase()) ?? named(numbers, word.toLowerCase().replace(/n$/, "")) ?? Number(word.replace(",", "."));
    const times = all(summary, pattern("duration"));
    const isPromise = times.every((time) => {
      const end = time.index + time[0].length;
      const sentence = all(summary.slice(0, time.index), pattern("sentence")).at(-1);
      const before = summary.slice(sentence ? sentence.index + sentence[0].length : 0, time.index).replace(expression(pattern("aside"), "g"), "");
      return time.groups?.promise && !expression(pattern("part")).test(before) && !expression(pattern("other"), "y").test(summary.slice(end));
    });
    const rest = summary.replace(expression(pattern("duration"), "g"), "");
    const added = all(rest, pattern("more")).map(({ groups }) => amount(groups?.added ?? groups?.number ?? groups?.other));
    if (!times.length || !isPromise || expression(pattern("number")).test(rest.replace(expression(pattern("more"), "g"), ""))) return [];
    const given = times.map(({ groups }) => ({ amount: amount(groups?.number), name: groups?.unit?.toLowerCase() ?? "" }));
    const longest = Math.max(...given.map(({ name }) => named(units, name) ?? 0));
    const hours = [...given.map((each) => each.amount * (named(units, each.name) ?? 0)), ...added.map((each) => each * longest)];
    const needed = longestWay(steps, days);
    const num = Math.ceil(needed - 1e-9);
    const isLess = hours.reduce((sum, each) => sum + each, 0) / HOURS < needed - 1e-9;
    const isMore = hasLimit(steps) && given.every(({ name }) => exact.includes(name)) && Math.max(...hours) / HOURS > num;
    return isLess || isMore ? [{ pointer: ["summary"], fault: isLess ? "less" : "more", words: { num } }] : [];
  },
};

/** Returns the working days of the longest way through steps, without those that it returns to. @param {any[]} steps @param {Numbers} days Working days of each unit. */
function longestWay(steps, days) {
  const places = new Map(steps.map((step, place) => [step?.id, place]));
  /** @type {number[]} */
  const longest = [];
  for (let place = steps.length - 1; place >= 0; place -= 1) {
    const step = steps[place];
    const answers = step?.decision?.answers ?? [];
    const next = answers.length ? answers.map((/** @type {any} */ answer) => places.get(answer?.go_to) ?? -1) : [place + 1];
    const [amount = "0", unit = ""] = String(step?.time_allowed ?? "").split(" ");
    longest[place] = Number(amount) * (named(days, unit.replace(/s$/, "")) ?? 0) + Math.max(0, ...next.map((/** @type {number} */ after) => (after > place ? (longest[after] ?? 0) : 0)));
  }
  return longest[0] ?? 0;
}

/** Returns whether no step is untimed or repeated. @param {any[]} steps */
function hasLimit(steps) {
  const places = new Map(steps.map((step, place) => [step?.id, place]));
  const isBack = (/** @type {any} */ answer, /** @type {number} */ place) => (places.get(answer?.go_to) ?? Infinity) <= place;
  return steps.every((step, place) => step?.time_allowed !== undefined && !step.decision?.answers?.some((/** @type {any} */ answer) => isBack(answer, place)));
}

/**
 * Returns the rhythm that a text says; nothing if it can't be read.
 *
 * @param {string} text
 * @param {Words} words
 * @returns {Rhythm | undefined}
 */
export function readRhythm(text, words) {
  const plain = text.toLowerCase().replaceAll(",", " , ").split(/\s+/).filter((word) => word && word !== "the").map((word) => named(words.alike, word) ?? word).join(" ");
  const rhythm = { unit: "day", interval: 1, weekdays: /** @type {number[]} */ ([]), position: 0, day: 0, months: /** @type {number[]} */ ([]) };
  if (/^(daily|every day)$/.test(plain)) return rhythm;
  if (plain.startsWith("once ")) {
    const [, date = ""] = /^once (?:, )?on (.*)$/.exec(plain) ?? [];
    const day = number(date);
    return Number.isNaN(day) ? undefined : { ...rhythm, unit: "once", day };
  }
  const [, day = "", months = ""] = /^(?:every )?(.*?) of (?:every )?(.*)$/.exec(plain) ?? [];
  return months ? monthly(day, months, words, rhythm) : weekly(plain, words, rhythm);
}

/** @param {string} plain @param {Words} words @param {Rhythm} rhythm */
function weekly(plain, { any, weekday, number: numbers }, rhythm) {
  const [, text = ""] = /^every (.*)$/.exec(plain) ?? [];
  if (any.includes(text)) return { ...rhythm, unit: "week", weekdays: WORKING_DAYS };
  const [, count = "", isOther, days = ""] = /^(?:(?:(.*?) )?weeks? on |(other )?)(.*)$/.exec(text) ?? [];
  const weekdays = numbersOf(days, weekday);
  const interval = isOther || count === "other" ? 2 : count ? (named(numbers, count) ?? small(count)) : 1;
  return interval && weekdays.length ? { ...rhythm, unit: "week", interval, weekdays } : undefined;
}

/** @param {string} text The day. @param {string} of Its months. @param {Words} words @param {Rhythm} rhythm */
function monthly(text, of, { any, weekday, month, position: positions }, rhythm) {
  const [first = "", ...rest] = text.split(" ");
  const what = rest.join(" ");
  const place = named(positions, first) ?? 0;
  const on = named(weekday, what);
  const isDay = !what || what === "day";
  const day = what === "day" ? place : what ? 0 : small(first.slice(0, -2));
  const weekdays = isDay ? [] : any.includes(what) ? WORKING_DAYS : on === undefined ? [] : [on];
  const isLast = place < 0;
  const months = of === "month" ? MONTHS : of === "quarter" ? MONTHS.filter((each) => each % 3 === (isLast ? 0 : 1)) : of === "year" ? [isLast ? 12 : 1] : numbersOf(of, month);
  const isKnown = isDay ? day === -1 || (day > 0 && day <= 31) : place && weekdays.length;
  return isKnown && months.length ? { ...rhythm, unit: "month", position: isDay ? 0 : place, day, weekdays, months } : undefined;
}

/** Returns the numbers of a list of names; none if it is no such list. @param {string} text @param {Numbers} known */
function numbersOf(text, known) {
  const names = text.replaceAll(" , and ", " , ").replaceAll(" and ", " , ").split(" , ");
  const found = names.flatMap((name) => named(known, name) ?? []);
  return found.length === names.length ? found : [];
}

/** Returns what has a name. @template Value @param {Record<string, Value>} known @param {string} name */
const named = (known, name) => (Object.hasOwn(known, name) ? known[name] : undefined);

/** Returns a number of one or two digits; 0 for any other text. @param {string} text */
const small = (text) => (/^\d{1,2}$/.test(text) ? Number(text) : 0);

/** Returns the day of the week; Monday is 0. @param {number} day */
const weekdayOf = (day) => (((day + 3) % 7) + 7) % 7;

/** Returns whether a day is one of a rhythm. @param {Rhythm} rhythm @param {number} first Its first possible day. @param {number} day */
function takesPlace({ unit, interval, weekdays, position, day: wanted, months }, first, day) {
  if (unit !== "week" && unit !== "month") return unit === "day" || day === wanted;
  if (unit === "week") {
    // Weeks begin on Monday and are counted from that of the first date.
    const start = first + Math.min(...weekdays.map((each) => (each - weekdayOf(first) + 7) % 7));
    const weeks = (day - weekdayOf(day) - (start - weekdayOf(start))) / 7;
    return weeks % interval === 0 && weekdays.includes(weekdayOf(day));
  }
  const date = new Date(day * LENGTH_OF_DAY);
  const [own, last] = [date.getUTCDate(), new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()];
  if (!months.includes(date.getUTCMonth() + 1)) return false;
  if (wanted) return own === (wanted < 0 ? last : wanted);
  // The number of such weekdays up to the day, or from it on.
  const others = Array.from({ length: position < 0 ? last - own + 1 : own }, (_each, by) => weekdayOf(day + (position < 0 ? by : -by)));
  return weekdays.includes(weekdayOf(day)) && others.filter((each) => weekdays.includes(each)).length === Math.abs(position);
}

/** Returns whether an event has a date that is no exception. @param {(day: number) => boolean} isDate @param {number} from @param {number} until @param {Set<number>} except */
function hasDate(isDate, from, until, except) {
  for (let day = from, last = from; day <= until && day - last <= LONGEST; day += 1) {
    if (!isDate(day)) continue;
    if (!except.has(day)) return true;
    last = day;
  }
  return false;
}
