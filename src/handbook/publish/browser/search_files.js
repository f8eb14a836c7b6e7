/* Reads the files of the search. Apart from the search, so that the first of them comes together with its scripts. */

/** The folder next to this script: each version of a site has its own. */
export const FOLDER = new URL("search/", import.meta.url);

/** @type {Map<string, Promise<any>>} */
const files = new Map();

/**
 * Reads a file once.
 *
 * @param {URL} url
 * @param {RequestCache} [cache]
 * @returns {Promise<any>}
 */
export function readFile(url, cache) {
  const known = files.get(url.href);
  if (known) return known;
  const file = fetched(url, cache);
  file.catch(() => files.delete(url.href));
  files.set(url.href, file);
  return file;
}

/** @param {URL} url @param {RequestCache} [cache] */
async function fetched(url, cache) {
  const answer = await fetch(url, { cache });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * Reads the first file of an index, and all of it if it is small.
 *
 * A site can have been published again since the browser stored this file, so it asks whether it is still right.
 *
 * @returns {Promise<import("./search_question.js").Manifest>}
 */
export const readIndex = (folder = FOLDER) => readFile(new URL("index.json", folder), "no-cache");
