/* What the words of a reader match, as in `search/matching.py`: the names are the same, and so are the results. */

import { slips } from "./search_slips.js";
import { begun, openWord, split, stem } from "./search_words.js";

/**
 * The first file of an index, as `search/parts.py` writes it.
 *
 * @typedef {object} Manifest
 * @property {Record<string, {title: string, label: string, icon: string, stems: string[], first: number, end: number}>} kinds
 * @property {{name: string, page: string, channel: string} | null} ask
 * @property {{address: string, title: string, body: string} | null} report
 * @property {[string, string, ...string[]][]} actions The page and content type of each, and the action.
 * @property {number} unknown
 * @property {{stop: string[], soft: string[], suffixes: [string, string, number][], intents: {name: string, phrases: string[], kinds: Record<string, number>}[]}} speech
 * @property {number[]} unlisted The pages that say how to get a tool that isn't listed.
 * @property {Record<string, number[][]>} synonyms The terms of other phrases that mean the same, by phrase.
 * @property {string} terms
 * @property {number[]} termParts
 * @property {number[]} pageParts
 * @property {Record<string, any[]>} [parts] The parts of a small index, by name.
 * @property {string} [folder] The folder with the parts of a large one.
 *
 * What matches a word: the terms that a page has to have, and how well, in per cent.
 * @typedef {{terms: number[], quality: number}} Alternative
 *
 * @typedef {{alternatives: Alternative[], pairs: number[], kinds: string[], share: number}} Word
 */

export const EXACT = 100;
export const SYNONYM = 85;
const JOINED = 95;
const APART = 85;
const TYPO = 75;
const LONGER = 60;
const OF_SLIP = 60;
const FAR_TYPO = 55;
const RELATED = 55;
const MOST_LONGER = 16;
const MOST_TYPOS = 6;
const MOST_RELATED = 8;
const LEAST_PREFIX = 2;
const LEAST_SWAPPED = 3;
const LEAST_TYPO = 4;
const LEAST_TYPO_AMONG_OTHERS = 5;
const LEAST_FAR_TYPO = 9;
const LEAST_APART = 4;
const LEAST_OTHER_START = 7;
const LEAST_SURE = 4;
const LEAST_RELATED = 5;
const SOFT = 25;
const LONGEST_PHRASE = 4;
const UNFINISHED = 15;

/** The index without its parts. */
export class Terms {
  /** @param {Manifest} manifest */
  constructor(manifest) {
    this.manifest = manifest;
    this.list = manifest.terms ? manifest.terms.split("\n") : [];
    this.stop = new Set(manifest.speech.stop);
    const { stop, soft, intents } = manifest.speech;
    const phrases = [...stop, ...soft, ...intents.flatMap((intent) => intent.phrases), ...Object.keys(manifest.synonyms)];
    /** The words that a reader can be typing, besides the terms. */
    this.words = new Set(phrases.flatMap((phrase) => phrase.split(" ")));
  }

  /** Returns the place of the first term that is not before a text. @param {string} text */
  from(text) {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {string} */ (this.list[middle]) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {string} word */
  place(word) {
    const place = this.from(word);
    return this.list[place] === word ? place : undefined;
  }

  /** Yields the places of the terms with a beginning, without pairs. @param {string} start */
  *startingWith(start) {
    for (let place = this.from(start); this.list[place]?.startsWith(start); place++) {
      if (!this.list[place]?.includes(" ")) yield place;
    }
  }
}

/** Returns whether a word is long enough to be a slip for another one, or has the same letters. @param {string} word @param {string} other */
function isSimilar(word, other) {
  const isLong = word.length >= LEAST_TYPO_AMONG_OTHERS && other.length >= LEAST_TYPO;
  return isLong || [...word].sort().join("") === [...other].sort().join("");
}

/** The words of a reader. */
export class Question {
  /** @param {Terms} terms @param {string} text */
  constructor(terms, text) {
    const { soft, suffixes } = terms.manifest.speech;
    this.terms = terms;
    this.given = split(text);
    this.stems = this.given.map((word) => stem(word, suffixes));
    /** The number of the last word, if the reader can still be typing it. */
    this.unfinished = this.isBegun(openWord(text)) ? this.given.length - 1 : undefined;
    /** The words before an unfinished one; empty if a page has that as it is. */
    this.before = this.wordsBeforeUnfinished();
    this.soft = new Set(this.given.flatMap((word, number) => (soft.includes(word) ? [number] : [])));
    /** @type {Set<number>} */
    this.dropped = new Set();
    /** @type {number[]} */
    this.names = [];
    /** The terms of whole names of one or two words that the question has. @type {number[]} */
    this.parts = [];
    /** @type {Map<number, Alternative[]>} */
    this.known = new Map();
    /** @type {Record<string, number>} */
    this.boosts = {};
    this.intent = "";
    /** @type {string[]} */
    this.unknown = [];
    /** Whether no word says yet what the question is about. */
    this.saysNothingYet = false;
    /** What an unknown word could be a slip for, by its number. */
    this.slips = new Map(this.given.map((_, number) => /** @type {const} */ ([number, this.slip(number)])).filter(([, found]) => found.length));
    for (const [number, [first]] of this.slips) this.stems[number] = terms.list[first?.terms[0] ?? 0] ?? "";
    this.forms = this.given.map((word, number) => (terms.stop.has(word) ? word : (this.stems[number] ?? "")));
    this.readIntents();
    this.words = this.readWords();
  }

  /** Whether an unknown word can be the name of a tool: it is all there is, or what to get. */
  get mayNameATool() {
    return this.unknown.length > 0 && (Object.hasOwn(this.boosts, "tool") || this.words.length === 1);
  }

  /** The terms whose pages the ranking needs. */
  get needed() {
    const own = this.words.flatMap((word) => [...word.pairs, ...word.alternatives.flatMap(({ terms }) => terms)]);
    return new Set([...this.names, ...this.parts, ...own]);
  }

  /** Returns whether a word can become a longer one. @param {string} word */
  isBegun(word) {
    if (!word) return false;
    const known = this.terms.words;
    const own = [word, this.stems.at(-1)];
    if ([...begun(word, this.terms.manifest.speech.suffixes)].some((one) => known.has(one) && one !== word)) return true;
    return [...known].some((one) => one.startsWith(word) && !own.includes(one)) || !this.longer(word).next().done;
  }

  wordsBeforeUnfinished() {
    if (this.unfinished === undefined) return "";
    const isWhole = (this.given.at(-1) ?? "").length >= LEAST_SURE && this.terms.place(this.stems.at(-1) ?? "") !== undefined;
    return isWhole ? "" : this.given.slice(0, -1).map((word) => `${word} `).join("");
  }

  readIntents() {
    for (const intent of this.terms.manifest.speech.intents) {
      for (const phrase of intent.phrases) {
        const words = phrase.split(" ");
        for (let start = 0; start + words.length <= this.forms.length; start++) {
          if (words.some((word, at) => this.forms[start + at] !== word)) continue;
          this.intent ||= intent.name;
          for (const [kind, boost] of Object.entries(intent.kinds)) this.boosts[kind] = Math.max(this.boosts[kind] ?? 100, boost);
          const wordsOfIt = Object.keys(intent.kinds).length ? this.soft : this.dropped;
          words.forEach((_, at) => wordsOfIt.add(start + at));
        }
      }
    }
  }

  /** @returns {Word[]} */
  readWords() {
    const all = this.given.map((_, number) => number);
    const saying = all.filter((number) => !this.dropped.has(number) && !this.saysNothing(number));
    this.saysNothingYet = saying.every((number) => this.soft.has(number) || number === this.unfinished);
    const telling = saying.length ? saying : all;
    const named = Object.entries(this.terms.manifest.kinds);
    const kinds = this.forms.map((one) => named.filter(([, kind]) => kind.stems.includes(one)).map(([name]) => name));
    const start = this.given.at(-1) ?? "";
    if (this.unfinished !== undefined && start.length >= LEAST_SURE) {
      kinds[this.unfinished] = named.filter(([, kind]) => kind.stems.some((one) => one.startsWith(start))).map(([name]) => name);
    }
    const isClear = telling.some((number) => !this.soft.has(number) && !kinds[number]?.length);
    const matches = telling.map((number) => this.matches(number));
    const stems = telling.map((number) => this.stems[number]);
    const hard = telling.filter((number) => !this.soft.has(number));
    const isUnknown = (/** @type {number} */ number) => this.slips.has(number) || !this.knownForms(number).length;
    this.unknown = saying.filter((number) => !this.soft.has(number) && isUnknown(number)).map((number) => this.given[number] ?? "");
    const hardStems = hard.map((number) => this.stems[number]);
    this.names = [...new Set([stems, hardStems].map((each) => this.terms.place(` ${each.join(" ")}`)).filter((place) => place !== undefined))];
    const splitUp = matches.flat().filter((each) => each.terms.length === 2);
    const parts = [...stems.map((each) => [each]), ...stems.slice(1).map((each, at) => [stems[at], each]), ...splitUp.map((each) => each.terms.map((place) => this.terms.list[place]))];
    this.parts = parts.map((each) => this.terms.place(` ${each.join(" ")}`)).filter((place) => place !== undefined);
    return telling.map((number, at) => ({
      ...this.weighed(number, matches[at] ?? [], this.soft.has(number) && isClear ? SOFT : 100),
      pairs: [at - 1, at]
        .filter((start) => start >= 0 && start < stems.length - 1)
        .map((start) => this.terms.place(`${stems[start]} ${stems[start + 1]}`))
        .filter((place) => place !== undefined),
      kinds: kinds[number] ?? [],
    }));
  }

  /** Returns what matches a word, and how much it counts: if unfinished, as much as the part that is there. @param {number} number @param {Alternative[]} alternatives @param {number} share */
  weighed(number, alternatives, share) {
    const best = Math.max(0, ...alternatives.map(({ quality }) => quality));
    if (number !== this.unfinished || best === 0 || best > LONGER) return { alternatives, share };
    const scaled = alternatives.map(({ terms, quality }) => ({ terms, quality: Math.floor((EXACT * quality) / best) }));
    return { alternatives: scaled, share: Math.floor((share * best) / EXACT) };
  }

  /** @param {number} number */
  saysNothing(number) {
    const word = this.given[number] ?? "";
    if (this.terms.stop.has(word)) return true;
    if (number === this.unfinished) return word.length < LEAST_PREFIX || !this.matches(number).length;
    const saysLittle = this.soft.has(number) || /^[0-9]+$/.test(word);
    if (this.matches(number).length) return false;
    if (saysLittle) return true;
    if (word.length < LEAST_SWAPPED) return false;
    return [...this.terms.stop].some((each) => Math.abs(each.length - word.length) <= 1 && isSimilar(word, each) && slips(word, each, 1) <= 1);
  }

  /** @param {number} number */
  matches(number) {
    const found = this.known.get(number) ?? this.alternatives(number);
    this.known.set(number, found);
    return found;
  }

  /** @param {number} number @returns {Alternative[]} */
  alternatives(number) {
    const slips = this.slips.get(number);
    if (slips) return [...slips, ...[...this.synonyms(number)].map((places) => ({ terms: places, quality: OF_SLIP }))];
    const known = [...this.knownForms(number), ...this.apart(this.given[number] ?? "")];
    return known.length ? known : this.related(this.stems[number] ?? "").map((place) => ({ terms: [place], quality: RELATED }));
  }

  /** Returns what matches a word that pages have as it is. @param {number} number @returns {Alternative[]} */
  knownForms(number) {
    const { terms, given } = this;
    const { suffixes } = terms.manifest.speech;
    const word = given[number] ?? "";
    const exact = terms.place(this.stems[number] ?? "");
    // "Kick" alone says less than what "kick off" means.
    const phrases = [...this.synonyms(number, 2)];
    /** @type {Alternative[]} */
    const known = exact === undefined ? [] : [{ terms: [exact], quality: phrases.length ? SYNONYM : EXACT }];
    for (const start of [number - 1, number]) {
      if (start < 0 || start >= given.length - 1) continue;
      const place = terms.place(stem(given.slice(start, start + 2).join(""), suffixes));
      if (place !== undefined) known.push({ terms: [place], quality: JOINED });
    }
    for (const places of phrases) known.push({ terms: places, quality: EXACT });
    for (const places of this.synonyms(number, 1, 1)) known.push({ terms: places, quality: SYNONYM });
    if (number === this.unfinished && word.length >= LEAST_PREFIX) {
      let left = MOST_LONGER;
      for (const place of this.longer(word)) {
        if (left-- === 0) break;
        known.push({ terms: [place], quality: this.quality(word, place) });
      }
    }
    return known;
  }

  /** Returns the terms that an unknown word could be a slip for. @param {number} number @returns {Alternative[]} */
  slip(number) {
    const word = this.given[number] ?? "";
    if (this.terms.stop.has(word) || number === this.unfinished) return [];
    if (this.knownForms(number).length || this.apart(word).length) return [];
    return this.similar(word, this.stems[number] ?? "");
  }

  /** Returns the two terms that make a word, if a name has them so. @param {string} word @returns {Alternative[]} */
  apart(word) {
    const { suffixes } = this.terms.manifest.speech;
    /** @type {Alternative[]} */
    const found = [];
    for (let at = LEAST_APART; at <= word.length - LEAST_APART; at++) {
      const parts = [word.slice(0, at), word.slice(at)].map((part) => stem(part, suffixes));
      const places = parts.map((part) => this.terms.place(part)).filter((place) => place !== undefined);
      if (places.length === parts.length && this.terms.place(parts.join(" ")) !== undefined) found.push({ terms: places, quality: APART });
    }
    return found;
  }

  /** @param {string} word @param {number} place */
  quality(word, place) {
    if (this.given.length === 1) return LONGER;
    const there = Math.floor((EXACT * word.length) / (this.terms.list[place] ?? "").length);
    return Math.max(1, Math.min(LONGER, there - UNFINISHED));
  }

  /**
   * Yields the terms of the phrases that mean the same as one with the word.
   *
   * @param {number} number
   * @param {number} least The least words of the phrase.
   * @param {number} most
   * @returns {Generator<number[]>}
   */
  *synonyms(number, least = 1, most = LONGEST_PHRASE) {
    for (let length = least; length <= most; length++) {
      for (let start = Math.max(0, number - length + 1); start <= Math.min(number, this.stems.length - length); start++) {
        const phrase = this.stems.slice(start, start + length).join(" ");
        if (Object.hasOwn(this.terms.manifest.synonyms, phrase)) yield* this.terms.manifest.synonyms[phrase] ?? [];
      }
    }
  }

  /** Yields the terms that an unfinished word could become. @param {string} word @returns {Generator<number>} */
  *longer(word) {
    const { suffixes } = this.terms.manifest.speech;
    const places = [...begun(word, suffixes)].map((one) => this.terms.place(one)).filter((place) => place !== undefined);
    yield* places.sort((a, b) => a - b);
    const others = new Set([...places, this.terms.place(stem(word, suffixes))]);
    for (const place of this.terms.startingWith(word)) if (!others.has(place)) yield place;
  }

  /** @param {string} word @param {string} one @returns {Alternative[]} */
  similar(word, one) {
    const least = this.given.length === 1 ? LEAST_TYPO : LEAST_TYPO_AMONG_OTHERS;
    const most = one.length >= LEAST_FAR_TYPO ? 2 : word.length >= least ? 1 : 0;
    const kinds = new Set(Object.values(this.terms.manifest.kinds).flatMap((kind) => kind.stems));
    for (const [allowed, quality] of /** @type {const} */ ([[1, TYPO], [2, FAR_TYPO]])) {
      if (allowed > most) return [];
      /** @type {[number, number, number][]} */
      const found = [];
      for (const [place, term] of this.terms.list.entries()) {
        if (term.includes(" ") || term.length <= allowed + 1 || !this.isNear(word, one, term, allowed)) continue;
        found.push([Number(term[0] !== one[0]), Number(!kinds.has(term)), place]);
      }
      if (found.length) {
        found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
        return found.slice(0, MOST_TYPOS).map(([, , place]) => ({ terms: [place], quality }));
      }
    }
    return [];
  }

  /** @param {string} word @param {string} one @param {string} term @param {number} allowed */
  isNear(word, one, term, allowed) {
    if (term[0] !== word[0] && (allowed > 1 || word.length < LEAST_OTHER_START)) return false;
    if (word.length < LEAST_TYPO_AMONG_OTHERS && !isSimilar(word, term) && term.length <= word.length) return false;
    if ([one, word].some((text) => Math.abs(term.length - text.length) <= allowed && slips(text, term, allowed) <= allowed)) return true;
    if (allowed > 1 || term.slice(0, 2) !== word.slice(0, 2)) return false;
    return this.terms.manifest.speech.suffixes.some(([ending, replacement]) => {
      if (!term.endsWith(replacement)) return false;
      const form = term.slice(0, term.length - replacement.length) + ending;
      return Math.abs(form.length - word.length) <= 1 && slips(word, form, 1) <= 1;
    });
  }

  /** @param {string} one */
  related(one) {
    /** @type {number[]} */
    const found = [];
    for (let least = one.length - 1; least >= Math.max(LEAST_RELATED, Math.ceil((2 * one.length) / 3)) && !found.length; least--) {
      for (const place of this.terms.startingWith(one.slice(0, least))) {
        found.push(place);
        if (found.length === MOST_RELATED) break;
      }
    }
    return found;
  }
}
