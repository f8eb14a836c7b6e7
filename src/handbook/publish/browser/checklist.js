/* A run of a checklist: its card, rows and views. The page already contains the checklist.
   `checklist_runs.js`, `checklist_views.js` and `checklist_link.js` have the logic; this module updates the page. */

import { makeCard } from "./checklist_card.js";
import { isLink, merged, opened } from "./checklist_link.js";
import { addRun, changeRun, done, dueDate, isTicked, itemsOf, missing, news, putBack, readRuns, removeRun, shownRun, tick } from "./checklist_runs.js";
import { makeViews } from "./checklist_select.js";
import { stateOf } from "./checklist_views.js";
import { make, say } from "./dom.js";
import { _, ngettext } from "./language.js";
import { onChange, read, warn, write } from "./storage.js";
import { inShort, inWords } from "./dates.js";

/** @typedef {import("./checklist_runs.js").Runs} Runs */
/** @typedef {import("./checklist_runs.js").Run} Run */
/** @typedef {import("./checklist_runs.js").Item} Item */
/** @typedef {import("./checklist_link.js").Shared} Shared */
/** @typedef {{box: HTMLInputElement, row: HTMLElement, due: HTMLElement | null, words: string, who: Element | null, role: string}} Line */

/** @param {HTMLElement} tools */
export function start(tools) {
  /** @type {import("./checklist_runs.js").List} */
  const list = JSON.parse(tools.dataset.list ?? "");
  const items = itemsOf(list);
  const name = `checklist/${list.key}`;
  const lines = new Map(items.map((item) => [item.id, lineOf(item.id)]));
  const wait = tools.querySelector("[data-icon=wait]")?.firstElementChild;
  /** What the last change can be taken back with. @type {{words: string, back: () => Runs} | undefined} */
  let undo;
  /** A run from a link, until the reader decides. @type {Shared | undefined} */
  let shared;
  /** The reader looks at the shared run. */
  let isLooking = false;

  const state = () => readRuns(read(name));
  const run = () => (isLooking && shared ? shared.run : shownRun(state()));
  const today = () => new Intl.DateTimeFormat("sv-SE").format(new Date());

  /** @param {string} id @returns {Line} */
  function lineOf(id) {
    const row = /** @type {HTMLElement} */ (document.getElementById(`${list.prefix}${id}`));
    const box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    const due = /** @type {HTMLElement | null} */ (row.querySelector(".hb-checks__due"));
    const who = row.querySelector(".hb-checks__who > :last-child");
    return { box, row, due, words: due?.textContent ?? "", who, role: who?.textContent ?? "" };
  }

  /** Stores the runs and shows them. @param {Runs} changed @param {typeof undo} [before] */
  function keep(changed, before) {
    undo = before;
    if (!write(name, changed)) warn(tools, _("your ticks"));
    show();
  }

  /** @param {Partial<Run>} change @param {string} [words] What to say next to Undo. */
  function change(change, words) {
    const before = run();
    keep(changeRun(state(), list, change), words ? { words, back: () => putBack(state(), before) } : undefined);
  }

  const card = makeCard(tools, list, {
    run,
    state,
    isLooking: () => isLooking,
    change,
    choose: (id) => keep({ ...state(), shown: id }),
    add: () => keep(addRun(state(), list)),
    remove() {
      const before = run();
      const words = _("“%(name)s” deleted.", { name: before.name || list.name });
      keep(removeRun(state()), { words, back: () => putBack(state(), before) });
    },
    takeOver,
    look() {
      isLooking = true;
      show();
    },
    leave,
    undo() {
      if (undo) keep(undo.back());
    },
  });
  const views = makeViews(tools, list, lines, show);

  /** Forgets the run of the link, in the address too. */
  function leave() {
    shared = undefined;
    isLooking = false;
    history.replaceState(history.state, "", location.href.replace(/#.*/, ""));
    show();
  }

  /** The run of the link that this browser already has. @param {Runs} runs */
  const twin = (runs) => runs.runs.find(({ key }) => key && key === shared?.run.key);

  function takeOver() {
    if (!shared) return;
    const runs = state();
    const own = twin(runs);
    const { run: other } = shared;
    leave();
    if (!own) {
      const added = addRun(runs, list, other);
      // A first run without anything in it gives way.
      const isUntouched = runs.runs.length === 1 && !Object.keys(runs.runs[0]?.at ?? {}).length && !Object.keys(runs.runs[0]?.ticks ?? {}).length;
      const next = isUntouched ? { ...added, runs: added.runs.slice(1) } : added;
      return keep(next, { words: _("You have taken over “%(name)s”.", { name: other.name || list.name }), back: () => runs });
    }
    const { run: both, changed, kept } = merged(own, other);
    const told = [
      changed.length ? ngettext("%(num)s change taken over.", "%(num)s changes taken over.", changed.length) : _("You already had everything."),
      kept.length ? ngettext("%(num)s newer change of yours is kept.", "%(num)s newer changes of yours are kept.", kept.length) : "",
    ];
    keep(putBack(runs, both), { words: told.filter(Boolean).join(" "), back: () => putBack(state(), own) });
  }

  /** Reads the end of the address. */
  function arrive() {
    if (!isLink(location.hash)) {
      const id = decodeURIComponent(location.hash.slice(1));
      const row = Array.from(lines.values()).find((line) => line.row.id === id)?.row;
      row?.querySelector("details")?.setAttribute("open", "");
      return;
    }
    shared = opened(list, location.hash, Math.floor(Date.now() / 1000));
    isLooking = false;
    show();
    // The title of the page stays in sight where there is room.
    tools.querySelector(".hb-run__notice")?.scrollIntoView({ block: "nearest" });
  }

  for (const item of items) {
    const line = lines.get(item.id);
    line?.box.addEventListener("click", (event) => {
      const first = missing(list, run(), item);
      if (line.box.getAttribute("aria-disabled") !== "true") return;
      event.preventDefault();
      say(isLooking ? _("Take the run over to tick its items.") : _("Complete first: %(names)s", { names: first.map((each) => each.name).join("; ") }));
    });
    const details = line?.row.querySelector("details");
    details?.querySelector("summary")?.addEventListener("click", () => details.toggleAttribute("data-asked", !details.open));
    line?.box.addEventListener("change", () => change(tick(run(), item, line.box.checked)));
  }

  function markNews() {
    const { added, changed } = news(list, run());
    for (const item of items) {
      const marked = added.includes(item) ? _("new") : changed.includes(item) ? _("changed") : "";
      const row = lines.get(item.id)?.row;
      row?.querySelector(".hb-tag--news")?.remove();
      if (marked && !isLooking) row?.querySelector(".hb-checks__name")?.append(" ", make("span", { class: "hb-tag hb-tag--news" }, marked));
    }
  }

  function showLines() {
    const shown = run();
    const day = today();
    for (const item of items) {
      const line = lines.get(item.id);
      if (!line) continue;
      const { box, row, due, words, who, role } = line;
      const first = missing(list, shown, item);
      // The names of variants say nothing new once one is chosen.
      row.querySelector(".hb-checks__only")?.toggleAttribute("hidden", Boolean(shown.variant));
      box.checked = isTicked(shown, item);
      const isLocked = isLooking || (first.length > 0 && !box.checked);
      if (isLocked) box.setAttribute("aria-disabled", "true");
      else box.removeAttribute("aria-disabled");
      row.querySelector(".hb-checks__first")?.remove();
      if (first.length && !box.checked) {
        const names = first.map((each) => each.name).join("; ");
        row.querySelector(".hb-checks__more")?.prepend(make("p", { class: "hb-checks__first" }, _("Complete first: %(names)s", { names })));
      }
      if (who) who.textContent = shown.people?.[item.role ?? ""] || role;
      if (due) showDue(due, item, shown, day, words);
    }
  }

  /** @param {HTMLElement} due @param {Item} item @param {Run} shown @param {string} day @param {string} words */
  function showDue(due, item, shown, day, words) {
    const found = stateOf(list, shown, item, day);
    const date = dueDate(list, shown, item);
    const told = make("span", date ? { title: inWords(date) } : {}, date ? inShort(date, day) : words);
    if (date && (found === "late" || found === "soon")) told.className = `hb-chip hb-chip--${found}`;
    const state = { late: _("overdue"), soon: _("due soon"), waiting: _("waiting"), done: "", open: "" }[found];
    due.replaceChildren(...(found === "waiting" && wait ? [wait.cloneNode(true)] : []), told, ...(state ? [make("span", { class: "hb-hidden" }, ` (${state})`)] : []));
  }

  /** Shows the verdict of a checklist with a score, and returns its words. */
  function showVerdict() {
    if (!list.threshold) return "";
    const ticked = done(list, run());
    const reached = ticked >= list.threshold;
    let told = "";
    for (const [box, holds] of /** @type {const} */ ([["reached", reached], ["not-reached", !reached]])) {
      const verdict = document.getElementById(`${list.prefix}score-${box}`);
      verdict?.classList.toggle("hb-pair__verdict", holds && ticked > 0);
      const words = verdict?.querySelector("p:not(.hb-pair__title)")?.textContent;
      if (holds && ticked && words) told = words;
    }
    return told;
  }

  function show() {
    showLines();
    markNews();
    const ids = views.show(run(), today());
    card.show({ shared, twin: twin(state()), views: ids, verdict: showVerdict(), undo: undo?.words ?? "", news: isLooking ? undefined : news(list, run()) });
  }

  onChange(tools, name, show);
  addEventListener("hashchange", () => tools.isConnected && arrive());
  // Include ticks that the reader set before this script was loaded.
  for (const item of items) {
    const early = lines.get(item.id)?.box.checked && !isTicked(run(), item);
    if (early && !missing(list, run(), item).length) keep(changeRun(state(), list, tick(run(), item, true)));
  }
  show();
  arrive();
}
