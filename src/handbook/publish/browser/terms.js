/* Shows the definition of a term next to it, on hover and on focus. Escape closes the definition, and the pointer can
   move onto it (WCAG 2.2, success criterion 1.4.13). Listens to the whole document, so that it still works after the
   theme replaces the page. */

import { make } from "./dom.js";

const meaning = make("div", { class: "hb-meaning", role: "tooltip", id: "hb-meaning" });
meaning.hidden = true;

/** @type {HTMLElement | undefined} */
let shown;
let leaving = 0;

/** @param {EventTarget | null} target */
const termAt = (target) => (target instanceof Element ? target.closest("a.hb-term") : null);

/** @param {HTMLElement} term */
function show(term) {
  clearTimeout(leaving);
  if (shown === term) return;
  hide();
  // Otherwise the browser would also show the title as a tooltip.
  const words = term.title || term.dataset.meaning || "";
  if (!words) return;
  term.dataset.meaning = words;
  term.removeAttribute("title");
  term.setAttribute("aria-describedby", meaning.id);
  shown = term;
  meaning.textContent = words;
  meaning.hidden = false;
  document.body.append(meaning);
  const place = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = meaning;
  const left = Math.min(Math.max(8, place.left), document.documentElement.clientWidth - width - 8);
  const above = place.top - height - 4;
  meaning.style.left = `${left + window.scrollX}px`;
  meaning.style.top = `${(above > 60 ? above : place.bottom + 4) + window.scrollY}px`;
}

function hide() {
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
  meaning.hidden = true;
}

/** @param {Event} event */
function enter(event) {
  const term = termAt(event.target);
  if (term instanceof HTMLElement) show(term);
  else if (event.target === meaning) clearTimeout(leaving);
}

/** @param {Event} event */
function leave(event) {
  if (!termAt(event.target) && event.target !== meaning) return;
  clearTimeout(leaving);
  leaving = setTimeout(hide, 200);
}

document.addEventListener("pointerover", (event) => event.pointerType === "touch" || enter(event));
document.addEventListener("pointerout", leave);
document.addEventListener("focusin", enter);
document.addEventListener("focusout", leave);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("click", hide);

// A term might already have the focus when this script is loaded.
const begun = document.querySelector("a.hb-term:is(:focus, :hover)");
if (begun instanceof HTMLElement) show(begun);
