/* Explains a term on the page itself: on hover and focus as a tooltip, which the pointer can move onto (WCAG 2.2,
   success criterion 1.4.13); on a tap, a click or Enter as a small dialog with the link to the glossary. Escape closes
   both. Both are in the browser's top layer where it has popovers. Listens to the whole document, so that it still works
   after the theme replaces the page. */

import { make } from "./dom.js";
import { _ } from "./language.js";

const meaning = make("div", { class: "hb-meaning", id: "hb-meaning", popover: "manual" });
meaning.hidden = true;

/** @type {HTMLElement | undefined} */
let shown;
let leaving = 0;
let isReturning = false;

/** @param {EventTarget | null} target @returns {HTMLAnchorElement | null} */
const termAt = (target) => (target instanceof Element ? target.closest("a.hb-term") : null);

/** @param {EventTarget | null} target */
const isInside = (target) => target instanceof Node && meaning.contains(target);

const isDialog = () => meaning.getAttribute("role") === "dialog";

/**
 * Shows what a term means.
 *
 * @param {HTMLAnchorElement} term
 * @param {boolean} [asDialog] Whether it stays until the reader closes it, with a link to the glossary.
 */
function show(term, asDialog = false) {
  clearTimeout(leaving);
  if (shown === term && (isDialog() || !asDialog)) return;
  hide();
  // Otherwise the browser would also show the title as a tooltip.
  const words = term.title || term.dataset.meaning || "";
  if (!words) return;
  term.dataset.meaning = words;
  term.removeAttribute("title");
  shown = term;
  meaning.setAttribute("role", asDialog ? "dialog" : "tooltip");
  if (asDialog) {
    const link = make("a", { href: term.href }, _("Read more in the glossary"));
    meaning.setAttribute("aria-label", term.textContent ?? "");
    meaning.replaceChildren(make("p", {}, words), link);
  } else {
    meaning.removeAttribute("aria-label");
    meaning.replaceChildren(words);
    term.setAttribute("aria-describedby", meaning.id);
  }
  meaning.hidden = false;
  // Within the landmark of the content, where screen readers look for it.
  (term.closest("main") ?? document.body).append(meaning);
  meaning.showPopover?.();
  place(term);
  if (asDialog) meaning.querySelector("a")?.focus({ preventScroll: true });
}

/** Puts the box above the term, or below it. @param {HTMLElement} term */
function place(term) {
  const { left: start, top, bottom } = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = meaning;
  const left = Math.min(Math.max(8, start), document.documentElement.clientWidth - width - 8);
  const above = top - height - 4;
  meaning.style.left = `${left + window.scrollX}px`;
  meaning.style.top = `${(above > 60 ? above : bottom + 4) + window.scrollY}px`;
}

function hide() {
  clearTimeout(leaving);
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
  meaning.hidden = true;
  meaning.remove();
}

/** Closes the dialog and gives the focus back to its term. */
function leaveDialog() {
  const term = shown;
  hide();
  // The tooltip doesn't follow the dialog.
  isReturning = true;
  term?.focus({ preventScroll: true });
  isReturning = false;
}

/** @param {Event} event */
function enter(event) {
  if (shown && isDialog()) return;
  const term = termAt(event.target);
  if (term && !isReturning) show(term);
  else if (isInside(event.target)) clearTimeout(leaving);
}

/** A pointer that rests where the tooltip opens doesn't keep it. @param {FocusEvent} event */
function blur(event) {
  if (!isDialog() && termAt(event.target)) hide();
}

/** @param {Event} event */
function leave(event) {
  if (isDialog() || !(termAt(event.target) || isInside(event.target))) return;
  clearTimeout(leaving);
  leaving = setTimeout(hide, 200);
}

/** @param {MouseEvent} event */
function press(event) {
  const term = termAt(event.target);
  // A reader who asks for another tab or window gets the page of the glossary.
  if (term && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    // The theme would follow the link too.
    event.preventDefault();
    event.stopPropagation();
    if (shown === term && isDialog()) leaveDialog();
    else show(term, true);
  } else if (isInside(event.target)) {
    // A link that is no longer in the page isn't followed.
    if (event.target instanceof HTMLAnchorElement) setTimeout(hide);
  } else hide();
}

/** @param {KeyboardEvent} event */
function type(event) {
  if (!shown) return;
  const isOpen = isDialog();
  if (event.key === "Escape") {
    if (isOpen) leaveDialog();
    else hide();
  } else if (event.key === "Tab" && isOpen && isInside(event.target)) {
    // The box is at the end of the content, but readers continue from the term.
    leaveDialog();
    if (event.shiftKey) event.preventDefault();
  }
}

document.addEventListener("pointerover", (event) => event.pointerType === "touch" || enter(event));
document.addEventListener("pointerout", leave);
document.addEventListener("focusin", enter);
document.addEventListener("focusout", blur);
document.addEventListener("keydown", type);
document.addEventListener("click", press, { capture: true });

// A term might already have the focus when this script is loaded.
const begun = document.querySelector("a.hb-term:is(:focus, :hover)");
if (begun instanceof HTMLAnchorElement) show(begun);
