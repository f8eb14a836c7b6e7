/* Adds a copy button to a text. `data-words` makes it the primary button of the page. */

import { copy, make } from "./dom.js";
import { _ } from "./language.js";

/** @param {HTMLElement} box */
export function start(box) {
  const text = () => box.querySelector("code")?.textContent ?? "";
  const button = make("button", { type: "button", class: box.dataset.words ? "md-button md-button--primary" : "hb-copy__button" }, box.dataset.words ?? _("Copy"));
  button.addEventListener("click", () => copy(text(), _("Text copied"), _("Text")));
  box.append(button);
  // A long text scrolls. Keyboard users can scroll only an element that has the focus.
  box.querySelector("code")?.setAttribute("tabindex", "0");
}
