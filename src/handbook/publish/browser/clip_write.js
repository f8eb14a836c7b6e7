/* Writes blocks in the formats of other programs: HTML for editors, Markdown, and the markup of Slack. */

/** @typedef {import("./clip_read.js").Block} Block */
/** @typedef {import("./clip_read.js").Run} Run */
/** @typedef {import("./clip_read.js").Item} Item */

const OPEN = "\u2610";
const TICKED = "\u2611";

/** The box in front of an item, as a character: few editors keep a real one. @param {Item} item */
const box = (item) => (item.ticked === undefined ? "" : item.ticked ? TICKED : OPEN);

/** @param {Run[]} runs */
export const plain = (runs) => runs.map(({ text }) => text).join("");

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** @param {Run[]} runs */
const htmlLine = (runs) =>
  runs
    .map(({ text, bold, italic, code, href }) => {
      let html = escaped(text).replaceAll("\n", "<br>");
      if (code) html = `<code>${html}</code>`;
      if (italic) html = `<em>${html}</em>`;
      if (bold) html = `<strong>${html}</strong>`;
      return href ? `<a href="${escaped(href)}">${html}</a>` : html;
    })
    .join("");

/**
 * Returns blocks as HTML that editors keep: without classes and styles but for the lines of a table.
 *
 * @param {Block[]} blocks
 * @returns {string}
 */
export function html(blocks) {
  return blocks.map(htmlBlock).join("");
}

/** @param {Block} block @returns {string} */
function htmlBlock(block) {
  if (block.type === "heading") return `<h${block.level}>${htmlLine(block.runs)}</h${block.level}>`;
  if (block.type === "text") return `<p>${htmlLine(block.runs)}</p>`;
  if (block.type === "code") return `<pre><code>${escaped(block.text)}</code></pre>`;
  if (block.type === "quote") return `<blockquote>${html(block.blocks)}</blockquote>`;
  if (block.type === "table") {
    const row = (/** @type {Run[][]} */ cells, /** @type {string} */ tag) =>
      `<tr>${cells.map((cell) => `<${tag}>${htmlLine(cell)}</${tag}>`).join("")}</tr>`;
    const head = block.head.length ? `<thead>${row(block.head, "th")}</thead>` : "";
    const body = block.rows.map((cells) => row(cells, "td")).join("");
    return `<table border="1" style="border-collapse:collapse">${head}<tbody>${body}</tbody></table>`;
  }
  // A box with a bullet before it would be two marks.
  if (block.items.some((item) => item.ticked !== undefined)) return block.items.map(htmlTask).join("");
  const tag = block.ordered ? "ol" : "ul";
  return `<${tag}>${block.items.map((item) => `<li>${htmlItem(item)}</li>`).join("")}</${tag}>`;
}

/** @param {Item} item */
function htmlItem({ blocks: [first, ...rest] }) {
  // Some editors start a new line for a paragraph in an item.
  return first?.type === "text" ? `${htmlLine(first.runs)}${html(rest)}` : html(first ? [first, ...rest] : []);
}

/** @param {Item} item */
function htmlTask(item) {
  const [first, ...rest] = item.blocks;
  const line = first?.type === "text" ? htmlLine(first.runs) : "";
  return `<p>${box(item)} ${line}</p>${html(first?.type === "text" ? rest : item.blocks)}`;
}

/** Escapes the marks of Markdown in a text. @param {string} text */
const inMarkdown = (text) => text.replace(/[\\`*[\]<]|(?<!\w)_|_(?!\w)/g, "\\$&");

/** Puts marks around the words of a text, not around the spaces at its ends. @param {string} text @param {string} mark */
const marked = (text, mark) => text.replace(/^(\s*)(.*?)(\s*)$/s, (_all, before, words, after) => (words ? `${before}${mark}${words}${mark}${after}` : text));

/** @param {string} text */
const codeInMarkdown = (text) => (text.includes("`") ? `\`\` ${text} \`\`` : marked(text, "`"));

/** @param {Run[]} runs @param {string} [lineEnd] */
const markdownLine = (runs, lineEnd = "  \n") =>
  runs
    .map(({ text, bold, italic, code, href }) => {
      let said = code ? codeInMarkdown(text) : inMarkdown(text);
      if (italic) said = marked(said, "*");
      if (bold) said = marked(said, "**");
      const line = said.replaceAll("\n", lineEnd);
      return href ? `[${line}](${href.replace(/[()\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, "0")}`)})` : line;
    })
    .join("");

/** @param {string} text @param {string} first @param {string} rest */
const indented = (text, first, rest) => `${first}${text.replaceAll("\n", `\n${rest}`)}`.replace(/^(>?)[ \t]+$/gm, "$1");

/**
 * Returns blocks as Markdown, with tables and boxes as GitHub reads them.
 *
 * @param {Block[]} blocks
 * @returns {string}
 */
export const markdown = (blocks) => `${blocks.map(markdownBlock).join("\n\n")}\n`;

/** @param {Block} block @returns {string} */
function markdownBlock(block) {
  if (block.type === "heading") return `${"#".repeat(block.level)} ${markdownLine(block.runs, " ")}`;
  if (block.type === "text") return markdownLine(block.runs).replace(/^(?=[#>+-](?:\s|$))/, "\\").replace(/^(\d+)(?=[.)]\s)/, "$1\\");
  if (block.type === "code") return `\`\`\`\n${block.text}\n\`\`\``;
  if (block.type === "quote") return indented(markdown(block.blocks).trimEnd(), "> ", "> ");
  if (block.type === "table") {
    const columns = block.head.length || (block.rows[0]?.length ?? 0);
    const row = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
    const line = (/** @type {Run[][]} */ cells) => row(cells.map((cell) => markdownLine(cell, "<br>").replaceAll("|", "\\|")));
    const head = block.head.length ? line(block.head) : row(Array(columns).fill(""));
    return [head, row(Array(columns).fill("---")), ...block.rows.map(line)].join("\n");
  }
  return block.items
    .map((item, index) => {
      const mark = block.ordered ? `${index + 1}. ` : "- ";
      const tick = item.ticked === undefined ? "" : `[${item.ticked ? "x" : " "}] `;
      const [first, ...rest] = item.blocks;
      const text = [first ? `${tick}${markdownBlock(first)}` : tick, ...rest.map(markdownBlock)].join(rest.some((each) => each.type !== "list") ? "\n\n" : "\n");
      return indented(text, mark, " ".repeat(mark.length));
    })
    .join("\n");
}

/** @param {string} text */
const inSlack = (text) => text.replace(/[&<>]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[mark] ?? mark);

/** @param {Run[]} runs */
const slackLine = (runs) =>
  runs
    .map(({ text, bold, italic, code, href }) => {
      let said = inSlack(text);
      if (code) said = marked(said, "`");
      if (italic) said = marked(said, "_");
      if (bold && !href) said = marked(said, "*");
      return href ? `<${href}|${said}>` : said;
    })
    .join("");

/** Returns each row of a table as an item, because Slack has no tables. @param {import("./clip_read.js").Table} table @returns {Block} */
function rowsOf({ head, rows }) {
  const items = rows.map((cells) => {
    const [name = [], ...rest] = cells;
    const more = rest.flatMap((cell, index) => {
      if (!plain(cell)) return [];
      const title = plain(head[index + 1] ?? []);
      return [{ text: "; " }, ...(title ? [{ text: `${title}: ` }] : []), ...cell];
    });
    const runs = [...name.map((run) => ({ ...run, bold: true })), ...more];
    return { blocks: [/** @type {Block} */ ({ type: "text", runs })] };
  });
  return { type: "list", ordered: false, items };
}

/**
 * Returns blocks as the markup of Slack.
 *
 * @param {Block[]} blocks
 * @returns {string}
 */
export const slack = (blocks) => `${blocks.map(slackBlock).join("\n\n")}\n`;

/** @param {Block} block @returns {string} */
function slackBlock(block) {
  if (block.type === "heading") return `*${inSlack(plain(block.runs)).trim()}*`;
  if (block.type === "text") return slackLine(block.runs);
  if (block.type === "code") return `\`\`\`\n${inSlack(block.text)}\n\`\`\``;
  if (block.type === "quote") return indented(slack(block.blocks).trimEnd(), "> ", "> ");
  if (block.type === "table") return slackBlock(rowsOf(block));
  return block.items
    .map((item, index) => {
      const mark = `${box(item) || (block.ordered ? `${index + 1}.` : "\u2022")} `;
      return indented(item.blocks.map(slackBlock).join("\n"), mark, "    ");
    })
    .join("\n");
}

/**
 * Returns blocks as HTML for the message field of Slack, which has neither headings nor tables.
 *
 * @param {Block[]} blocks
 * @returns {string}
 */
export const slackHtml = (blocks) =>
  html(
    blocks.map((block) => {
      if (block.type === "heading") return { type: "text", runs: block.runs.map((run) => ({ ...run, bold: true })) };
      return block.type === "table" ? rowsOf(block) : block;
    }),
  );
