/* Filters a long table by words and columns, and sorts it by any column. */

import { recall, remember, share } from "./address.js";
import { control } from "./clip.js";
import { blocksIn, pageTitle } from "./clip_read.js";
import { compare } from "./compare.js";
import { make, quiet } from "./dom.js";
import { excelFile } from "./files.js";
import { _, ngettext } from "./language.js";
import { number } from "./words.js";

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Returns words without case and accents, for comparison. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {HTMLElement | undefined} cell */
const shown = (cell) => cell?.textContent?.trim() ?? "";

/** Returns the values of a cell, of which there can be several. @param {HTMLElement | undefined} cell */
function values(cell) {
  const parts = Array.from(cell?.querySelectorAll(".hb-each") ?? [], (part) => part.textContent?.trim() ?? "");
  return parts.length ? parts : [shown(cell)];
}

/** Returns the sort key of a cell: its value if its text sorts incorrectly. @param {HTMLElement | undefined} cell */
const value = (cell) => cell?.dataset.sort ?? shown(cell);

/** @param {HTMLElement} box */
export function start(box) {
  const bodies = Array.from(box.querySelectorAll("tbody"));
  const rows = bodies.flatMap((body) => Array.from(body.rows)).filter((row) => !row.matches(".hb-group"));
  const homes = new Map(rows.map((row) => [row, /** @type {HTMLElement} */ (row.parentElement)]));
  const [first] = bodies;
  if (!first || !rows.length) return;
  const texts = rows.map((row) => plain(`${row.textContent} ${row.dataset.find ?? ""}`));
  const heads = Array.from(box.querySelectorAll("thead th")).map((head) => /** @type {HTMLElement} */ (head));
  const names = heads.map((head) => head.dataset.column ?? plain(shown(head)).replace(/\s+/g, "-"));
  const before = Array.from(document.querySelectorAll("[data-hb=table]")).indexOf(box);
  const prefix = before ? `${before + 1}.` : "";

  const search = make("input", { class: "hb-field", type: "search", placeholder: _("Filter rows"), "aria-label": _("Filter rows") });
  const choices = heads.flatMap((head, column) => {
    const offered = new Set(rows.flatMap((row) => values(row.cells[column])).filter(Boolean));
    if (head.dataset.choices === undefined || offered.size < 2) return [];
    const title = shown(head);
    const select = make("select", { class: "hb-field", "aria-label": title }, new Option(_("%(title)s: all", { title }), ""));
    const ordered = rows.toSorted((a, b) => collator.compare(value(a.cells[column]), value(b.cells[column])));
    for (const name of ordered.flatMap((row) => values(row.cells[column]))) {
      if (offered.delete(name)) select.add(new Option(name));
    }
    return [{ select, column, name: names[column] ?? "" }];
  });
  const ended = rows.filter((row) => row.dataset.ended !== undefined).length;
  const scope = ended && ended < rows.length ? segments() : undefined;
  const order = make("select", { class: "hb-field hb-table__order", "aria-label": _("Sort") }, new Option(_("Sort: default"), ""));
  heads.forEach((head, column) => {
    order.add(new Option(_("%(title)s (ascending)", { title: shown(head) }), names[column]));
    order.add(new Option(_("%(title)s (descending)", { title: shown(head) }), `-${names[column]}`));
  });
  const count = make("output", { "aria-live": "polite" });
  const none = make("p", { class: "hb-none" }, `${_("No matching rows.")} `);
  const more = quiet("", showAll);
  const clear = quiet(_("Clear"), reset);
  const link = share(_("Copy link to this view"));
  const what = pageTitle();
  const take = control({ what, blocks: () => blocksIn(box), words: _("Copy rows"), look: "md-button--small", files: [excelFile(what)] });
  /** The fields stored in the URL. @type {[HTMLInputElement | HTMLSelectElement, string][]} */
  const fields = [
    [search, `${prefix}find`],
    [order, `${prefix}sort`],
    ...(scope ? [/** @type {[HTMLInputElement, string]} */ ([scope.all, `${prefix}show`])] : []),
    ...choices.map(({ select, name }) => /** @type {[HTMLSelectElement, string]} */ ([select, prefix + name])),
  ];
  const tools = make(
    "div",
    { class: "hb-table__tools", role: "search", "aria-label": _("Table filters") },
    search,
    ...(scope ? [scope.box] : []),
    ...choices.map(({ select }) => select),
    order,
    make("span", { class: "hb-table__state" }, count, clear, link, take),
  );

  heads.forEach((head, column) => {
    const button = make("button", { type: "button", class: "hb-table__sort" }, ...head.childNodes);
    button.addEventListener("click", () => {
      const name = names[column] ?? "";
      order.value = order.value === name ? `-${name}` : order.value === `-${name}` ? "" : name;
      apply();
    });
    head.append(button);
  });

  function reset() {
    search.value = "";
    for (const { select } of choices) select.value = "";
    if (scope) scope.used.checked = true;
    order.value = "";
    apply();
    search.focus();
  }

  /** Returns the choice between the rows in use and all rows. */
  function segments() {
    const group = `${prefix}show`;
    const option = (/** @type {string} */ words, /** @type {string} */ value, /** @type {number} */ total) => {
      const field = make("input", { type: "radio", name: group, value, checked: !value });
      const label = make("label", {}, field, words, " ", make("span", { class: "hb-count" }, number(total)));
      return { field, label };
    };
    const used = option(_("In use"), "", rows.length - ended);
    const all = option(_("All"), "all", rows.length);
    const legend = make("legend", { class: "hb-hidden" }, _("Rows to show"));
    return { box: make("fieldset", { class: "hb-choose" }, legend, used.label, all.label), all: all.field, used: used.field };
  }

  function showAll() {
    if (scope) scope.all.checked = true;
    apply();
  }

  function sort() {
    const down = order.value.startsWith("-");
    const column = names.indexOf(order.value.replace(/^-/, ""));
    heads.forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    if (column < 0) return rows;
    const filled = rows.filter((row) => value(row.cells[column]));
    const empty = rows.filter((row) => !value(row.cells[column]));
    filled.sort((a, b) => collator.compare(value(a.cells[column]), value(b.cells[column])));
    return [...(down ? filled.reverse() : filled), ...empty];
  }

  let sorted = "";

  function show() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const wanted = choices.filter(({ select }) => select.value);
    const fits = rows.map((row, index) => {
      const text = texts[index] ?? "";
      return (
        words.every((word) => text.includes(word)) &&
        wanted.every(({ select, column }) => values(row.cells[column]).includes(select.value))
      );
    });
    const isUsed = (/** @type {HTMLElement} */ row) => row.dataset.ended === undefined;
    // Who asks for what is no longer in use, and for nothing else, is shown it at once.
    const isAll = !scope || scope.all.checked || !rows.some((row, index) => fits[index] && isUsed(row));
    let fitting = 0;
    let folded = 0;
    rows.forEach((row, index) => {
      row.hidden = !fits[index] || !(isAll || isUsed(row));
      if (!row.hidden) fitting += 1;
      else if (fits[index]) folded += 1;
    });
    if (sorted !== order.value) {
      // A sorted table has no groups.
      if (order.value) first?.append(...sort());
      else for (const row of rows) homes.get(row)?.append(row);
    }
    sorted = order.value;
    for (const body of bodies) {
      const [name] = body.rows;
      const isEmpty = Array.from(body.rows).every((row) => row.hidden || row.matches(".hb-group"));
      if (name?.matches(".hb-group")) name.hidden = isEmpty || Boolean(order.value);
    }
    const total = isAll ? rows.length : rows.length - ended;
    const all = fitting === total;
    count.textContent = all
      ? ngettext("%(num)s row", "%(num)s rows", total)
      : ngettext("%(number)s of %(num)s row", "%(number)s of %(num)s rows", total, { number: fitting });
    clear.hidden = link.hidden = all && !order.value;
    if (fitting) none.remove();
    else box.append(none);
    more.textContent = ngettext("Show %(num)s more that isn't in use", "Show %(num)s more that aren't in use", folded);
    if (folded) box.append(more);
    else more.remove();
  }

  function apply() {
    show();
    remember(fields.map(([field, name]) => [name, field.type === "radio" && !(/** @type {HTMLInputElement} */ (field).checked) ? "" : field.value]));
  }

  for (const [field, name] of fields) recall(field, name);
  tools.addEventListener("input", apply);
  box.querySelector(":scope > .hb-table__tools--place")?.remove();
  box.prepend(tools);
  if (box.dataset.compare !== undefined) compare(box, rows, heads, `${prefix}compare`);
  show();
}
