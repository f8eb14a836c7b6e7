/* The card of a run: name, day zero, variant, progress, where its ticks are kept, and what comes by a link. */

import { shareMenu } from "./checklist_share.js";
import { done, itemsIn, markSeen, rolesOf } from "./checklist_runs.js";
import { choicesOf } from "./checklist_text.js";
import { make, quiet } from "./dom.js";
import { _, ngettext } from "./language.js";

/** @typedef {import("./checklist_runs.js").List} List */
/** @typedef {import("./checklist_runs.js").Run} Run */
/** @typedef {import("./checklist_runs.js").Runs} Runs */
/** @typedef {import("./checklist_link.js").Shared} Shared */

/**
 * @typedef {object} Desk What the card can ask for and do.
 * @property {() => Run} run
 * @property {() => Runs} state
 * @property {() => boolean} isLooking
 * @property {(change: Partial<Run>, words?: string) => void} change
 * @property {(id: string) => void} choose
 * @property {() => void} add
 * @property {() => void} remove
 * @property {() => void} takeOver
 * @property {() => void} look
 * @property {() => void} leave
 * @property {() => void} undo
 *
 * @typedef {object} Shown
 * @property {Shared} [shared]
 * @property {Run} [twin] The run of this browser that the shared one is a copy of.
 * @property {Record<"mine" | "next" | "late" | "all", string[]>} views
 * @property {string} verdict
 * @property {string} undo
 * @property {{added: unknown[], changed: unknown[], gone: number}} [news]
 */

/** @param {string} words @param {() => void} pressed @param {string} [look] */
const action = (words, pressed, look = "") => make("button", { type: "button", class: `md-button md-button--small ${look}`.trim(), onclick: pressed }, words);

/** @param {string} words @param {Node} field @param {string} [hint] */
const labelled = (words, field, hint) => make("label", {}, make("span", {}, words), field, ...(hint ? [make("small", {}, hint)] : []));

/**
 * Fills the card.
 *
 * @param {HTMLElement} tools
 * @param {List} list
 * @param {Desk} desk
 */
export function makeCard(tools, list, desk) {
  const lock = tools.querySelector(".hb-run__kept .hb-i");
  const arrow = tools.querySelector("[data-icon=open]")?.firstElementChild;
  const dated = list.groups.some((group) => group.items.some((item) => item.due !== undefined));
  const roles = rolesOf(list);

  const title = make("input", { class: "hb-field", type: "text", maxlength: "80", placeholder: _("For example, Checkout launch") });
  title.addEventListener("change", () => desk.change({ name: title.value.trim() }));
  const zero = make("input", { class: "hb-field", type: "date", min: "1970-01-01", max: "9998-12-31" });
  zero.addEventListener("change", () => desk.change({ start: zero.value }));
  const people = roles.map((role) => {
    const field = make("input", { class: "hb-field", type: "text", maxlength: "80", autocomplete: "off" });
    field.addEventListener("change", () => {
      const { [role]: _before, ...others } = desk.run().people ?? {};
      const name = field.value.trim();
      desk.change({ people: name ? { ...others, [role]: name } : others });
    });
    return { role, field };
  });
  const radios = [{ id: "", name: _("All") }, ...(list.variants ?? [])].map(({ id, name }) => {
    const radio = make("input", { type: "radio", name: "variant", value: id, onchange: () => desk.change({ variant: id }) });
    return { radio, label: make("label", {}, radio, name) };
  });
  const variants = make("fieldset", { class: "hb-choose" }, make("legend", { class: "hb-hidden" }, list.variant ?? _("Variant")), ...radios.map(({ label }) => label));

  const heading = make("span", { class: "hb-run__name" });
  const runs = make("div", { class: "hb-run__runs", role: "group", "aria-label": _("Checklist runs") });
  const remove = action(_("Delete run"), desk.remove);
  const settings = make(
    "details",
    { class: "hb-run__settings" },
    make("summary", {}, heading, ...(arrow ? [arrow] : [])),
    make(
      "div",
      { class: "hb-run__panel" },
      runs,
      labelled(_("Name of this run"), title),
      make("div", { class: "hb-run__actions" }, action(_("Clear all ticks"), () => desk.change({ ticks: {} }, _("Ticks cleared."))), remove),
    ),
  );
  const names = make(
    "details",
    { class: "hb-run__people" },
    make("summary", {}, _("Names for the roles")),
    make("div", { class: "hb-run__fields" }, ...people.map(({ role, field }) => labelled(role, field))),
  );

  const told = make("output", { class: "hb-run__told", "aria-live": "polite" });
  const fill = make("span", { class: "hb-bar__fill" });
  const kept = make("span", {}, make("b", {}, _("Kept in this browser only.")), " ", _("No one sees your ticks until you share the run."));
  const notice = make("div", { class: "hb-run__notice" });
  const back = make("p", { class: "hb-run__undo", role: "status" });
  const set = make("div", { class: "hb-run__set" });
  if (dated) set.append(labelled(_("Day zero"), zero, list.zero));
  if (list.variants) set.append(make("div", {}, make("span", { class: "hb-run__label", "aria-hidden": "true" }, list.variant ?? _("Variant")), variants));

  // Fields are not printed; their values are.
  const choice = make("p", { class: "hb-run__choice" });

  const share = shareMenu(list, { run: desk.run, change: desk.change, askForDate: () => zero.focus() });
  tools.replaceChildren(
    ...Array.from(tools.querySelectorAll(":scope > .hb-unkept")),
    notice,
    make("div", { class: "hb-run__top" }, settings, share),
    ...(set.childElementCount ? [set, choice] : []),
    make("div", { class: "hb-run__progress" }, ...(list.threshold ? [] : [make("span", { class: "hb-bar", "aria-hidden": "true" }, fill)]), told),
    back,
    make("div", { class: "hb-run__foot" }, make("p", { class: "hb-run__kept" }, ...(lock ? [lock] : []), kept), ...(people.length ? [names] : [])),
  );

  /** @param {Runs} state */
  function showRuns({ runs: all, shown }) {
    const others = all.length > 1 ? all : [];
    runs.replaceChildren(
      ...others.map((each) => {
        const words = `${each.name || list.name} ${done(list, each)}/${itemsIn(list, each).length}`;
        return make("button", { type: "button", class: "hb-run__run", "aria-pressed": String(each.id === shown), onclick: () => desk.choose(each.id) }, words);
      }),
      quiet(_("New run"), () => {
        desk.add();
        settings.open = true;
        title.select();
      }),
    );
    remove.hidden = all.length < 2;
  }

  /** @param {Shared} shared @param {Run | undefined} twin */
  function arrival({ problem, run, unknown, changed }, twin) {
    const problems = {
      "": "",
      broken: _("This link doesn't contain a run that can be read. Ask for it again, and copy the whole link."),
      version: _("This link comes from a newer version of the handbook. Reload the page, or ask for a Markdown copy."),
      list: _("This link contains a run of another checklist. Open it on the page of that checklist."),
    };
    if (problem) return make("div", { class: "hb-note hb-note--wait" }, make("div", {}, make("p", {}, problems[problem]), action(_("Close"), desk.leave)));
    const counts = { number: done(list, run), total: itemsIn(list, run).length, name: run.name || list.name };
    const left = [
      choicesOf(list, run).join(" · "),
      unknown ? ngettext("%(num)s tick is of an item that this list doesn't have; it is left out.", "%(num)s ticks are of items that this list doesn't have; they are left out.", unknown) : "",
      changed ? ngettext("%(num)s item has changed since it was ticked; its tick is left out.", "%(num)s items have changed since they were ticked; their ticks are left out.", changed) : "",
      twin ? _("You have this run already: of each item, the newer change counts.") : "",
    ].filter(Boolean);
    const words = desk.isLooking() ? _("You are looking at “%(name)s”: %(number)s of %(total)s done. Nothing is stored.", counts) : _("A run was shared with you: “%(name)s”, %(number)s of %(total)s done.", counts);
    const buttons = [
      action(twin ? _("Merge with my run") : _("Take over"), desk.takeOver, "md-button--primary"),
      ...(desk.isLooking() ? [] : [action(_("Just look"), desk.look)]),
      action(_("Close"), desk.leave),
    ];
    return make("div", { class: "hb-note" }, make("div", {}, make("p", { role: "status" }, make("b", {}, words)), ...left.map((each) => make("p", {}, each)), make("div", { class: "hb-run__actions" }, ...buttons)));
  }

  /** @param {NonNullable<Shown["news"]>} news */
  function changes({ added, changed, gone }) {
    const said = [
      added.length ? ngettext("%(num)s new item", "%(num)s new items", added.length) : "",
      changed.length ? ngettext("%(num)s changed item to review", "%(num)s changed items to review", changed.length) : "",
      gone ? ngettext("%(num)s item removed", "%(num)s items removed", gone) : "",
    ].filter(Boolean);
    if (!said.length) return [];
    const words = _("This checklist has changed since you started: %(changes)s. Your other ticks are unchanged.", { changes: said.join(", ") });
    return [make("div", { class: "hb-note hb-run__news" }, make("p", { role: "status" }, `${words} `, quiet(_("Dismiss"), () => desk.change(markSeen(list)))))];
  }

  return {
    /** @param {Shown} shown */
    show({ shared, twin, views, verdict, undo, news }) {
      const run = desk.run();
      heading.textContent = run.name || _("Name this run");
      heading.classList.toggle("hb-run__name--none", !run.name);
      choice.textContent = choicesOf(list, run).join(" · ");
      if (document.activeElement !== title) title.value = run.name;
      if (document.activeElement !== zero) zero.value = run.start;
      for (const { role, field } of people) if (document.activeElement !== field) field.value = run.people?.[role] ?? "";
      const chosen = list.variants?.some(({ id }) => id === run.variant) ? run.variant : "";
      for (const { radio } of radios) radio.checked = radio.value === chosen;
      for (const field of tools.querySelectorAll("input, .hb-run__panel button")) field.toggleAttribute("disabled", desk.isLooking());
      showRuns(desk.state());
      const counts = { number: done(list, run), total: views.all.length };
      fill.style.width = `${counts.total ? (100 * counts.number) / counts.total : 0}%`;
      const late = views.late.length;
      told.replaceChildren(
        make("b", {}, list.threshold ? _("%(number)s of %(total)s ticked", counts) : _("%(number)s of %(total)s done", counts)),
        ...(late ? [" · ", make("b", { class: "hb-run__late" }, _("%(number)s late", { number: late }))] : []),
        ...(dated && !list.threshold && views.next.length && counts.number < counts.total ? [" · ", _("%(number)s next", { number: views.next.length })] : []),
        verdict ? `. ${verdict}` : "",
      );
      notice.replaceChildren(...(shared ? [arrival(shared, twin)] : []), ...(news ? changes(news) : []));
      back.replaceChildren(...(undo ? [`${undo} `, quiet(_("Undo"), desk.undo)] : []));
    },
  };
}
