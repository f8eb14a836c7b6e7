/* The calendar: other months, and the events of one role. The page has the month of its build. */

import { recall, remember } from "./address.js";
import { WEEKS, agenda, endOfWeek, lastDay, occasions, weeks } from "./calendar_month.js";
import { copy, make } from "./dom.js";
import { _, ngettext } from "./language.js";
import { read, write } from "./storage.js";
import { language } from "./texts.js";

/** @typedef {import("./calendar_month.js").Series} Series */
/** @typedef {import("./calendar_month.js").Occasion} Occasion */
/** @typedef {import("./calendar_month.js").Day} Day */

const DAY = 86_400_000;
const WEEKEND = 5;
const ROLE = "calendar-role";

/** @param {Intl.DateTimeFormatOptions} parts */
function format(parts) {
  const words = new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC" });
  return (/** @type {Date} */ day) => words.format(day);
}
const inMonth = format({ month: "long", year: "numeric" });
const weekday = format({ weekday: "long" });
const dayAndMonth = format({ day: "numeric", month: "long" });
const short = format({ day: "numeric", month: "short" });

/** @param {number} minutes */
function inHours(minutes) {
  const rest = minutes % 60;
  const hours = (minutes - rest) / 60;
  if (!hours) return _("%(minutes)s min", { minutes: rest });
  return rest ? _("%(hours)s h %(minutes)s min", { hours, minutes: rest }) : _("%(hours)s h", { hours });
}

/** @param {HTMLElement} box */
export function start(box) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(`.hb-cal__${name}`));
  /** @type {Series[]} */
  const all = JSON.parse(box.dataset.series ?? "[]");
  /** @type {{id: string, name: string}[]} */
  const participants = JSON.parse(box.dataset.participants ?? "[]");
  const origin = Date.parse(`${box.dataset.origin}T00:00Z`);
  const [tools, month, load, days] = [part("tools"), part("month"), part("load"), part("days")];
  const title = tools.querySelector("h2");
  const names = month.firstElementChild;
  const chevron = box.querySelector("summary > svg");
  if (!title || !names) return;

  const dateOf = (/** @type {number} */ day) => new Date(origin + day * DAY);
  const nameOf = (/** @type {number} */ day) => _("%(weekday)s %(day)s", { weekday: weekday(dateOf(day)), day: dayAndMonth(dateOf(day)) });
  const numberOf = (/** @type {number} */ year, /** @type {number} */ at, /** @type {number} */ day) => (Date.UTC(year, at, day) - origin) / DAY;
  const now = box.dataset.today ? new Date(`${box.dataset.today}T00:00`) : new Date();
  const last = lastDay(all);
  // A page that was built long ago doesn't know this month.
  const today = Math.min(Math.max(numberOf(now.getFullYear(), now.getMonth(), now.getDate()), 0), last);
  const [year, first] = [dateOf(today).getUTCFullYear(), dateOf(today).getUTCMonth()];
  const end = dateOf(last);
  const latest = (end.getUTCFullYear() - year) * 12 + end.getUTCMonth() - first;
  let shown = Math.min(Math.max(Number(new URL(location.href).searchParams.get("month")) || 0, 0), latest);

  const role = make("select", { class: "hb-field", "aria-label": _("Role"), onchange: choose }, new Option(_("For everyone"), ""));
  for (const { id, name } of participants) role.add(new Option(_("For: %(role)s", { role: name }), id));
  role.value = participants.some(({ id }) => id === read(ROLE)) ? read(ROLE) : "";
  recall(role, "role");
  const step = (/** @type {string} */ words, /** @type {string} */ glyph, /** @type {number} */ by) =>
    make("button", { type: "button", class: "md-button md-button--small", "aria-label": words, onclick: () => go(shown + by) }, glyph);
  const [back, on] = [step(_("Previous month"), "‹", -1), step(_("Next month"), "›", 1)];
  const home = make("button", { type: "button", class: "md-button md-button--small md-button--quiet", onclick: () => go(0) }, _("Today"));
  title.after(make("span", { class: "hb-split" }, back, on), home, ...(participants.length ? [role] : []));
  subscribe(part("feed"), part("address"));
  draw();

  function choose() {
    write(ROLE, role.value || undefined);
    remember([["role", role.value]]);
    draw();
  }

  /** @param {number} to */
  function go(to) {
    shown = Math.min(Math.max(to, 0), latest);
    remember([["month", shown ? String(shown) : ""]]);
    draw();
  }

  function draw() {
    const [begin, close] = [numberOf(year, first + shown, 1), numberOf(year, first + shown + 1, 0)];
    const from = shown ? begin : today;
    const [soonUntil, until] = [endOfWeek(from, 2), Math.max(close, endOfWeek(from, WEEKS))];
    const chosen = role.value ? all.filter(({ who }) => who.includes(role.value)) : all;
    const found = occasions(chosen, begin - 6, Math.max(close + 6, until));
    const name = inMonth(dateOf(begin));
    title?.replaceChildren(name);
    back.disabled = home.disabled = !shown;
    on.disabled = shown === latest;
    month.setAttribute("aria-label", name);
    const drawn = weeks(found, begin, until);
    const hasWeekends = drawn.some((week) => week.days.slice(WEEKEND).some((day) => day.occasions.length));
    box.classList.toggle("hb-cal--weekends", hasWeekends);
    const [past, ahead] = [drawn.filter(isPast), drawn.filter((week) => !isPast(week))].map((some) => some.map((week) => weekOf(week, begin, close)));
    const earlier = past?.length ? [fold(_("Earlier in the month"), past)] : [];
    if (month.querySelector("details")?.open) earlier[0]?.setAttribute("open", "");
    month.replaceChildren(/** @type {Element} */ (names), ...earlier, ...(ahead ?? []));
    const within = found.filter(({ event, day }) => event === null && day >= begin && day <= close);
    const timed = within.filter(({ series }) => series.minutes);
    const long = found.filter(({ day, last: until }) => until > day && day <= close && until >= begin);
    const further = [...new Set(long.map(({ series }) => series.name))].join(", ");
    const who = participants.find(({ id }) => id === role.value)?.name;
    const count = ngettext("in %(num)s event", "in %(num)s events", timed.length);
    load.replaceChildren(
      make("small", {}, who ? `${who}, ${name}` : name),
      " ",
      make("b", {}, inHours(timed.reduce((sum, { series }) => sum + series.minutes, 0))),
      " ",
      make("span", {}, further ? `${count}, ${_("plus %(names)s", { names: further })}` : count),
    );
    const soon = listed(agenda(found, from, soonUntil, true));
    const later = agenda(found, soonUntil + 1, close, false);
    const number = later.reduce((sum, { occasions: each }) => sum + each.length, 0);
    const none = shown ? _("Nothing in the first two weeks.") : _("Nothing this week or next.");
    const rest = () => fold(_("Later in the month"), listed(later), " ", make("span", { class: "hb-count" }, String(number)));
    days.replaceChildren(...(soon.length ? soon : [make("p", { class: "hb-none" }, none)]), ...(number ? [rest()] : []));
  }

  /** @param {import("./calendar_month.js").Week} week */
  function isPast(week) {
    return week.days.every(({ day }) => day < today);
  }

  /** @param {string} words @param {Node[]} inside @param {(Node | string)[]} more */
  function fold(words, inside, ...more) {
    return make("details", { class: "hb-details" }, make("summary", {}, chevron?.cloneNode(true) ?? "", words, ...more), make("div", {}, ...inside));
  }

  /** @param {import("./calendar_month.js").Week} week @param {number} begin @param {number} close */
  function weekOf(week, begin, close) {
    const cells = week.days.map(({ day, occasions: each }, at) => {
      const isOutside = day < begin || day > close;
      const classes = ["hb-cal__day", ...(isOutside ? ["hb-cal__day--outside"] : []), ...(day === today ? ["hb-cal__day--today"] : [])];
      const date = dateOf(day).getUTCDate();
      const number = isOutside && (date === 1 || at === 0) ? short(dateOf(day)) : String(date);
      return make("div", { class: classes.join(" "), role: "group", "aria-label": nameOf(day) }, make("b", day === today ? { "aria-current": "date" } : {}, number), ...each.map((occasion) => event(occasion)));
    });
    const bars = week.bars.map(({ occasion, begin: from, end, lane, goes_on, went_on }) => {
      const element = event(occasion);
      element.classList.add("hb-cal__bar", ...(went_on ? ["hb-cal__bar--before"] : []), ...(goes_on ? ["hb-cal__bar--after"] : []));
      element.style.setProperty("--lane", String(lane));
      element.style.gridColumn = `${from + 1} / ${end + 2}`;
      element.append(" ", make("span", {}, gist(occasion)));
      return element;
    });
    const element = make("div", { class: "hb-cal__week" }, ...cells, ...bars);
    element.style.setProperty("--lanes", String(week.lanes));
    return element;
  }

  /** @param {Occasion} occasion */
  function event({ series, at }) {
    const time = at ? [make("time", {}, at), " "] : [];
    const element = make("a", { class: "hb-cal__event hb-hue", href: series.process.url ?? undefined }, ...time, series.name);
    element.style.setProperty("--h", String(series.hue));
    return element;
  }

  /** @param {Day[]} found */
  function listed(found) {
    return found.flatMap(({ day, occasions: each }) => [
      make("h3", {}, nameOf(day)),
      make("ul", {}, ...each.map(item)),
    ]);
  }

  /** @param {Occasion} occasion */
  function item(occasion) {
    const { series } = occasion;
    const isDue = occasion.event !== null;
    const link = make("a", { class: isDue ? "hb-hue hb-cal__due" : "hb-hue", href: series.process.url ?? undefined }, make("b", {}, isDue ? series.task : series.name), " ", make("span", {}, gist(occasion)));
    link.style.setProperty("--h", String(series.hue));
    return make("li", {}, link);
  }

  /** @param {Occasion} occasion */
  function gist({ series, day, last: until, at, event: of }) {
    if (of !== null) return `${at ? `${at} · ` : ""}${_("for %(event)s on %(day)s", { event: series.name, day: dayAndMonth(dateOf(of)) })}`;
    return until > day ? _("until %(day)s", { day: dayAndMonth(dateOf(until)) }) : series.time;
  }
}

/** Shows the whole address of the feed, to copy. @param {HTMLElement} card @param {HTMLElement} place */
function subscribe(card, place) {
  const link = place.querySelector("a");
  if (!link) return;
  const address = link.href;
  const field = make("input", { class: "hb-field", readonly: true, value: address, "aria-label": _("Address of the feed") });
  field.addEventListener("focus", () => field.select());
  link.classList.add("md-button", "md-button--small");
  link.replaceChildren(_("Download"));
  link.download = "";
  place.before(field);
  place.prepend(make("button", { type: "button", class: "md-button md-button--small", onclick: () => copy(address, _("Address copied"), _("Address of the feed")) }, _("Copy the address")), " ");
  card.tabIndex = -1;
}
