/* Reads a part of the page as blocks, which `clip_write.js` writes in the formats of other programs. */

/**
 * @typedef {{text: string, bold?: boolean, italic?: boolean, code?: boolean, href?: string}} Run A piece of a line. A
 *   line break is a character of its text.
 * @typedef {{blocks: Block[], ticked?: boolean}} Item An item of a list. `ticked` is there only for an item with a box.
 * @typedef {{type: "heading", level: number, runs: Run[]}} Heading
 * @typedef {{type: "text", runs: Run[]}} Text
 * @typedef {{type: "list", ordered: boolean, items: Item[]}} List
 * @typedef {{type: "table", head: Run[][], rows: Run[][][]}} Table
 * @typedef {{type: "code", text: string}} Code
 * @typedef {{type: "quote", blocks: Block[]}} Quote
 * @typedef {Heading | Text | List | Table | Code | Quote} Block
 */

const SKIPPED = [
  "script, style, svg, select, textarea, button, input, template, dialog, canvas, noscript, [hidden], [aria-hidden=true]",
  ".md-button, .headerlink, .hb-byline, .hb-trustline, .hb-data, .hb-take, .hb-table__tools, .hb-table__rest, .hb-hidden, [data-take=no], .md-path",
].join(", ");
const BLOCKS =
  "address, article, aside, blockquote, details, div, dl, dd, dt, figure, footer, h1, h2, h3, h4, h5, h6, header, hr, li, main, nav, ol, p, pre, section, summary, table, ul";
const SAFE = /^(?:https?:|mailto:)/;

/** @typedef {Omit<Run, "text">} Look */

/** Returns the runs of a node, with their spaces as they are. @param {Node} node @param {Look} look @returns {Run[]} */
function runsIn(node, look) {
  if (node instanceof Text) return [{ text: (node.textContent ?? "").replace(/\s+/g, " "), ...look }];
  if (!(node instanceof HTMLElement)) return [];
  // The titles of a table that can be sorted are buttons.
  if (node.matches(SKIPPED) && !(node.matches("button") && node.closest("th"))) return [];
  if (node.matches("br")) return [{ text: "\n" }];
  if (node.matches("img")) return [{ text: node.getAttribute("alt") ?? "", ...look }];
  const inside = { ...look };
  if (node.matches("b, strong, th, dt, summary")) inside.bold = true;
  if (node.matches("i, em")) inside.italic = true;
  if (node.matches("code, kbd")) inside.code = true;
  if (node instanceof HTMLAnchorElement && SAFE.test(node.href)) inside.href = node.href;
  const found = Array.from(node.childNodes).flatMap((child) => runsIn(child, inside));
  return node.matches(BLOCKS) ? [{ text: " " }, ...found, { text: " " }] : found;
}

/** Joins runs that look the same, and removes spaces that a page doesn't show. @param {Run[]} runs @returns {Run[]} */
export function tidy(runs) {
  /** @type {Run[]} */
  const found = [];
  for (const run of runs) {
    const last = found.at(-1);
    const end = last ? last.text.at(-1) : "\n";
    const text = run.text === "\n" ? run.text : /\s/.test(end ?? "") ? run.text.replace(/^ +/, "") : run.text;
    if (!text) continue;
    const same = last && ["bold", "italic", "code", "href"].every((name) => /** @type {any} */ (last)[name] === /** @type {any} */ (run)[name]);
    if (text === "\n" && last) last.text = last.text.replace(/ +$/, "");
    if (last && (same || (!text.trim() && !last.href && !last.code))) last.text += text;
    else found.push({ ...run, text });
  }
  const last = found.at(-1);
  if (last) last.text = last.text.trimEnd();
  for (const [at, run] of found.entries()) {
    const after = /\s+$/.exec(run.text)?.[0];
    const next = found[at + 1];
    // A link ends with its words.
    if (run.href && after && next && !next.href) {
      run.text = run.text.trimEnd();
      next.text = after + next.text;
    }
  }
  return found.filter(({ text }) => text);
}

/** @param {Element} element @param {Look} [look] */
const lineOf = (element, look = {}) => tidy(Array.from(element.childNodes).flatMap((child) => runsIn(child, look)));

/** Returns the words of an element, on one line. @param {Element} element */
export const wordsOf = (element) =>
  lineOf(element)
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ");

/** Returns the title of the page. */
export function pageTitle() {
  const title = document.querySelector("h1");
  return title ? wordsOf(title) : document.title;
}

/** Returns the words of the last heading before an element. @param {Element} element */
export function headingOf(element) {
  const heads = Array.from(document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)"));
  const last = heads.filter((head) => head.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
  return last ? wordsOf(last) : pageTitle();
}

/** Returns the rows below the heads of a table of which the page shows only some. @type {WeakMap<HTMLTableElement, () => HTMLTableRowElement[]>} */
export const wholeTables = new WeakMap();

/** @param {HTMLTableElement} table @returns {Block[]} */
function tableOf(table) {
  const further = wholeTables.get(table);
  const rows = further ? [...(table.tHead?.rows ?? []), ...further()] : Array.from(table.rows).filter((row) => !row.hidden);
  const isHead = (/** @type {HTMLTableRowElement} */ row) => Array.from(row.cells).every((cell) => cell.matches("th"));
  const cells = (/** @type {HTMLTableRowElement} */ row) => Array.from(row.cells, (cell) => lineOf(cell));
  const [first, ...rest] = rows;
  if (!first) return [];
  const hasHead = isHead(first);
  return [{ type: "table", head: hasHead ? cells(first) : [], rows: (hasHead ? rest : rows).map(cells) }];
}

/** @param {Element} list @returns {Block[]} */
function listOf(list) {
  const items = Array.from(list.children).filter((item) => item.matches("li:not([hidden])"));
  const found = items.map((item) => {
    const box = item.querySelector("input[type=checkbox]");
    const blocks = blocksIn(item);
    return box instanceof HTMLInputElement && box.closest("li") === item ? { blocks, ticked: box.checked } : { blocks };
  });
  return found.length ? [{ type: "list", ordered: list.matches("ol"), items: found }] : [];
}

/** Returns a list of facts: a title and its value an item. Titles without one are left out. @param {Element} list @returns {Block[]} */
function factsOf(list) {
  /** @type {{title: Run[], value: Run[]}[]} */
  const facts = [];
  for (const part of list.querySelectorAll("dt, dd")) {
    if (part.closest("[hidden], [data-take=no]") || part.closest("dl") !== list) continue;
    if (part.matches("dt")) facts.push({ title: lineOf(part, { bold: true }), value: [] });
    else facts.at(-1)?.value.push(...lineOf(part), { text: " " });
  }
  const filled = facts.filter(({ value }) => tidy(value).length);
  const items = filled.map(({ title, value }) => ({ blocks: [/** @type {Block} */ ({ type: "text", runs: tidy([...title, { text: ": " }, ...value]) })] }));
  return items.length ? [{ type: "list", ordered: false, items }] : [];
}

/** @param {Element} element @returns {Block[]} */
function blockOf(element) {
  if (element instanceof HTMLTableElement) return tableOf(element);
  if (element.matches("ul, ol")) return listOf(element);
  if (element.matches("dl")) return factsOf(element);
  if (element.matches("pre")) return [{ type: "code", text: (element.textContent ?? "").replace(/\n$/, "") }];
  if (element.matches("blockquote")) return [{ type: "quote", blocks: blocksIn(element) }];
  if (element.matches("h1, h2, h3, h4, h5, h6")) return [{ type: "heading", level: Number(element.tagName[1]), runs: lineOf(element) }];
  if (element.matches("summary")) return [{ type: "text", runs: lineOf(element, { bold: true }) }];
  return blocksIn(element);
}

/**
 * Returns the blocks in an element, as a reader sees it: without what is hidden, and without buttons.
 *
 * @param {Element} element
 * @returns {Block[]}
 */
export function blocksIn(element) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {Run[]} */
  let line = [];
  const end = () => {
    const runs = tidy(line);
    if (runs.length) blocks.push({ type: "text", runs });
    line = [];
  };
  for (const child of element.childNodes) {
    if (child instanceof Element && child.matches(SKIPPED)) continue;
    if (child instanceof Element && (child.matches(BLOCKS) || child.querySelector(BLOCKS))) {
      end();
      blocks.push(...blockOf(child));
    } else {
      line.push(...runsIn(child, {}));
    }
  }
  end();
  return blocks.filter((block) => !("runs" in block) || block.runs.length);
}
