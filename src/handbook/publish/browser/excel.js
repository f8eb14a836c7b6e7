/* Writes the tables of blocks as an Excel workbook, a sheet each. */

import writeExcelFile from "./vendor/write-excel-file.js";
import { plain } from "./clip_write.js";
import { _ } from "./language.js";

const NUMBER = /^[\u2212-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$|^[\u2212-]?\d+(?:\.\d+)?$/;
const WIDEST = 60;

/** Returns a cell. A text is never calculated, whatever it starts with. @param {string} text */
function cell(text) {
  // Numbers of other languages stay text, because their marks could be misread.
  const amount = NUMBER.test(text) && document.documentElement.lang.startsWith("en") ? Number(text.replaceAll(",", "").replace("\u2212", "-")) : NaN;
  return Number.isFinite(amount) ? { type: Number, value: amount } : { type: String, value: text, wrap: text.length > WIDEST };
}

/**
 * Returns a workbook.
 *
 * @param {import("./clip_read.js").Block[]} blocks
 * @returns {Promise<Blob>}
 */
export async function workbook(blocks) {
  const sheets = blocks.flatMap((block) => {
    if (block.type !== "table") return [];
    const rows = block.rows.map((cells) => cells.map((runs) => cell(plain(runs))));
    const head = block.head.map((runs) => ({ type: String, value: plain(runs), fontWeight: "bold" }));
    const columns = block.head.map((runs, at) => {
      const longest = Math.max(plain(runs).length, ...block.rows.map((cells) => plain(cells[at] ?? []).length));
      return { width: Math.min(longest + 2, WIDEST) };
    });
    return [{ data: [head, ...rows], columns }];
  });
  return writeExcelFile(sheets.map(({ data, columns }, index) => ({ data, columns, sheet: _("Table %(number)s", { number: index + 1 }), stickyRowsCount: 1 }))).toBlob();
}
