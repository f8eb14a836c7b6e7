/* A text to copy whole: one button for it. */

import { copy, make } from "./dom.js";

/** @param {HTMLElement} box */
export function start(box) {
  const text = () => box.querySelector("code")?.textContent ?? "";
  const button = make("button", { type: "button", class: "hb-copy__button" }, "Copy");
  button.addEventListener("click", () => copy(text(), "Text"));
  box.append(button);
  // A long text scrolls; whoever has no pointer scrolls what has the focus.
  box.querySelector("code")?.setAttribute("tabindex", "0");
}
