/* Compares two or three rows of a table side by side. The selection is in the URL. */

import { remember } from "./address.js";
import { make, say } from "./dom.js";
import { _, ngettext } from "./language.js";

const MOST = 3;
const FEWEST = 2;
const LONG = 40;

/** @typedef {{id: string, row: HTMLTableRowElement, name: string, box: HTMLInputElement}} Choice */

/**
 * Adds a box to each row, and what compares the ticked ones.
 *
 * @param {HTMLElement} table The frame of the table. `data-compare` has the titles of values that no column shows.
 * @param {HTMLTableRowElement[]} rows Each has these values in its own `data-compare`.
 * @param {HTMLElement[]} heads The heads of the columns.
 * @param {string} field The name of the selection in the URL.
 */
export function compare(table, rows, heads, field) {
  const titles = heads.map((head) => head.textContent?.trim() ?? "");
  /** @type {string[]} */
  const further = JSON.parse(table.dataset.compare ?? "[]");
  const asked = new URL(location.href).searchParams.get(field)?.split(",") ?? [];
  const choices = rows.map(choice);
  const words = make("span", { role: "status" });
  const open = make("button", { type: "button", class: "md-button md-button--small", onclick: show }, _("Compare"));
  const clear = make("button", { type: "button", class: "md-button md-button--small md-button--quiet", onclick: reset }, _("Clear"));
  const tray = make("div", { class: "hb-tray", role: "group", "aria-label": _("Comparison"), "data-take": "no" }, words, open, clear);
  const panel = make("section", { class: "hb-versus", tabindex: "-1", "aria-label": _("Comparison") });
  table.after(tray, panel);
  update();

  /** @param {HTMLTableRowElement} row @returns {Choice} */
  function choice(row) {
    const cell = row.cells[0];
    const name = cell?.querySelector("a")?.textContent?.trim() || (cell?.textContent?.trim() ?? "");
    const box = make("input", { type: "checkbox", autocomplete: "off", "aria-label": _("Compare %(name)s", { name }), onchange: change });
    const id = row.dataset.id ?? "";
    box.checked = asked.includes(id) && asked.indexOf(id) < MOST;
    cell?.prepend(make("span", { class: "hb-pick" }, box));
    return { id, row, name, box };
  }

  /** The ticked rows, in the order of the table. */
  function chosen() {
    return choices.filter(({ box }) => box.checked);
  }

  /** @param {Event} event */
  function change(event) {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (chosen().length > MOST) {
      box.checked = false;
      say(ngettext("You can compare %(num)s row.", "You can compare up to %(num)s rows.", MOST));
    }
    update();
    remember([[field, chosen().map(({ id }) => id).join(",")]]);
  }

  function reset() {
    const [first] = chosen();
    for (const { box } of choices) box.checked = false;
    update();
    remember([[field, ""]]);
    first?.box.focus();
  }

  function show() {
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "start" });
  }

  function update() {
    const found = chosen();
    for (const { row, box } of choices) row.classList.toggle("hb-picked", box.checked);
    tray.hidden = !found.length;
    panel.hidden = found.length < FEWEST;
    open.hidden = panel.hidden;
    const names = found.map(({ name }) => name).join(", ");
    words.textContent = panel.hidden ? _("%(names)s: select one more to compare", { names }) : names;
    panel.replaceChildren(...(panel.hidden ? [] : [drawn(found)]));
  }

  /** Returns the comparison. @param {Choice[]} found */
  function drawn(found) {
    const corner = make("th", { scope: "col" }, _("Compare"), make("small", {}, _("≠ marks what differs")));
    const head = make("tr", {}, corner, ...found.map(({ row }) => make("th", { scope: "col" }, ...contents(row.cells[0]))));
    const body = titles.slice(1).map((title, at) => line(title, found.map(({ row }) => row.cells[at + 1])));
    for (const [at, title] of further.entries()) body.push(line(title, found.map(({ row }) => listed(row, at, found))));
    return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body.flatMap((row) => row ?? [])));
  }

  /** Returns a row; none if no one has a value. @param {string} title @param {(HTMLElement | undefined)[]} cells */
  function line(title, cells) {
    const texts = cells.map((cell) => cell?.textContent?.trim() ?? "");
    if (!texts.some(Boolean)) return undefined;
    const differs = new Set(texts).size > 1;
    const mark = differs ? [make("span", { class: "hb-differs", role: "img", "aria-label": _("differs") }, "≠")] : [];
    return make(
      "tr",
      { class: differs && "hb-different" },
      make("th", { scope: "row" }, title, " ", ...mark),
      ...cells.map((cell) => make("td", {}, ...(cell?.textContent?.trim() ? contents(cell) : ["–"]))),
    );
  }

  /** Returns a value that no column shows. In a list, what not all have is marked. @param {HTMLTableRowElement} row
   * @param {number} at @param {Choice[]} found */
  function listed(row, at, found) {
    const value = valueOf(row, at);
    if (!Array.isArray(value)) return make("span", {}, value);
    const others = found.map((each) => valueOf(each.row, at));
    if (value.some((word) => word.length > LONG)) return make("span", {}, make("ul", {}, ...value.map((word) => make("li", {}, word))));
    const tags = value.map((word) => {
      const isShared = others.every((other) => other.includes(word));
      return make("span", { class: isShared ? "hb-tag" : "hb-tag hb-tag--own" }, word);
    });
    return make("span", {}, make("span", { class: "hb-tags" }, ...tags));
  }
}

/** @param {HTMLTableRowElement} row @param {number} at @returns {string | string[]} */
const valueOf = (row, at) => JSON.parse(row.dataset.compare ?? "[]")[at] ?? "";

/** Returns copies of what is in a cell, without its box. @param {HTMLElement | undefined} cell */
function contents(cell) {
  const nodes = Array.from(cell?.childNodes ?? [], (node) => node.cloneNode(true));
  return nodes.filter((node) => !(node instanceof Element && node.matches(".hb-pick")));
}
