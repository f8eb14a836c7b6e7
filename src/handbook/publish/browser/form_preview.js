/* Draws a Markdown text as it will roughly look, from its blocks. Nothing of the text is taken as HTML. */

import { blocks } from "./clip_markdown.js";
import { make } from "./dom.js";

/** @typedef {import("./clip_read.js").Block} Block */
/** @typedef {import("./clip_read.js").Run} Run */

/** @param {Run[]} runs */
const drawRuns = (runs) =>
  runs.flatMap(({ text, bold, italic, code, href }) => {
    /** @type {(Node | string)[]} */
    let nodes = text.split("\n").flatMap((line, at) => (at ? [make("br"), line] : [line]));
    if (code) nodes = [make("code", {}, ...nodes)];
    if (bold) nodes = [make("strong", {}, ...nodes)];
    if (italic) nodes = [make("em", {}, ...nodes)];
    return href ? [make("a", { href, target: "_blank", rel: "noopener" }, ...nodes)] : nodes;
  });

/** Returns what to show of a text. @param {string} text */
export const preview = (text) => drawBlocks(blocks(text));

/** @param {Block[]} all @returns {HTMLElement[]} */
const drawBlocks = (all) => all.map(draw);

/** @param {Block} block @returns {HTMLElement} */
function draw(block) {
  switch (block.type) {
    case "heading":
      return make("p", {}, make("strong", {}, ...drawRuns(block.runs)));
    case "list":
      return make(block.ordered ? "ol" : "ul", {}, ...block.items.map(({ blocks, ticked }) => make("li", {}, ...(ticked === undefined ? [] : [ticked ? "☑ " : "☐ "]), ...drawBlocks(blocks))));
    case "table": {
      const row = (/** @type {"th" | "td"} */ tag, /** @type {Run[][]} */ cells) => make("tr", {}, ...cells.map((cell) => make(tag, {}, ...drawRuns(cell))));
      return make("table", {}, make("thead", {}, row("th", block.head)), make("tbody", {}, ...block.rows.map((cells) => row("td", cells))));
    }
    case "code":
      return make("pre", {}, make("code", {}, block.text));
    case "quote":
      return make("blockquote", {}, ...drawBlocks(block.blocks));
    default:
      return make("p", {}, ...drawRuns(block.runs));
  }
}
