/* Adds a copy button to a text. `data-words` makes it the primary button of the page. */

import { headingOf } from "./clip_read.js";
import { copy, make } from "./dom.js";
import { _ } from "./language.js";

/** @param {HTMLElement} box */
export function start(box) {
  const text = () => box.querySelector("code")?.textContent ?? "";
  const words = box.dataset.words;
  const look = words ? "md-button md-button--primary" : "md-button md-button--small hb-copy__button";
  const button = make("button", { type: "button", class: look }, words ?? _("Copy"));
  if (!words) button.setAttribute("aria-label", `${_("Copy")}: ${headingOf(box)}`);
  button.addEventListener("click", () => copy(text(), _("Text copied"), _("Text")));
  box.prepend(button);
  // A long text scrolls. Keyboard users can scroll only an element that has the focus.
  box.querySelector("code")?.setAttribute("tabindex", "0");
}
