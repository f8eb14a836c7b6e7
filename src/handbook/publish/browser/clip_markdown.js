/* Reads Markdown as blocks: the parts of it that people type into a document. */

/** @typedef {import("./clip_read.js").Block} Block */
/** @typedef {import("./clip_read.js").Run} Run */
/** @typedef {import("./clip_read.js").Item} Item */

const INLINE = /(`+)(.+?)\1|\*\*(.+?)\*\*|__(.+?)__|(?<![\w*])\*(?!\s)(.+?)\*(?!\w)|(?<!\w)_(?!\s)(.+?)_(?!\w)|\[([^\]]+)\]\(<?([^\s()<>]+)>?\)|<(https?:[^\s<>]+)>|\\([!-/:-@[-`{-~])/g;
const SAFE = /^(?:https?:|mailto:)/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

/**
 * Returns the runs of a line.
 *
 * @param {string} text
 * @param {Omit<Run, "text">} [look]
 * @returns {Run[]}
 */
export function runs(text, look = {}) {
  /** @type {Run[]} */
  const found = [];
  const add = (/** @type {string} */ words, more = {}) => words && found.push({ text: words, ...look, ...more });
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, , code, strong, strongToo, em, emToo, words, target = "", address, character] = match;
    add(text.slice(end, match.index));
    end = match.index + all.length;
    const bold = strong ?? strongToo;
    const italic = em ?? emToo;
    if (code !== undefined) add(code, { code: true });
    else if (bold !== undefined) found.push(...runs(bold, { ...look, bold: true }));
    else if (italic !== undefined) found.push(...runs(italic, { ...look, italic: true }));
    else if (words !== undefined) found.push(...runs(words, SAFE.test(target) ? { ...look, href: target } : look));
    else if (address !== undefined) add(address, { href: address });
    else add(character ?? "");
  }
  add(text.slice(end));
  return found;
}

/** @param {string} line */
const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => runs(cell.trim().replaceAll("\\|", "|")));

/** @param {string[]} lines @returns {Block} */
function list(lines) {
  const first = ITEM.exec(lines[0] ?? "");
  const depth = first?.[1]?.length ?? 0;
  /** @type {{lines: string[], ticked?: boolean}[]} */
  const items = [];
  for (const line of lines) {
    const match = ITEM.exec(line);
    if (match && (match[1]?.length ?? 0) <= depth) {
      const [, , , tick, text = ""] = match;
      items.push(tick === undefined ? { lines: [text] } : { lines: [text], ticked: tick !== " " });
    } else {
      items.at(-1)?.lines.push(line.replace(/^\s{1,4}/, ""));
    }
  }
  return {
    type: "list",
    ordered: /\d/.test(first?.[2] ?? ""),
    items: items.map(({ lines: own, ticked }) => (ticked === undefined ? { blocks: blocks(own.join("\n")) } : { blocks: blocks(own.join("\n")), ticked })),
  };
}

/**
 * Returns the blocks of a text.
 *
 * @param {string} text
 * @returns {Block[]}
 */
export function blocks(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  /** @type {Block[]} */
  const found = [];
  let at = 0;
  /** Takes lines while a test holds. @param {(line: string) => boolean} fits */
  const take = (fits) => {
    const start = at;
    while (at < lines.length && fits(lines[at] ?? "")) at += 1;
    return lines.slice(start, at);
  };
  const startsBlock = (/** @type {string} */ line) => !line.trim() || /^(?:#{1,6}\s|>|```)/.test(line) || ITEM.test(line);
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (!line.trim()) {
      at += 1;
    } else if (heading) {
      found.push({ type: "heading", level: heading[1]?.length ?? 1, runs: runs(heading[2] ?? "") });
      at += 1;
    } else if (line.startsWith("```")) {
      at += 1;
      found.push({ type: "code", text: take((each) => !each.startsWith("```")).join("\n") });
      at += 1;
    } else if (line.startsWith(">")) {
      found.push({ type: "quote", blocks: blocks(take((each) => each.startsWith(">")).map((each) => each.replace(/^> ?/, "")).join("\n")) });
    } else if (ITEM.test(line)) {
      found.push(list(take((each) => ITEM.test(each) || /^\s{2,}\S/.test(each))));
    } else if (line.trim().startsWith("|") && /^[\s|:-]+$/.test(lines[at + 1] ?? "") && (lines[at + 1] ?? "").includes("-")) {
      const [head = "", , ...rows] = take((each) => each.trim().startsWith("|"));
      found.push({ type: "table", head: cells(head), rows: rows.map(cells) });
    } else {
      const [first = "", ...rest] = [...lines.slice(at, ++at), ...take((each) => !startsBlock(each))];
      // Two spaces or a backslash at the end of a line keep it; other lines of a paragraph are one.
      const joined = [first, ...rest].map((each) => each.trim().replace(/\\$/, "")).join("\n");
      const isKept = [first, ...rest].map((each) => / {2,}$|\\$/.test(each));
      let number = 0;
      found.push({ type: "text", runs: runs(joined.replace(/\n/g, () => (isKept[number++] ? "\n" : " "))) });
    }
  }
  return found;
}

/**
 * Returns a document made from a template as blocks: the fields of its front matter as a list, without guidance.
 *
 * @param {string} text The document.
 * @param {Record<string, string>} names The names of the fields by ID. Other fields are for programs.
 * @param {string} optional The note at the end of the heading of an optional section.
 * @returns {Block[]}
 */
export function documentBlocks(text, names, optional) {
  const front = /^---\n(.*?)\n---\n/s.exec(text);
  const fields = (front?.[1] ?? "").split("\n").flatMap((line) => {
    const [, id = "", value = ""] = /^([\w-]+):\s*(.*?)(?:\s+#.*)?$/.exec(line) ?? [];
    const name = names[id];
    return name === undefined || id === "title" ? [] : [{ name, value: value.startsWith("#") ? "" : unquoted(value) }];
  });
  const all = blocks(text.slice(front?.[0].length ?? 0)).filter((block) => block.type !== "quote");
  const body = all.map((block) => {
    if (block.type !== "heading") return block;
    return { ...block, runs: block.runs.map((run) => ({ ...run, text: run.text.replace(` (${optional})`, "") })) };
  });
  const top = body[0]?.type === "heading" && body[0].level === 1 ? body.splice(0, 1) : [];
  /** @type {Item[]} */
  const items = fields.map(({ name, value }) => ({ blocks: [{ type: "text", runs: [{ text: `${name}:`, bold: true }, ...(value ? [{ text: ` ${value}` }] : [])] }] }));
  return [...top, ...(items.length ? [/** @type {Block} */ ({ type: "list", ordered: false, items })] : []), ...body];
}

/** @param {string} value */
function unquoted(value) {
  try {
    return value.startsWith('"') ? String(JSON.parse(value)) : value;
  } catch {
    return value;
  }
}
