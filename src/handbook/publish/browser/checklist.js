/* Checklist tools: stored ticks, several runs, due dates and export. The page already contains the checklist.
   `checklist_runs.js` has the logic; this module updates the page. */

import {
  addRun,
  changeRun,
  done,
  dueDate,
  isTicked,
  itemsOf,
  markSeen,
  missing,
  news,
  putBack,
  readRuns,
  removeRun,
  rolesOf,
  shownRun,
  tick,
} from "./checklist_runs.js";
import { calendar, csv, issue, markdown, titleOf } from "./checklist_text.js";
import { copy, download, make, quiet, say } from "./dom.js";
import { _, ngettext } from "./language.js";
import { onChange, read, warn, write } from "./storage.js";
import { fileName, inWords } from "./words.js";

/** @typedef {import("./checklist_runs.js").Runs} Runs */
/** @typedef {import("./checklist_runs.js").Run} Run */
/** @typedef {{box: HTMLInputElement, row: HTMLElement, due: HTMLElement | null, words: string}} Line */

/** Returns a button. @param {string} words @param {() => void} pressed */
const action = (words, pressed) => make("button", { type: "button", class: "md-button", onclick: pressed }, words);

/** @param {HTMLElement} tools */
export function start(tools) {
  /** @type {import("./checklist_runs.js").List} */
  const list = JSON.parse(tools.dataset.list ?? "");
  const items = itemsOf(list);
  const name = `checklist/${list.key}`;
  const lines = new Map(items.map((item) => [item.id, lineOf(item.id)]));
  /** The run before the last change, while Undo is available. @type {{words: string, run: Run} | undefined} */
  let undo;

  const state = () => readRuns(read(name));
  const run = () => shownRun(state());
  const page = () => location.href.replace(/[?#].*/, "");

  /** @param {string} id @returns {Line} */
  function lineOf(id) {
    const row = /** @type {HTMLElement} */ (document.getElementById(`${list.prefix}${id}`));
    const box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    const due = /** @type {HTMLElement | null} */ (row.querySelector(".hb-checks__due"));
    return { box, row, due, words: due?.textContent ?? "" };
  }

  /** Stores the runs and shows them. @param {Runs} changed @param {typeof undo} [before] */
  function keep(changed, before) {
    undo = before;
    if (!write(name, changed)) warn(tools, _("your ticks"));
    show();
  }

  const tabs = make("div", { class: "hb-runs__tabs", role: "group", "aria-label": _("Checklist runs") });
  const title = make("input", { class: "hb-field", type: "text", maxlength: "80", placeholder: _("For example, Checkout launch") });
  title.addEventListener("change", () => keep(changeRun(state(), list, { name: title.value.trim() })));
  const zero = make("input", { class: "hb-field", type: "date", min: "1970-01-01", max: "9998-12-31" });
  zero.addEventListener("change", () => keep(changeRun(state(), list, { start: zero.value })));
  const changes = make("div", { class: "hb-runs__news" });
  const back = make("p", { class: "hb-runs__undo" });
  const remove = action(_("Delete run"), () => {
    const before = run();
    keep(removeRun(state()), { words: _("“%(name)s” deleted.", { name: before.name || list.name }), run: before });
  });
  const clear = action(_("Clear all ticks"), () => {
    const before = run();
    keep(changeRun(state(), list, { ticks: {} }), { words: _("Ticks cleared."), run: before });
  });
  const take = [
    action(_("Copy as Markdown"), () => copy(markdown(list, run()), _("Checklist copied"), _("Checklist"))),
    action(_("Copy as CSV"), () => copy(csv(list, run()), _("Table copied"), _("Table"))),
  ];
  const begin = make("a", { class: "md-button", target: "_blank", rel: "noopener" }, _("Create issue"));
  const dated = items.some((item) => item.due !== undefined);
  if (dated) take.push(action(_("Download calendar file"), intoCalendar));

  const facts = make("div", { class: "hb-runs__facts" }, make("label", {}, make("span", {}, _("Name of this run")), title));
  if (dated) facts.append(make("label", {}, make("span", {}, list.zero ? _("Day zero: %(what)s", { what: list.zero }) : _("Day zero")), zero));
  const people = rolesOf(list).map((role) => {
    const field = make("input", { class: "hb-field", type: "text", maxlength: "80", autocomplete: "off" });
    field.addEventListener("change", () => {
      const { [role]: _before, ...others } = run().people ?? {};
      const name = field.value.trim();
      keep(changeRun(state(), list, { people: name ? { ...others, [role]: name } : others }));
    });
    return { role, field };
  });
  const names = make(
    "details",
    { class: "hb-runs__people" },
    make("summary", {}, _("Names for the roles")),
    make("div", { class: "hb-runs__facts" }, ...people.map(({ role, field }) => make("label", {}, make("span", {}, role), field))),
  );
  tools.append(
    changes,
    tabs,
    facts,
    ...(people.length ? [names] : []),
    make("div", { class: "hb-runs__actions" }, ...take, ...(list.issue ? [begin] : []), clear, remove),
    back,
  );

  const told = make("output", { "aria-live": "polite" });
  const bar = make("progress", { "aria-label": _("Progress"), max: String(items.length) });
  const progress = make("div", { class: "hb-checks__count" }, told);
  if (!list.threshold) progress.append(bar);
  const last = lines.get(items.at(-1)?.id ?? "");
  last?.row.parentElement?.after(progress);

  for (const item of items) {
    const line = lines.get(item.id);
    line?.box.addEventListener("change", () => {
      const ticked = line.box.checked;
      keep(changeRun(state(), list, tick(run(), item, ticked)));
    });
  }

  function intoCalendar() {
    if (!run().start) {
      say(_("Set day zero first to calculate the dates"));
      zero.focus();
      return;
    }
    const text = calendar(list, run(), page(), new Date());
    if (text) download(`${fileName(titleOf(list, run()))}.ics`, text, "text/calendar");
    else say(_("No open items have a due date"));
  }

  function showTabs() {
    const { runs, shown } = state();
    const others = runs.length > 1 ? runs : [];
    tabs.replaceChildren(
      ...others.map((each) => {
        const words = `${each.name || list.name} ${done(list, each)}/${items.length}`;
        const pressed = String(each.id === shown);
        const choose = () => keep({ ...state(), shown: each.id });
        return make("button", { type: "button", class: "hb-runs__tab", "aria-pressed": pressed, onclick: choose }, words);
      }),
      quiet(_("New run"), () => {
        keep(addRun(state(), list));
        title.select();
      }),
    );
    remove.hidden = runs.length < 2;
  }

  function showNews() {
    const { added, changed, gone } = news(list, run());
    const told = [
      added.length ? ngettext("%(num)s new item", "%(num)s new items", added.length, { num: added.length }) : "",
      changed.length ? ngettext("%(num)s changed item to review", "%(num)s changed items to review", changed.length, { num: changed.length }) : "",
      gone ? ngettext("%(num)s item removed", "%(num)s items removed", gone, { num: gone }) : "",
    ].filter(Boolean);
    for (const item of items) {
      const marked = added.includes(item) ? _("new") : changed.includes(item) ? _("changed") : "";
      const row = lines.get(item.id)?.row;
      row?.querySelector(".hb-tag--news")?.remove();
      if (marked) row?.querySelector("label")?.after(" ", make("span", { class: "hb-tag hb-tag--news" }, marked));
    }
    changes.replaceChildren();
    if (!told.length) return;
    changes.append(
      make(
        "p",
        { role: "status" },
        `${_("This checklist has changed since you started: %(changes)s. Your other ticks are unchanged.", { changes: told.join(", ") })} `,
        quiet(_("Dismiss"), () => keep(changeRun(state(), list, markSeen(list)))),
      ),
    );
  }

  function showUndo() {
    if (!undo) return back.replaceChildren();
    const { words, run: before } = undo;
    const button = quiet(_("Undo"), () => {
      keep(putBack(state(), before));
      clear.focus();
    });
    back.replaceChildren(`${words} `, button);
    button.focus();
  }

  function showLines() {
    const shown = run();
    const today = new Intl.DateTimeFormat("sv-SE").format(new Date());
    for (const item of items) {
      const line = lines.get(item.id);
      if (!line) continue;
      const { box, row, due, words } = line;
      const first = missing(list, shown, item);
      box.checked = isTicked(shown, item);
      box.disabled = first.length > 0 && !box.checked;
      row.classList.toggle("hb-checks__locked", box.disabled);
      row.querySelector(".hb-checks__first")?.remove();
      row.querySelector(".hb-checks__person")?.remove();
      const person = shown.people?.[item.role ?? ""];
      if (person) row.querySelector(".hb-checks__meta")?.append(make("span", { class: "hb-tag hb-checks__person" }, person));
      if (box.disabled) {
        const names = first.map((each) => each.name).join("; ");
        row.querySelector("label")?.after(make("p", { class: "hb-checks__first" }, _("Complete first: %(names)s", { names })));
      }
      const date = dueDate(list, shown, item);
      if (due) {
        const late = Boolean(date) && date < today && !box.checked;
        due.textContent = date ? `${inWords(date)}${late ? _(" (overdue)") : ""}` : words;
        due.classList.toggle("hb-checks__due--late", late);
      }
    }
  }

  function showProgress() {
    const ticked = done(list, run());
    bar.value = ticked;
    progress.hidden = !ticked;
    const counts = { number: ticked, total: items.length };
    told.textContent = list.threshold ? _("%(number)s of %(total)s ticked", counts) : _("%(number)s of %(total)s done", counts);
    if (!list.threshold) return;
    const reached = ticked >= list.threshold;
    for (const [box, holds] of /** @type {const} */ ([["reached", reached], ["not-reached", !reached]])) {
      const verdict = document.getElementById(`${list.prefix}score-${box}`);
      verdict?.classList.toggle("hb-pair__verdict", holds && ticked > 0);
      const words = verdict?.querySelector("p:not(.hb-pair__title)")?.textContent;
      if (holds && ticked && words) told.textContent += `. ${words}`;
    }
  }

  function show() {
    const shown = run();
    if (document.activeElement !== title) title.value = shown.name;
    if (document.activeElement !== zero) zero.value = shown.start;
    for (const { role, field } of people) if (document.activeElement !== field) field.value = shown.people?.[role] ?? "";
    showTabs();
    showNews();
    showUndo();
    showLines();
    showProgress();
    begin.href = issue(list, shown, page());
  }

  onChange(tools, name, show);
  // Include ticks that the reader set before this script was loaded.
  for (const item of items) {
    const early = lines.get(item.id)?.box.checked && !isTicked(run(), item);
    if (early && !missing(list, run(), item).length) keep(changeRun(state(), list, tick(run(), item, true)));
  }
  show();
}
