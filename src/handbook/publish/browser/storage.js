/* What this browser keeps for its reader, and what to say where it keeps nothing. */

import { make } from "./dom.js";

const PREFIX = "handbook:";

/** What could not be kept, for as long as the page is open. @type {Map<string, string>} */
const unkept = new Map();

/**
 * What was kept under a name.
 *
 * @param {string} name
 * @returns {any} `undefined` when nothing was, or nothing that can be read.
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
 * Keeps something, or forgets it: `undefined` is nothing to keep.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {boolean} Whether it outlasts the page. It is there all the same until the page is closed.
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
 * Tells a tool that another window of this browser has kept something else, for as long as the tool is shown.
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
 * Tells the reader that this browser keeps nothing, above a tool, and asks again before the page is left.
 *
 * @param {Element} tool
 * @param {string} what What would be lost.
 */
export function warn(tool, what) {
  if (!tool.querySelector(":scope > .hb-unkept")) {
    const words = `This browser keeps nothing for this page: ${what} will be gone when you close it. `;
    const mend = "Copy or download it before, or allow the page to store data.";
    tool.prepend(make("p", { class: "hb-unkept", role: "status" }, words + mend));
  }
  if (!warned) window.addEventListener("beforeunload", (event) => event.preventDefault());
  warned = true;
}
