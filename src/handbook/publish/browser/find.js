/* Adds a prominent button that opens the search. */

import { make } from "./dom.js";
import { _ } from "./language.js";

/** @param {HTMLElement} box */
export function start(box) {
  if (box.childElementCount) return;
  const button = make(
    "button",
    { type: "button", class: "hb-find__button", onclick: open },
    make("span", {}, _("Search the handbook")),
    make("kbd", { "aria-hidden": "true" }, "/"),
  );
  box.append(button);
}

/** Opens the search of the theme; on small screens, a label opens it. */
function open() {
  const label = document.querySelector("[for=__search]");
  const field = document.querySelector("input[data-md-component=search-query]");
  if (label instanceof HTMLElement && label.offsetParent) label.click();
  else if (field instanceof HTMLElement) field.focus();
  else document.querySelector("button.md-search__button")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}
