/* Filters a table by words and columns, and sorts it by any column. Of a very long one, it shows some rows at a time. */

import { recall, remember, share } from "./address.js";
import { control } from "./clip.js";
import { blocksIn, headingOf, pageTitle, wholeTables } from "./clip_read.js";
import { compare } from "./compare.js";
import { make, quiet } from "./dom.js";
import { excelFile } from "./files.js";
import { _, ngettext } from "./language.js";
import { fill, placeOf, readRows } from "./table_rows.js";
import { number } from "./words.js";

/** @typedef {import("./table_rows.js").Group} Group */
/** @typedef {{element: HTMLTableRowElement, group: Group, text: string, isEnded: boolean}} Row */

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
export async function start(box) {
  // If the further pages can't be read, the links to them stay.
  const { groups, most } = await readRows(box).catch(() => ({ groups: [], most: 0 }));
  /** @type {Row[]} */
  const rows = groups.flatMap((group) =>
    group.rows.map((element) => {
      const text = plain(`${element.textContent} ${element.dataset.find ?? ""}`);
      return { element, group, text, isEnded: element.dataset.ended !== undefined };
    }),
  );
  delete box.dataset.waits;
  const table = box.querySelector("table");
  const [first] = groups;
  if (!table || !first || !rows.length) {
    box.querySelector(":scope > .hb-table__tools--place")?.remove();
    return;
  }
  box.querySelector(":scope > .hb-table__parts")?.remove();
  for (const body of Array.from(table.tBodies)) body.remove();
  table.append(...groups.map(({ body }) => body));
  const heads = Array.from(box.querySelectorAll("thead th")).map((head) => /** @type {HTMLElement} */ (head));
  const names = heads.map((head) => head.dataset.column ?? plain(shown(head)).replace(/\s+/g, "-"));
  const before = placeOf(box);
  const prefix = before ? `${before + 1}.` : "";

  const search = make("input", { class: "hb-field", type: "search", placeholder: _("Filter rows"), "aria-label": _("Filter rows") });
  const choices = heads.flatMap((head, column) => (head.dataset.choices === undefined ? [] : offer(shown(head), column)));
  const ended = rows.filter(({ isEnded }) => isEnded).length;
  const scope = ended && ended < rows.length ? segments() : undefined;
  const order = make("select", { class: "hb-field hb-table__order", "aria-label": _("Sort") }, new Option(_("Sort: default"), ""));
  heads.forEach((head, column) => {
    order.add(new Option(_("%(title)s (ascending)", { title: shown(head) }), names[column]));
    order.add(new Option(_("%(title)s (descending)", { title: shown(head) }), `-${names[column]}`));
  });
  const count = make("output", { "aria-live": "polite" });
  const none = make("p", { class: "hb-none" }, `${_("No matching rows.")} `);
  const part = make("span");
  const further = quiet("", () => extend(limit + most));
  const rest = make("p", { class: "hb-table__rest" }, part, further, quiet(_("Show all"), () => extend(Infinity)));
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
    { class: "hb-table__tools", role: "search", "aria-label": _("Filter: %(what)s", { what: headingOf(box) }) },
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

  /** Returns the field for the values of a column, if it has several. @param {string} title @param {number} column */
  function offer(title, column) {
    const held = new Map(rows.map((row) => [row, values(row.element.cells[column])]));
    /** The first key of each value. @type {Map<string, string>} */
    const keys = new Map();
    for (const [{ element }, found] of held) {
      const key = value(element.cells[column]);
      for (const name of found.filter(Boolean)) {
        const lowest = keys.get(name) ?? key;
        keys.set(name, key !== lowest && collator.compare(key, lowest) < 0 ? key : lowest);
      }
    }
    if (keys.size < 2) return [];
    const select = make("select", { class: "hb-field", "aria-label": title }, new Option(_("%(title)s: all", { title }), ""));
    for (const [name] of [...keys].sort(([, a], [, b]) => collator.compare(a, b))) select.add(new Option(name));
    return [{ select, held, name: names[column] ?? "" }];
  }

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

  /** Shows more of the rows that match, and goes to the first of them. @param {number} number */
  function extend(number) {
    const next = matching[limit];
    limit = number;
    show();
    /** @type {HTMLElement | null | undefined} */ (next?.element.querySelector("a, button, input"))?.focus({ preventScroll: true });
  }

  /** Returns the rows in the chosen order. */
  function sort() {
    const down = order.value.startsWith("-");
    const column = names.indexOf(order.value.replace(/^-/, ""));
    heads.forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    if (column < 0) return rows;
    const keyed = rows.map((row) => ({ row, key: value(row.element.cells[column]) }));
    const sign = down ? -1 : 1;
    const filled = keyed.filter(({ key }) => key).sort((a, b) => sign * collator.compare(a.key, b.key));
    return [...filled, ...keyed.filter(({ key }) => !key)].map(({ row }) => row);
  }

  /** Returns what the bodies of the table have if they show rows. A sorted table has no groups. @param {Row[]} list */
  function bodiesOf(list) {
    const found = new Map(groups.map((group) => [group, /** @type {HTMLTableRowElement[]} */ ([])]));
    for (const { element, group } of list) {
      const body = found.get(order.value && first ? first : group);
      if (!body?.length && group.name && !order.value) body?.push(group.name);
      body?.push(element);
    }
    return found;
  }

  let sorted = "";
  let ordered = rows;
  /** The rows that match, of which the table shows the first ones. */
  let matching = rows;
  let limit = most;

  function show() {
    if (sorted !== order.value) ordered = sort();
    sorted = order.value;
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const wanted = choices.filter(({ select }) => select.value);
    const fitting = ordered.filter(
      (row) => words.every((word) => row.text.includes(word)) && wanted.every(({ select, held }) => held.get(row)?.includes(select.value)),
    );
    const used = fitting.filter(({ isEnded }) => !isEnded);
    // Who asks for what is no longer in use, and for nothing else, is shown it at once.
    const isAll = !scope || scope.all.checked || !used.length;
    matching = isAll ? fitting : used;
    const folded = fitting.length - matching.length;
    for (const [{ body }, elements] of bodiesOf(matching.slice(0, limit))) fill(body, elements);
    const total = isAll ? rows.length : rows.length - ended;
    const all = matching.length === total;
    count.textContent = all
      ? ngettext("%(num)s row", "%(num)s rows", total)
      : ngettext("%(number)s of %(num)s row", "%(number)s of %(num)s rows", total, { number: number(matching.length) });
    clear.hidden = link.hidden = all && !order.value;
    part.textContent = ngettext("Showing %(number)s of %(num)s row", "Showing %(number)s of %(num)s rows", matching.length, { number: number(limit) });
    further.textContent = _("Show %(number)s more", { number: number(Math.min(most, matching.length - limit)) });
    if (matching.length > limit) box.append(rest);
    else rest.remove();
    if (matching.length) none.remove();
    else box.append(none);
    more.textContent = ngettext("Show %(num)s more that isn't in use", "Show %(num)s more that aren't in use", folded);
    if (folded) box.append(more);
    else more.remove();
  }

  function apply() {
    limit = most;
    show();
    remember(fields.map(([field, name]) => [name, field.type === "radio" && !(/** @type {HTMLInputElement} */ (field).checked) ? "" : field.value]));
  }

  let unprinted = limit;

  /** Prints all rows that match. @param {Event} event */
  function whole({ type }) {
    // With instant navigation, the page can be another one by now.
    if (!box.isConnected) return window.removeEventListener(type, whole);
    if (type === "beforeprint") unprinted = limit;
    limit = type === "beforeprint" ? Infinity : unprinted;
    show();
  }

  for (const type of most < rows.length ? ["beforeprint", "afterprint"] : []) window.addEventListener(type, whole);
  for (const [field, name] of fields) recall(field, name);
  tools.addEventListener("input", apply);
  wholeTables.set(table, () => [...bodiesOf(matching).values()].flat());
  box.querySelector(":scope > .hb-table__tools--place")?.remove();
  box.prepend(tools);
  if (box.dataset.compare !== undefined) compare(box, rows.map(({ element }) => element), heads, `${prefix}compare`);
  show();
}
