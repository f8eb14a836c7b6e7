/* Ranks the pages of an index for the words of a reader, as `search/ranking.py` does: both give the same pages in the same
   order. */

import { EXACT, SYNONYM } from "./search_question.js";

/**
 * @typedef {import("./search_question.js").Alternative} Alternative
 *
 * @typedef {{rarity: number, pages: Map<number, number>}} Postings
 *
 * @typedef {import("./search_question.js").Question} Question
 *
 * @typedef {{results: number[], near: number[], intent: string, words: string[], unknown: string[], early: boolean, unlisted: number[]}} Ranked
 */

const OF_KIND = 40;
const NAMED = 130;
const MENTIONED = 45;
const ENOUGH = 0.51;
const SOME = 0.25;
const NEAR = 0.15;
const MOST_NEAR = 3;

/**
 * Returns the pages for a question.
 *
 * @param {Question} question
 * @param {(term: number) => Postings} postings
 * @returns {Ranked}
 */
export function rank(question, postings) {
  const { terms, words, intent, unknown } = question;
  if (!words.length) return { results: [], near: [], intent: "", words: [], unknown: [], early: false, unlisted: [] };
  const scores = scored(question, postings);
  scores.sort((a, b) => b.score - a.score || a.page - b.page);
  const isAny = words.length === 1 && words[0]?.alternatives.some(({ quality }) => quality !== SYNONYM);
  const [enough, some] = isAny ? [0, 0] : [ENOUGH, SOME];
  // With the name of a tool among words that no page has, a reader means just that.
  const { first, end } = terms.manifest.kinds.tool ?? { first: 0, end: 0 };
  const namesATool = question.parts.some((term) => [...postings(term).pages.keys()].some((page) => page >= first && page < end));
  const isAnswered = namesATool || scores.some(({ part }) => part >= enough);
  const results = scores.filter(({ part }) => isAnswered && part >= some).map(({ page }) => page);
  const early = !results.length && question.saysNothingYet;
  const unlisted = question.mayNameATool && !early ? terms.manifest.unlisted : [];
  const isFar = results.length || unlisted.length || words.length === 1;
  const near = isFar ? [] : scores.filter(({ part }) => part >= NEAR).map(({ page }) => page).slice(0, MOST_NEAR);
  const places = new Set(words.flatMap((word) => word.alternatives.flatMap((alternative) => alternative.terms)));
  const stems = [...places].toSorted((a, b) => a - b).map((place) => terms.list[place] ?? "");
  return { results, near, intent, words: stems, unknown, early, unlisted };
}

/** @param {Question} question @param {(term: number) => Postings} postings */
function scored({ terms, words, names, boosts }, postings) {
  const { kinds, unknown } = terms.manifest;
  /** @type {Map<number, number>} */
  const scores = new Map();
  /** @type {Map<number, number>} */
  const matched = new Map();
  let whole = 0;
  const isOnly = words.every((word) => word.kinds.length);
  for (const word of words.toSorted((a, b) => Number(a.kinds.length > 0) - Number(b.kinds.length > 0))) {
    /** @type {Map<number, [number, number]>} */
    const best = new Map();
    const mass = rarityOf(word.alternatives, postings) ?? unknown;
    for (const { terms: places, quality } of word.alternatives) {
      for (const [page, weight] of common(places, postings)) {
        const [score, known] = best.get(page) ?? [0, 0];
        const strength = quality * Math.min(EXACT, MENTIONED + weight);
        best.set(page, [Math.max(score, quality * mass * weight), Math.max(known, strength)]);
      }
    }
    for (const name of word.kinds) {
      const { first, end } = kinds[name] ?? { first: 0, end: 0 };
      const pages = isOnly ? Array.from({ length: end - first }, (_, at) => first + at) : [...scores.keys()];
      for (const page of pages) {
        if (page >= first && page < end) best.set(page, [(best.get(page)?.[0] ?? 0) + EXACT * mass * OF_KIND, EXACT * EXACT]);
      }
    }
    for (const pair of word.pairs) {
      for (const [page, weight] of postings(pair).pages) {
        const known = best.get(page);
        if (known) best.set(page, [known[0] + EXACT * mass * weight, known[1]]);
      }
    }
    whole += mass * word.share;
    for (const [page, [score, quality]] of best) {
      scores.set(page, (scores.get(page) ?? 0) + score * word.share);
      matched.set(page, (matched.get(page) ?? 0) + mass * quality * word.share);
    }
  }
  const kindOf = (/** @type {number} */ page) => Object.keys(kinds).find((name) => page >= (kinds[name]?.first ?? 0) && page < (kinds[name]?.end ?? 0)) ?? "";
  const isAny = Object.keys(boosts).length === 0;
  for (const name of names) {
    for (const [page, weight] of postings(name).pages) {
      const known = scores.get(page);
      const isMeant = isAny || Object.hasOwn(boosts, kindOf(page));
      if (known !== undefined && isMeant) scores.set(page, known + EXACT * whole * weight);
    }
  }
  // Entries count more if their content type is what the question is after, or one of its words.
  const named = new Set(words.flatMap((word) => word.kinds));
  return [...scores].map(([page, score]) => {
    const part = (matched.get(page) ?? 0) / (EXACT * EXACT * whole);
    const kind = kindOf(page);
    return { page, part, score: score * part * part * Math.max(boosts[kind] ?? 100, named.has(kind) ? NAMED : 100) };
  });
}

/** @param {Alternative[]} alternatives @param {(term: number) => Postings} postings */
function rarityOf(alternatives, postings) {
  const best = Math.max(0, ...alternatives.map(({ quality }) => quality));
  const found = alternatives
    .filter(({ quality }) => quality === best)
    .map(({ terms }) => Math.max(...terms.map((term) => postings(term).rarity)));
  return found.length ? Math.min(...found) : undefined;
}

/** Returns the pages with all of some terms, and their average weight. @param {number[]} terms @param {(term: number) => Postings} postings */
function common(terms, postings) {
  const [first, ...others] = terms.map((term) => postings(term).pages);
  if (!first || !others.length) return first ?? new Map();
  const found = new Map();
  for (const [page, weight] of first) {
    if (others.every((other) => other.has(page))) {
      const sum = others.reduce((total, other) => total + (other.get(page) ?? 0), weight);
      found.set(page, Math.floor(sum / terms.length));
    }
  }
  return found;
}
