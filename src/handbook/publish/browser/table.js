/* Filters a long table by words and columns, and sorts it by any column. */

import { recall, remember, share } from "./address.js";
import { control } from "./clip.js";
import { blocksIn, pageTitle } from "./clip_read.js";
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
  const body = box.querySelector("tbody");
  if (!body) return;
  const rows = Array.from(body.rows);
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
  const order = make("select", { class: "hb-field hb-table__order", "aria-label": _("Sort") }, new Option(_("Sort: default"), ""));
  heads.forEach((head, column) => {
    order.add(new Option(_("%(title)s (ascending)", { title: shown(head) }), names[column]));
    order.add(new Option(_("%(title)s (descending)", { title: shown(head) }), `-${names[column]}`));
  });
  const count = make("output", { "aria-live": "polite" });
  const none = make("p", { class: "hb-none" }, `${_("No matching rows.")} `);
  const clear = quiet(_("Clear"), reset);
  const link = share(_("Copy link to this view"));
  const what = pageTitle();
  const take = control({ what, blocks: () => blocksIn(box), words: _("Copy rows"), look: "md-button--small", files: [excelFile(what)] });
  /** The fields stored in the URL. @type {[HTMLInputElement | HTMLSelectElement, string][]} */
  const fields = [
    [search, `${prefix}find`],
    [order, `${prefix}sort`],
    ...choices.map(({ select, name }) => /** @type {[HTMLSelectElement, string]} */ ([select, prefix + name])),
  ];
  const tools = make(
    "div",
    { class: "hb-table__tools", role: "search", "aria-label": _("Table filters") },
    search,
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
    order.value = "";
    apply();
    search.focus();
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
    let fitting = 0;
    rows.forEach((row, index) => {
      const text = texts[index] ?? "";
      const fits =
        words.every((word) => text.includes(word)) &&
        wanted.every(({ select, column }) => values(row.cells[column]).includes(select.value));
      row.hidden = !fits;
      if (fits) fitting += 1;
    });
    if (sorted !== order.value) body?.append(...sort());
    sorted = order.value;
    const all = fitting === rows.length;
    const total = rows.length;
    count.textContent = all
      ? ngettext("%(num)s row", "%(num)s rows", total, { num: number(total) })
      : ngettext("%(number)s of %(num)s row", "%(number)s of %(num)s rows", total, { number: fitting, num: number(total) });
    clear.hidden = link.hidden = all && !order.value;
    if (fitting) none.remove();
    else box.append(none);
  }

  function apply() {
    show();
    remember(fields.map(([field, name]) => [name, field.value]));
  }

  for (const [field, name] of fields) recall(field, name);
  tools.addEventListener("input", apply);
  box.prepend(tools);
  show();
}
