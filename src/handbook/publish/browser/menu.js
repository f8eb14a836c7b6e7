/* The button that opens the drawer, in place of a label, which works without this. Escape closes the drawer. */

import { make } from "./dom.js";

/** @param {HTMLElement} label */
export function start(label) {
  const drawer = document.querySelector("[data-md-toggle=drawer]");
  if (!(drawer instanceof HTMLInputElement)) return;
  const button = make("button", { type: "button", class: label.className, onclick: () => drawer.click() }, ...label.childNodes);
  const tell = () => button.setAttribute("aria-expanded", String(drawer.checked));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    button.focus();
  });
  drawer.addEventListener("change", tell);
  tell();
  label.replaceWith(button);
}
