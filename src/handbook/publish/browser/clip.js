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

/**
 * Puts HTML and text on the clipboard. Without permission for it, the browser's older way is tried, then a window with
 * the text to copy by hand.
 *
 * @param {Clip} clip
 * @param {string} what The name of the text, for readers.
 */
export async function put({ html, text }, what) {
  try {
    const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
    const all = html === undefined ? parts : { ...parts, "text/html": new Blob([html], { type: "text/html" }) };
    await navigator.clipboard.write([new ClipboardItem(all)]);
  } catch {
    if (!putBefore({ html, text })) return copy(text, _("Copied"), what);
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
  const menu = make("div", { role: "menu", "aria-label": more, class: "hb-take__menu", hidden: true }, ...items);
  const box = make("span", { class: "hb-take" }, make("span", { class: "hb-split" }, main, opener), menu);

  /** @param {boolean} hasFocus Whether the focus goes back to the button. */
  function close(hasFocus) {
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("click", outside);
    if (hasFocus) opener.focus();
  }

  /** @param {Event} event */
  function outside(event) {
    if (!box.contains(/** @type {Node} */ (event.target))) close(false);
  }

  /** @param {number} at */
  function open(at) {
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    // At the right edge of the window, it opens to the left.
    menu.classList.toggle("hb-take__menu--left", box.getBoundingClientRect().left + menu.offsetWidth > document.documentElement.clientWidth - 8);
    document.addEventListener("click", outside);
    items.at(at)?.focus();
  }

  opener.addEventListener("click", () => (menu.hidden ? open(0) : close(true)));
  box.addEventListener("keydown", (event) => {
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined && (document.activeElement === opener || at >= 0)) {
      event.preventDefault();
      if (menu.hidden) open(next);
      else items.at(next % items.length)?.focus();
    } else if (event.key === "Escape" && !menu.hidden) {
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
 * @param {string} [options.words] The words of the button.
 * @param {string} [options.look] A class of the buttons, such as `md-button--small`.
 */
export function control({ what, blocks, markdown, files = [], words = _("Copy"), look = "" }) {
  const rich = () => put(clipRich(blocks()), what);
  return splitButton(
    words,
    rich,
    _("More ways to copy: %(what)s", { what }),
    [
      { words: _("Rich text"), hint: _("for documents, wikis and mail"), run: rich },
      { words: _("Markdown"), hint: _("for issues and assistants"), run: async () => put(markdown ? { text: await markdown() } : clipMarkdown(blocks()), what) },
      { words: _("Slack"), hint: _("for a message, without tables"), run: () => put(clipSlack(blocks()), what) },
      ...files.map(({ words: label, hint, save }) => ({ words: label, hint, run: () => save(blocks()) })),
    ],
    look,
  );
}
