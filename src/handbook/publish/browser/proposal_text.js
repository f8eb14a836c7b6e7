/* Writes a proposal as people send it: as an issue that has it in a block, or as a message that survives chats and
   mail. The engine reads both; `write/parcel.py` says how. */

/** @typedef {import("./proposal.js").Proposal} Proposal */
/** @typedef {import("./form_data.js").IssueForm} IssueForm */

export const MARK = "handbook-proposal";
/** The most bytes of an address that hosts accept, of a proposal, and the most operations of an issue. */
export const [MOST_OF_ADDRESS, MOST_BYTES, MOST_OPERATIONS] = [8000, 65_536, 20];
const [MOST_OF_TITLE, MOST_OF_LINE] = [200, 80];
const WIDTH = 64;

/** Returns a proposal as JSON with one operation in a line. @param {Proposal} proposal */
export function proposalJson({ operations, ...head }) {
  return `${JSON.stringify(head).slice(0, -1)},"operations":[\n${operations.map((each) => JSON.stringify(each)).join(",\n")}\n]}`;
}

/** Returns the words before a proposal. A value in them that has the mark of one is still only a value. @param {string} words */
const markedOff = (words) => words.replace(/\\?\[\s*(handbook[\s>|]+proposal)\s*\\?\]/gi, "($1)").trimEnd();

/** @param {string} words What it changes, for people. @param {Proposal} proposal */
export const issueText = (words, proposal) => [markedOff(words), "", "```json " + MARK, proposalJson(proposal), "```", ""].join("\n");

/** @param {string} words @param {Proposal} proposal @param {string} advice What to do with the message. */
export function messageText(words, proposal, advice) {
  const data = new TextEncoder().encode(proposalJson(proposal));
  const code = btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
  const lines = code.match(new RegExp(`.{1,${WIDTH}}`, "g")) ?? [];
  return [markedOff(words), "", ["[handbook", "proposal]"].join(" "), ...lines, `[end ${crc32(data).toString(16).padStart(8, "0")}]`, advice, ""].join("\n");
}

/** @param {Uint8Array} data */
function crc32(data) {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** Returns a text without mentions. Only a character between the sign and the name prevents one. @param {string} text */
export const withoutMentions = (text) => text.replace(/[@#!~](?=[\p{L}\p{N}_])/gu, "$&\u2060");

/**
 * Returns a name from a field for the text of an issue: code, which mentions no one and links to nothing, unless it is
 * only words. Hosts also link `GH-1` and the start of a commit.
 *
 * @param {string} text On one line.
 */
export function asWords(text) {
  if (/^[\p{L}\p{N} ,›’“”()]+$/u.test(text) && !/\b(?=\D*\d)[\da-f]{7,}\b/i.test(text)) return text;
  const fence = "`".repeat(Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length)) + 1);
  return /^`|`$/.test(text) ? `${fence} ${text} ${fence}` : fence + text + fence;
}

/**
 * Returns the values of a change for the list in an issue, whole: on the line of their field if they are short, else to
 * unfold below it. They are code, so that they mention no one.
 *
 * @param {[string, string][]} values Each with what it is, such as `Before`.
 */
export function changeText(values) {
  if (values.every(([, text]) => text.length <= MOST_OF_LINE && !/[\r\n`]/.test(text))) return ` ${values.map(([, text]) => "`" + text + "`").join(" → ")}`;
  const blocks = values.map(([name, text]) => {
    const fence = "`".repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
    const folded = text.split("\n").map((line) => (line.length > 100 ? line.replace(/(.{1,100})(?: |$)/g, "$1\n").trimEnd() : line)).join("\n");
    return `<details><summary>${name}</summary>\n\n${fence}text\n${folded}\n${fence}\n\n</details>`;
  });
  return `\n\n${blocks.join("\n").replace(/^(?=.)/gm, "  ")}\n`;
}

/**
 * Returns the address of an issue form with a title and text; `null` if it is longer than hosts accept.
 *
 * @param {IssueForm} form
 * @param {string} title
 * @param {string} text
 */
export function issueAddress(form, title, text) {
  const address = `${form.address}?${encodeURIComponent(form.title)}=${encodeURIComponent(title.slice(0, MOST_OF_TITLE))}&${encodeURIComponent(form.body)}=${encodeURIComponent(text)}`;
  return address.length <= MOST_OF_ADDRESS ? address : null;
}
