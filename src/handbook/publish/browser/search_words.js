/* Splits texts into words and reduces words to stems, as `search/tokens.py` does. */

const CHUNK = /[\p{L}\p{N}]+(?:[-_./&][\p{L}\p{N}]+)*/gu;
const CAMEL = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/;
const LONGEST = 40;

/**
 * Returns the words of a text in lower case, without accents.
 *
 * @param {string} text
 */
export function split(text) {
  const bare = text.replace(/['’ʼ]/g, "").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  return (bare.match(CHUNK) ?? []).flatMap((chunk) =>
    chunk
      .split(/[-_./&]/)
      .flatMap((part) => part.split(CAMEL))
      .map((piece) => piece.toLowerCase().replaceAll("ß", "ss").slice(0, LONGEST)),
  );
}

/**
 * Returns the last word of a text if no other sign follows, so that a reader can still be typing it; empty otherwise.
 *
 * @param {string} text
 */
export const openWord = (text) => (/[\p{L}\p{N}]$/u.test(text) ? (split(text).at(-1) ?? "") : "");

/**
 * Returns a word without the ending of a plural or another form.
 *
 * @param {string} word
 * @param {[string, string, number][]} suffixes
 */
export function stem(word, suffixes) {
  for (const [ending, replacement, least] of suffixes) {
    const rest = word.length - ending.length;
    if (rest >= least && word.endsWith(ending)) return word.slice(0, rest) + replacement;
  }
  return word;
}

/**
 * Returns the stems of the forms that an unfinished word could become: `plan` for `planni`.
 *
 * @param {string} word
 * @param {[string, string, number][]} suffixes
 */
export function begun(word, suffixes) {
  /** @type {Set<string>} */
  const stems = new Set();
  for (const [ending] of suffixes) {
    for (let length = 1; length < ending.length; length++) {
      const form = word.slice(0, -length) + ending;
      if (form.startsWith(word)) stems.add(stem(form, suffixes));
    }
  }
  stems.delete(stem(word, suffixes));
  return stems;
}

/**
 * Splits a text where it has one of the words that were found, or a longer form of one.
 *
 * @param {string} text
 * @param {string[]} words
 * @returns {{text: string, hit?: boolean}[]}
 */
export function marked(text, words) {
  /** @type {{text: string, hit?: boolean}[]} */
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const word = split(found[0]).join("");
    if (!words.some((start) => word === start || (start.length > 2 && word.startsWith(start)))) continue;
    if (found.index > done) parts.push({ text: text.slice(done, found.index) });
    parts.push({ text: found[0], hit: true });
    done = found.index + found[0].length;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}
