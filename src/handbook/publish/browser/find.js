/* Makes a link to the page for finding things a button that opens the search. */

import { make } from "./dom.js";

/** @param {HTMLElement} link */
export function start(link) {
  const button = make("button", { type: "button", class: link.className, "data-hb-search": true, onclick: open });
  button.append(...link.childNodes);
  link.replaceWith(button);
}

/** Opens the search of the theme. */
function open() {
  const field = document.querySelector("input[data-md-component=search-query]");
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (field instanceof HTMLElement) {
    if (toggle instanceof HTMLInputElement && !toggle.checked) toggle.click();
    field.focus();
  } else {
    document.querySelector("button.md-search__button")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
}
