/* The control that copies a part of the page for another program, and offers it as files. */

import { clipMarkdown, clipRich, clipSlack } from "./clip_formats.js";
import { copy, make, say } from "./dom.js";
import { _ } from "./language.js";

/**
 * @typedef {import("./clip_read.js").Block} Block
 * @typedef {{html?: string, text: string}} Clip What goes on the clipboard.
 * @typedef {{words: string, hint: string, run: () => void | Promise<void>}} Choice
 * @typedef {{words: string, hint: string, save: (blocks: Block[]) => Promise<void>}} File A format to download.
 */

const EDGE = 8;
/* Pixels between a menu and the edge of the window. */

/**
 * Puts HTML and text on the clipboard. Without permission for it, the browser's older way is tried, then a window with
 * the text to copy by hand.
 *
 * @param {Clip | Promise<Clip>} clip Some browsers allow copying only at once: they take a promise, but don't wait for one.
 * @param {string} what The name of the text, for readers.
 */
export async function put(clip, what) {
  const part = (/** @type {string} */ text, /** @type {string} */ type) => new Blob([text], { type });
  try {
    const isReady = !(clip instanceof Promise);
    const text = isReady ? part(clip.text, "text/plain") : clip.then((found) => part(found.text, "text/plain"));
    /** @type {Record<string, Blob | Promise<Blob>>} */
    const parts = { "text/plain": text };
    if (isReady && clip.html !== undefined) parts["text/html"] = part(clip.html, "text/html");
    await navigator.clipboard.write([new ClipboardItem(parts)]);
  } catch {
    const found = await clip;
    if (!putBefore(found)) return copy(found.text, _("Copied"), what);
  }
  say(_("Copied"));
}

/** Copies as browsers did before, which also works on pages without HTTPS. @param {Clip} clip */
function putBefore({ html, text }) {
  let isPut = false;
  const give = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData("text/plain", text);
    if (html !== undefined) event.clipboardData?.setData("text/html", html);
    event.preventDefault();
    isPut = true;
  };
  document.addEventListener("copy", give, { once: true, capture: true });
  try {
    document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", give, { capture: true });
  }
  return isPut;
}

/**
 * Returns a button with a menu of more choices below it.
 *
 * @param {string} words
 * @param {() => void | Promise<void>} pressed
 * @param {string} more The name of the menu.
 * @param {Choice[]} choices
 * @param {string} [look] A class of the buttons.
 */
export function splitButton(words, pressed, more, choices, look = "") {
  const classes = `md-button ${look}`.trim();
  const main = make("button", { type: "button", class: classes, onclick: pressed }, words);
  const opener = make("button", { type: "button", class: `${classes} hb-take__more`, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": more });
  const items = choices.map(({ words: label, hint, run }) =>
    make("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => (close(true), run()) }, make("b", {}, label), " ", make("small", {}, hint)),
  );
  const menu = make("div", { role: "menu", "aria-label": more, class: "hb-take__menu", popover: "manual" }, ...items);
  const box = make("span", { class: "hb-take" }, make("span", { class: "hb-split" }, main, opener), menu);

  const isOpen = () => menu.matches(":popover-open");

  /** @param {boolean} hasFocus Whether the focus goes back to the button. */
  function close(hasFocus) {
    if (!isOpen()) return;
    menu.hidePopover();
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("click", outside);
    removeEventListener("scroll", place, { capture: true });
    if (hasFocus) opener.focus();
  }

  /** Puts the menu next to the buttons, within the window. */
  function place() {
    const { left, top, bottom } = box.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const isLow = bottom + menu.offsetHeight > clientHeight && top > menu.offsetHeight;
    menu.style.left = `${Math.max(Math.min(left, clientWidth - menu.offsetWidth - EDGE), 0)}px`;
    menu.style.top = `${isLow ? top - menu.offsetHeight : bottom}px`;
  }

  /** @param {Event} event */
  function outside(event) {
    if (!box.contains(/** @type {Node} */ (event.target))) close(false);
  }

  /** @param {number} at */
  function open(at) {
    menu.showPopover();
    opener.setAttribute("aria-expanded", "true");
    place();
    items.at(at)?.focus({ preventScroll: true });
    document.addEventListener("click", outside);
    addEventListener("scroll", place, { capture: true });
  }

  opener.addEventListener("click", () => (isOpen() ? close(true) : open(0)));
  box.addEventListener("keydown", (event) => {
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined && (document.activeElement === opener || at >= 0)) {
      event.preventDefault();
      if (!isOpen()) open(next);
      else items.at(next % items.length)?.focus();
    } else if (event.key === "Escape" && isOpen()) {
      event.stopPropagation();
      close(true);
    }
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(/** @type {Node} */ (event.relatedTarget))) close(false);
  });
  return box;
}

/**
 * Returns the control for a part of the page.
 *
 * @param {object} options
 * @param {string} options.what Its name for readers, such as "Launch checklist".
 * @param {() => Block[]} options.blocks Returns it as it is shown now.
 * @param {() => Promise<string>} [options.markdown] Returns its Markdown, if that isn't written from the blocks.
 * @param {File[]} [options.files] The formats to download.
 * @param {string} [options.label] The same for the name of the menu, if the page has several controls.
 * @param {string} [options.words] The words of the button.
 * @param {string} [options.look] A class of the buttons, such as `md-button--small`.
 */
export function control({ what, blocks, markdown, files = [], label = what, words = _("Copy"), look = "" }) {
  const rich = () => put(clipRich(blocks()), what);
  return splitButton(
    words,
    rich,
    _("More ways to copy: %(what)s", { what: label }),
    [
      { words: _("Rich text"), hint: _("for documents and mail"), run: rich },
      { words: _("Markdown"), hint: _("for issues and assistants"), run: () => put(markdown ? markdown().then((text) => ({ text })) : clipMarkdown(blocks()), what) },
      { words: _("Slack"), hint: _("for a message, without tables"), run: () => put(clipSlack(blocks()), what) },
      ...files.map(({ words: name, hint, save }) => ({ words: name, hint, run: () => save(blocks()) })),
    ],
    look,
  );
}
