/* Makes a link to the page for finding things a button that opens the search, which also opens with a key. */

import { make } from "./dom.js";
import { rememberPage } from "./recent.js";
import { readIndex } from "./search_files.js";
import { wordsOfAddress } from "./search_rows.js";

/** The scripts of the search. The dialog imports them all, but some only after others, which takes more trips to the host. */
const SCRIPTS = ["search_dialog", "search", "search_question", "search_ranking", "search_slips", "search_words", "words"];

let isReady = false;

/** @param {HTMLElement} link */
export function start(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const browse = link.href;
  const isMissing = link.dataset.missing !== undefined;
  const button = make("button", { type: "button", class: link.className, "data-hb-search": true, "data-missing": isMissing, "aria-haspopup": "dialog" });
  button.addEventListener("click", () => open(browse, isMissing ? missingWords() : undefined));
  for (const event of ["pointerenter", "focus"]) button.addEventListener(event, prepare, { once: true });
  button.append(...link.childNodes);
  link.replaceWith(button);
  if (!isReady) begin(browse);
}

/** Listens to the whole document, so that it still works after the theme replaces the page. @param {string} browse */
function begin(browse) {
  isReady = true;
  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isLetter = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!(isSlash || isLetter) || event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    open(browse);
  });
  const arrived = () => {
    rememberPage(document.querySelector("[data-hb-search][data-missing]") !== null);
    const asked = new URL(location.href).searchParams.get("q");
    if (asked) open(browse, asked);
  };
  /* With instant navigation, the theme replaces the page without a reload and emits an event here. */
  const replaced = /** @type {any} */ (window).document$;
  if (replaced) replaced.subscribe(arrived);
  else arrived();
}

/** @param {EventTarget | null} target */
const isTyping = (target) => target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));

/** Returns the words of the address that led to the page for missing pages. */
function missingWords() {
  const path = location.hash.slice(1) || location.pathname;
  return path.endsWith("/404.html") ? undefined : wordsOfAddress(path);
}

/** Loads what the dialog needs before a reader opens it. */
function prepare() {
  readIndex().catch(() => undefined);
  for (const name of SCRIPTS) import(`./${name}.js`).catch(() => undefined);
}

/** Opens the dialog with what was typed while it loaded. @param {string} browse The page for readers without the search. @param {string} [words] */
async function open(browse, words) {
  prepare();
  let typed = "";
  const take = (/** @type {KeyboardEvent} */ event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation(); // The theme has keys of its own.
  };
  addEventListener("keydown", take, true);
  try {
    const dialog = await import("./search_dialog.js");
    dialog.openSearch(browse, typed || words, typed !== "");
  } finally {
    removeEventListener("keydown", take, true);
  }
}
