/* A field that names an entry: a list to search by name or ID. It is a combobox of ARIA: the field keeps the focus. */

import { make } from "./dom.js";
import { _, ngettext } from "./language.js";

const MOST = 50;
let number = 0;

/** Reduces a text to what a search compares. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** What a search compares of each choice. @type {WeakMap<string[], string>} */
const searched = new WeakMap();

/** @param {[string, string, string]} choice */
function textOf(choice) {
  const text = searched.get(choice) ?? plain(`${choice[1]} ${choice[0]}`);
  searched.set(choice, text);
  return text;
}

/**
 * @param {object} options
 * @param {string} options.id
 * @param {string} [options.label]
 * @param {any} options.value
 * @param {() => [string, string, string][]} options.known Returns the ID, the name and the content type of each.
 * @param {(id: string) => string} options.named
 * @param {() => void} options.changed
 */
export function chooser({ id, label, value, known, named, changed }) {
  number += 1;
  const listId = `hb-edit-list-${number}`;
  let chosen = typeof value === "string" ? value : "";
  let at = -1;
  let isTyped = false;
  /** @type {string[]} */
  let ids = [];
  const input = make("input", {
    id,
    type: "text",
    class: "hb-field",
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-label": label,
    placeholder: _("Search by name"),
  });
  const list = make("div", { id: listId, class: "hb-edit__options", role: "listbox", "aria-label": label || _("Choices"), hidden: true });
  const said = make("span", { class: "hb-hidden", role: "status" });
  const box = make("div", { class: "hb-edit__choose" }, input, list, said);
  const put = (/** @type {any} */ wanted) => {
    chosen = typeof wanted === "string" ? wanted : "";
    input.value = chosen ? named(chosen) : "";
  };
  put(value);

  const close = () => {
    list.hidden = true;
    at = -1;
    isTyped = false;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (/** @type {string} */ wanted) => {
    put(wanted);
    close();
    changed();
  };
  const point = (/** @type {number} */ to) => {
    at = Math.max(0, Math.min(ids.length - 1, to));
    Array.from(list.children).forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = list.children[at];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  };
  const open = () => {
    const words = isTyped ? plain(input.value).split(/\s+/).filter(Boolean) : [];
    const found = known().filter((choice) => words.every((word) => textOf(choice).includes(word))).slice(0, MOST);
    ids = found.map(([each]) => each);
    list.replaceChildren(
      ...found.map(([each, name, kind], index) =>
        make(
          "div",
          { id: `${listId}-${index}`, role: "option", "aria-selected": "false", onpointerdown: (event) => event.preventDefault(), onclick: () => take(each) },
          name,
          make("small", {}, [name === each ? "" : each, kind].filter(Boolean).join(" · ")),
        ),
      ),
    );
    if (!found.length) list.append(make("p", { class: "hb-edit__hint" }, _("Nothing found")));
    list.hidden = false;
    list.scrollIntoView({ block: "nearest" });
    at = -1;
    input.setAttribute("aria-expanded", "true");
    said.textContent = ngettext("%(num)s choice", "%(num)s choices", found.length);
  };
  input.addEventListener("input", () => {
    const exact = known().find(([each, name]) => each === input.value.trim() || name === input.value.trim());
    chosen = exact ? exact[0] : input.value.trim();
    isTyped = true;
    open();
    changed();
  });
  // What is typed next replaces the name.
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => list.hidden && open());
  input.addEventListener("blur", () => {
    close();
    if (chosen) input.value = named(chosen);
  });
  input.addEventListener("keydown", (event) => {
    const by = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 })[event.key];
    if (by !== undefined) {
      event.preventDefault();
      if (list.hidden) open();
      point(at < 0 && by < 0 ? ids.length - 1 : at + by);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      const wanted = ids[at < 0 ? 0 : at];
      if (wanted !== undefined) take(wanted);
    } else if (event.key === "Escape" && !list.hidden) {
      // The dialog around it stays open.
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  return { input, box, read: () => chosen || undefined, put };
}
