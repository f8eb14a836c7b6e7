/* The search: loads the index and answers questions. The dialog shows the answers; `search_ranking.js` has the ranking. */

import { FOLDER, readFile, readIndex } from "./search_files.js";
import { Question, Terms } from "./search_question.js";
import { rank } from "./search_ranking.js";

export { marked, openWord } from "./search_words.js";

/**
 * A page that a question finds. All texts are plain.
 *
 * @typedef {object} Result
 * @property {string} href The address of the page.
 * @property {string} page The same, relative to the home page.
 * @property {string} title
 * @property {string} kind The name of its content type, `page` or `help`.
 * @property {{word: string, meaning: string} | null} state
 * @property {string} owner
 * @property {string} snippet
 * @property {{name: string, label: string, href: string, text: string} | null} action
 *
 * @typedef {[string, string, string?, string?, string?, string?, [string, string, string, string]?]} Page
 */

const ROOT = new URL("../../", import.meta.url);

/** @type {Map<string, Promise<Search>>} */
const loaded = new Map();

/**
 * Loads the index once.
 *
 * @param {URL} folder
 * @param {URL} root The address of the home page.
 * @returns {Promise<Search>}
 */
export function load(folder = FOLDER, root = ROOT) {
  const known = loaded.get(folder.href);
  if (known) return known;
  const search = readIndex(folder).then((manifest) => new Search(manifest, folder, root));
  search.catch(() => loaded.delete(folder.href));
  loaded.set(folder.href, search);
  return search;
}

/** @param {string} href @param {string[]} action */
function actionOf(href, [name = "", label = "", anchor, text = ""]) {
  return { name, label, href: anchor ? `${href}#${anchor}` : href, text };
}

export class Search {
  /** @param {import("./search_question.js").Manifest} manifest @param {URL} folder @param {URL} root */
  constructor(manifest, folder, root) {
    const { kinds, ask, report, actions } = manifest;
    this.kinds = Object.fromEntries(Object.entries(kinds).map(([name, { title, label, icon }]) => [name, { title, label, icon }]));
    this.ask = ask && { name: ask.name, channel: ask.channel, href: new URL(ask.page, root).href };
    /** The form of a new issue, with the query parameters of its title and text. @type {{address: string, title: string, body: string} | null} */
    this.report = report;
    /** What a reader can do before a question. @type {(NonNullable<Result["action"]> & {kind: string})[]} */
    this.actions = actions.map(([page, kind, ...action]) => ({ kind, ...actionOf(new URL(page, root).href, action) }));
    this.manifest = manifest;
    this.folder = folder;
    this.root = root;
    this.terms = new Terms(manifest);
    /** @type {Map<number, import("./search_ranking.js").Postings>} */
    this.postings = new Map();
  }

  /**
   * Answers a question.
   *
   * @param {string} text
   * @param {number} limit
   * @param {string} [kind] The content type to limit the answers to. The counts are those of all.
   */
  async query(text, limit = 20, kind = "") {
    const ranked = await this.ranked(text);
    const meant = kind ? ranked.results.filter((page) => this.kindOf(page) === kind) : ranked.results;
    const [results = [], near = [], unlisted = []] = await Promise.all([meant.slice(0, limit), ranked.near, ranked.unlisted].map((pages) => Promise.all(pages.map((page) => this.result(page)))));
    /** @type {Record<string, number>} How many pages of each content type are found. */
    const counts = {};
    for (const page of ranked.results) counts[this.kindOf(page)] = (counts[this.kindOf(page)] ?? 0) + 1;
    return { ...ranked, results, near, unlisted, total: ranked.results.length, counts };
  }

  /** @param {string} text @returns {Promise<import("./search_ranking.js").Ranked>} */
  async ranked(text) {
    const question = new Question(this.terms, text);
    await Promise.all([...question.needed].map((term) => this.readPostings(term)));
    const ranked = rank(question, (term) => /** @type {any} */ (this.postings.get(term)));
    if (ranked.results.length || !question.before) return ranked;
    const before = await this.ranked(question.before);
    // If they are slips, the word that doesn't fit says that they mean something else.
    return before.results.length && !before.unknown.length ? before : ranked;
  }

  /** @param {number} term */
  async readPostings(term) {
    if (this.postings.has(term)) return;
    const [rarity, ...numbers] = await this.item("terms", this.manifest.termParts, term);
    /** @type {Map<number, number>} */
    const pages = new Map();
    let page = 0;
    for (let at = 0; at < numbers.length; at += 2) {
      page += numbers[at];
      pages.set(page, numbers[at + 1]);
    }
    this.postings.set(term, { rarity, pages });
  }

  /** @param {number} number @returns {Promise<Result>} */
  async result(number) {
    /** @type {Page} */
    const [page, title, snippet = "", owner = "", word = "", meaning = "", action] = await this.item("pages", this.manifest.pageParts, number);
    const href = new URL(page, this.root).href;
    return {
      href,
      page,
      title,
      kind: this.kindOf(number),
      state: word ? { word, meaning } : null,
      owner,
      snippet,
      action: action ? actionOf(href, action) : null,
    };
  }

  /** Returns the content type of a page. @param {number} number */
  kindOf(number) {
    const kinds = Object.entries(this.manifest.kinds);
    return kinds.find(([, { first, end }]) => number >= first && number < end)?.[0] ?? "";
  }

  /** Returns an item of the parts of a list. @param {string} name @param {number[]} starts @param {number} number */
  async item(name, starts, number) {
    const part = starts.findLastIndex((start) => start <= number);
    const file = `${name}-${part}`;
    const items = this.manifest.parts?.[file] ?? (await readFile(new URL(`${this.manifest.folder}/${file}.json`, this.folder)));
    return items[number - (starts[part] ?? 0)];
  }
}
