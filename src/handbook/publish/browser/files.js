/* Offers blocks as files of other programs. The libraries for it are large, so they are loaded only on request. */

import { save } from "./dom.js";
import { _ } from "./language.js";
import { fileName } from "./words.js";

/** @typedef {import("./clip.js").File} File */

/** @param {string} what The name of the document. @returns {File} */
export const wordFile = (what) => ({
  words: _("Word file"),
  hint: ".docx",
  save: async (blocks) => save(`${fileName(what)}.docx`, await (await import("./word.js")).wordDocument(blocks, what)),
});

/** @param {string} what The name of the table. @returns {File} */
export const excelFile = (what) => ({
  words: _("Excel file"),
  hint: ".xlsx",
  save: async (blocks) => save(`${fileName(what)}.xlsx`, await (await import("./excel.js")).workbook(blocks)),
});
