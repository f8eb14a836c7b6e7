/* Completes what the theme adds to the text of a page. Over each block of code, it puts a navigation, which screen readers
   would list with those of the site, and a button that doesn't say what it copies. A table that is too wide can be scrolled
   with the keyboard, too. */

import { headingOf } from "./clip_read.js";
import { _ } from "./language.js";

/** @param {Element} code A block of code. */
function nameTools(code) {
  const buttons = code.querySelector(":scope > .md-code__nav");
  buttons?.setAttribute("role", "none");
  for (const button of buttons?.querySelectorAll("button[title]") ?? []) {
    button.setAttribute("aria-label", `${button.getAttribute("title")}: ${headingOf(code)}`);
  }
}

/** @param {Element} table */
function letScroll(table) {
  const box = table.closest(".md-typeset__scrollwrap");
  if (!box) return;
  if (box.scrollWidth > box.clientWidth) {
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", _("Table: %(what)s", { what: headingOf(table) }));
  } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
}

const tools = new MutationObserver((changes) => changes.forEach(({ target }) => nameTools(/** @type {Element} */ (target))));
const widths = new ResizeObserver((sizes) => sizes.forEach(({ target }) => letScroll(target)));

/** Watches the page that is shown now. */
export function complete() {
  tools.disconnect();
  widths.disconnect();
  for (const code of document.querySelectorAll("article pre")) {
    nameTools(code);
    tools.observe(code, { childList: true });
  }
  for (const table of document.querySelectorAll("article table:not([class])")) widths.observe(table);
}
