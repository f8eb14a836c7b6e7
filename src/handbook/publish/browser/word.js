/* Writes blocks as a Word document. */

import { Document, ExternalHyperlink, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from "./vendor/docx.js";

/** @typedef {import("./clip_read.js").Block} Block */
/** @typedef {import("./clip_read.js").Run} Run */

const INDENT = 360;
const BOXES = { open: "\u2610 ", ticked: "\u2611 " };

/** @param {Run[]} runs @param {boolean} [bold] */
function line(runs, bold = false) {
  return runs.map((run) => {
    const texts = run.text.split("\n").map(
      (text, index) =>
        new TextRun({
          text,
          ...(index ? { break: 1 } : {}),
          ...(run.bold || bold ? { bold: true } : {}),
          ...(run.italic ? { italics: true } : {}),
          ...(run.code ? { font: "Consolas" } : {}),
          ...(run.href ? { style: "Hyperlink" } : {}),
        }),
    );
    return run.href ? [new ExternalHyperlink({ children: texts, link: run.href })] : texts;
  }).flat();
}

/** Writes the blocks of a document, and counts its numbered lists, each of which starts at 1. */
class Writer {
  lists = 0;

  /** @param {Block[]} blocks @param {number} depth @returns {any[]} */
  blocks(blocks, depth = 0) {
    return blocks.flatMap((block) => this.block(block, depth));
  }

  /** @param {Block} block @param {number} depth @returns {any[]} */
  block(block, depth) {
    const indent = depth ? { indent: { left: INDENT * 2 * depth } } : {};
    if (block.type === "heading") return [new Paragraph({ heading: `Heading${block.level}`, children: line(block.runs) })];
    if (block.type === "text") return [new Paragraph({ children: line(block.runs), spacing: { after: 120 }, ...indent })];
    if (block.type === "code") return block.text.split("\n").map((text) => new Paragraph({ children: line([{ text, code: true }]), ...indent }));
    if (block.type === "quote") return this.blocks(block.blocks, depth + 1);
    if (block.type === "table") return [this.table(block), new Paragraph({})];
    const instance = (this.lists += 1);
    return block.items.flatMap(({ blocks: [first, ...rest], ticked }) => {
      const box = ticked === undefined ? [] : line([{ text: ticked ? BOXES.ticked : BOXES.open }]);
      const mark = ticked === undefined ? { numbering: { reference: block.ordered ? "numbers" : "bullets", level: Math.min(depth, 5), ...(block.ordered ? { instance } : {}) } } : indent;
      const own = first?.type === "text" ? line(first.runs) : [];
      return [new Paragraph({ children: [...box, ...own], ...mark }), ...this.blocks(first && first.type !== "text" ? [first, ...rest] : rest, depth + 1)];
    });
  }

  /** @param {import("./clip_read.js").Table} table */
  table({ head, rows }) {
    const row = (/** @type {Run[][]} */ cells, isHead = false) =>
      new TableRow({
        ...(isHead ? { tableHeader: true } : {}),
        children: cells.map((cell) => new TableCell({ children: [new Paragraph({ children: line(cell, isHead) })] })),
      });
    return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: [...(head.length ? [row(head, true)] : []), ...rows.map((cells) => row(cells))] });
  }
}

/** @param {boolean} isOrdered */
const levels = (isOrdered) =>
  Array.from({ length: 6 }, (_level, level) => ({
    level,
    format: isOrdered ? LevelFormat.DECIMAL : LevelFormat.BULLET,
    text: isOrdered ? `%${level + 1}.` : "\u2022",
    style: { paragraph: { indent: { left: INDENT * (2 * level + 2), hanging: INDENT } } },
  }));

/**
 * Returns a document.
 *
 * @param {Block[]} blocks
 * @param {string} title
 * @returns {Promise<Blob>}
 */
export function wordDocument(blocks, title) {
  const numbering = { config: [{ reference: "bullets", levels: levels(false) }, { reference: "numbers", levels: levels(true) }] };
  return Packer.toBlob(new Document({ title, numbering, sections: [{ children: new Writer().blocks(blocks) }] }));
}
