/* Chooses which items of a checklist are shown: the reader's own, the next, the late ones or all. */

import { recall, remember } from "./address.js";
import { isTicked, rolesOf } from "./checklist_runs.js";
import { VIEWS, viewsOf } from "./checklist_views.js";
import { make } from "./dom.js";
import { _ } from "./language.js";
import { read, write } from "./storage.js";

/** @typedef {import("./checklist_runs.js").List} List */
/** @typedef {import("./checklist_runs.js").Run} Run */

const ROLE = "role";

/**
 * Adds the choice of views, and the progress of each group to its heading.
 *
 * @param {HTMLElement} tools
 * @param {List} list
 * @param {Map<string, {row: HTMLElement, who: Element | null}>} lines
 * @param {() => void} chosen Shows the run again.
 */
export function makeViews(tools, list, lines, chosen) {
  const box = /** @type {HTMLElement} */ (tools.parentElement?.querySelector(".hb-run__views") ?? make("div"));
  const roles = rolesOf(list);
  const isDated = list.groups.some((group) => group.items.some((item) => item.due !== undefined || item.after));
  const words = { mine: _("Mine"), next: _("Up next"), late: _("Late"), all: _("All") };
  const offered = VIEWS.filter((view) => view === "all" || (view === "mine" ? roles.length > 1 : isDated));
  const asked = new URL(location.href).searchParams.get("view");
  let view = offered.find((each) => each === asked) ?? "all";

  const counts = new Map(offered.map((each) => [each, make("span", { class: "hb-count" })]));
  const labels = offered.map((each) => {
    const radio = make("input", { type: "radio", name: "view", value: each, checked: each === view, onchange: () => pick(each) });
    return make("label", {}, radio, `${words[each]} `, /** @type {HTMLElement} */ (counts.get(each)));
  });
  const role = make(
    "select",
    { class: "hb-field" },
    make("option", { value: "" }, _("Choose a role")),
    ...roles.map((each) => make("option", { value: each }, each)),
  );
  const kept = read(ROLE);
  if (roles.includes(kept)) role.value = kept;
  recall(role, "role");
  role.addEventListener("change", () => {
    write(ROLE, role.value || undefined);
    remember([["role", ""]]);
    chosen();
  });
  const empty = make("p", { class: "hb-run__empty", role: "status" });
  if (offered.length > 1) box.append(make("fieldset", { class: "hb-choose" }, make("legend", { class: "hb-hidden" }, _("Show")), ...labels));
  if (roles.length > 1) box.append(make("label", { class: "hb-run__me" }, make("span", {}, _("I am")), role));
  if (box.childElementCount) box.append(empty);
  else box.remove();

  const groups = list.groups.map((group) => {
    const rows = group.items.map((item) => lines.get(item.id)?.row);
    const body = rows[0]?.parentElement;
    let heading = body?.previousElementSibling;
    while (heading && !heading.matches("h2")) heading = heading.previousElementSibling;
    const bar = make("span", { class: "hb-bar__fill" });
    const told = make("small", {});
    if (!list.threshold) heading?.append(" ", told, make("span", { class: "hb-bar", "aria-hidden": "true" }, bar));
    return { group, rows, body, heading, bar, told };
  });

  /** @param {typeof view} picked */
  function pick(picked) {
    view = picked;
    remember([["view", view === "all" ? "" : view]]);
    chosen();
  }

  return {
    /** Shows the items of the view, and returns the IDs in each view. @param {Run} run @param {string} today */
    show(run, today) {
      const ids = viewsOf(list, run, role.value, today);
      for (const each of offered) {
        const count = counts.get(each);
        if (count) count.textContent = each === "mine" && !role.value ? "" : String(ids[each].length);
      }
      const shown = new Set(ids[view]);
      for (const { group, rows, body, heading, bar, told } of groups) {
        for (const [index, item] of group.items.entries()) {
          const row = rows[index];
          if (!row) continue;
          row.hidden = !shown.has(item.id);
          row.querySelector(".hb-sign")?.classList.toggle("hb-sign--you", Boolean(role.value) && item.role === role.value);
        }
        const included = group.items.filter((item) => ids.all.includes(item.id));
        const ticked = included.filter((item) => isTicked(run, item)).length;
        const isEmpty = !group.items.some((item) => shown.has(item.id));
        if (body instanceof HTMLElement) body.hidden = isEmpty;
        if (heading instanceof HTMLElement) heading.hidden = isEmpty;
        told.textContent = _("%(number)s of %(total)s", { number: ticked, total: included.length });
        bar.style.width = `${included.length ? (100 * ticked) / included.length : 0}%`;
      }
      const none = { mine: role.value ? _("No items for this role.") : _("Choose your role to see its items."), next: _("Nothing is next."), late: _("Nothing is late."), all: "" };
      empty.textContent = shown.size ? "" : none[view];
      return ids;
    },
  };
}
