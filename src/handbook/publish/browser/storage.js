/* Local storage for page tools, with a fallback and a warning when storage is blocked. */

import { make } from "./dom.js";
import { _ } from "./language.js";

const PREFIX = "handbook:";

/** The values that could not be stored, available while the page is open. @type {Map<string, string>} */
const unkept = new Map();

/**
 * Returns the value stored under a name.
 *
 * @param {string} name
 * @returns {any} `undefined` if there is no readable value.
 */
export function read(name) {
  try {
    const text = unkept.get(name) ?? localStorage.getItem(PREFIX + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Stores a value, or removes it if the value is `undefined`.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {boolean} Whether the value is still there after the page is closed. Until then, it always is.
 */
export function write(name, value) {
  const text = JSON.stringify(value);
  try {
    if (text === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, text);
    unkept.delete(name);
    return !("forgets" in localStorage);
  } catch {
    unkept.set(name, text ?? "null");
    return false;
  }
}

/**
 * Notifies a tool when another window of this browser changes a stored value, while the tool is on the page.
 *
 * @param {Element} tool
 * @param {string} name
 * @param {() => void} changed
 */
export function onChange(tool, name, changed) {
  /** @param {StorageEvent} event */
  const heard = (event) => {
    if (!tool.isConnected) window.removeEventListener("storage", heard);
    else if (event.key === PREFIX + name || event.key === null) changed();
  };
  window.addEventListener("storage", heard);
}

let warned = false;

/**
 * Warns the reader above a tool that the browser stores nothing, and again before the reader leaves the page.
 *
 * @param {Element} tool
 * @param {string} what The data that would be lost.
 */
export function warn(tool, what) {
  if (!tool.querySelector(":scope > .hb-unkept")) {
    const words = _("Your browser doesn't allow this page to store data. If you close it, you will lose %(what)s.", { what });
    const fix = _("Copy or download it first, or allow the page to store data.");
    tool.prepend(make("p", { class: "hb-unkept", role: "status" }, `${words} ${fix}`));
  }
  if (!warned) window.addEventListener("beforeunload", (event) => event.preventDefault());
  warned = true;
}
