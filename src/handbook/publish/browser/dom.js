/* Creates elements from data. Text is always inserted as text, never as HTML. */

import { _ } from "./language.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Creates an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | EventListener | undefined>} properties Attributes. A function with a
 *   name such as `onclick` listens to that event. Values that are `false` or missing are left out.
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Returns an icon from a file of icons. @param {URL} file @param {string} name */
export function drawn(file, name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "hb-i");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${file.href}#${name}`);
  svg.append(use);
  return svg;
}

/** Returns a button that looks like a link. @param {string} words @param {() => void} pressed */
export const quiet = (words, pressed) => make("button", { type: "button", class: "hb-quiet", onclick: pressed }, words);

/**
 * Announces a message to screen readers and shows it briefly on screen.
 *
 * @param {string} words
 */
export function say(words) {
  // While a dialog is open, nothing outside of it can be seen or is read out.
  const around = document.querySelector("dialog:modal") ?? document.body;
  let place = around.querySelector(":scope > .hb-said");
  if (!place) {
    place = make("div", { class: "hb-said", role: "status" });
    around.append(place);
  }
  const saying = make("span", {}, words);
  place.replaceChildren(saying);
  setTimeout(() => saying.remove(), 6000);
}

/**
 * Downloads a text as a file.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export const download = (name, text, type) => save(name, new Blob([text], { type: `${type};charset=utf-8` }));

/**
 * Downloads a file.
 *
 * @param {string} name
 * @param {Blob} content
 */
export function save(name, content) {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * Copies a text. If the browser blocks copying, shows the text to copy manually.
 *
 * @param {string} text
 * @param {string} done The message when it is copied.
 * @param {string} what The name of the text, for readers.
 */
export async function copy(text, done, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    const field = make("textarea", { class: "hb-byhand__text", readonly: true, rows: "12", "aria-label": what });
    field.value = text;
    const box = make(
      "dialog",
      { class: "hb-byhand", "aria-label": _("%(text)s to copy", { text: what }) },
      make("p", {}, _("Your browser blocked copying. Press Ctrl+C or Command+C.")),
      field,
      make("button", { type: "button", class: "md-button", onclick: () => box.close() }, _("Close")),
    );
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
    field.select();
  }
}
