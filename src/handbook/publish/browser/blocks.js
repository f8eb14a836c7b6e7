/* Shows blocks in the page. Text is inserted as text, never as HTML. */

import { make } from "./dom.js";

/** @typedef {import("./clip_read.js").Block} Block */
/** @typedef {import("./clip_read.js").Run} Run */

/** @param {Run[]} runs @returns {(Node | string)[]} */
const line = (runs) =>
  runs.map(({ text, bold, italic, code, href }) => {
    /** @type {Node | string} */
    let shown = text;
    if (code) shown = make("code", {}, shown);
    if (italic) shown = make("em", {}, shown);
    if (bold) shown = make("strong", {}, shown);
    return href ? make("a", { href, rel: "noopener" }, shown) : shown;
  });

/** Returns blocks as elements. @param {Block[]} blocks @returns {HTMLElement[]} */
export const elements = (blocks) => blocks.map(element);

/** @param {Block} block @returns {HTMLElement} */
function element(block) {
  // The headings of the page would be mixed up with those of a document in it.
  if (block.type === "heading") return make("p", {}, make("strong", {}, ...line(block.runs)));
  if (block.type === "text") return make("p", {}, ...line(block.runs));
  if (block.type === "code") return make("pre", {}, make("code", {}, block.text));
  if (block.type === "quote") return make("blockquote", {}, ...elements(block.blocks));
  if (block.type === "table") {
    const row = (/** @type {Run[][]} */ cells, /** @type {"th" | "td"} */ tag) => make("tr", {}, ...cells.map((cell) => make(tag, {}, ...line(cell))));
    return make("table", {}, make("thead", {}, row(block.head, "th")), make("tbody", {}, ...block.rows.map((cells) => row(cells, "td"))));
  }
  const items = block.items.map(({ blocks, ticked }) => {
    const [first, ...rest] = blocks;
    const box = ticked === undefined ? [] : [ticked ? "☑ " : "☐ "];
    return make("li", {}, ...box, ...(first?.type === "text" ? line(first.runs) : first ? [element(first)] : []), ...elements(rest));
  });
  return make(block.ordered ? "ol" : "ul", {}, ...items);
}
