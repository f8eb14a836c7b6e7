/* Only what `word.js` uses. */
export const Document: any;
export const ExternalHyperlink: any;
export const LevelFormat: any;
export const Packer: any;
export const Paragraph: any;
export const Table: any;
export const TableCell: any;
export const TableRow: any;
export const TextRun: any;
export const WidthType: any;
