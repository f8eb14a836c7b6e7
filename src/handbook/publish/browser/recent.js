/* The pages that a reader opened lately. They are stored only in this browser, for this version of the site. */

import { read, write } from "./storage.js";

const ROOT = new URL("../../", import.meta.url);
const NAME = `recent${ROOT.pathname}`;
const MOST = 6;

/** @typedef {{page: string, title: string}} Recent A page, relative to the home page. */

/** Returns them, the latest first. @returns {(Recent & {href: string})[]} */
export function recentPages() {
  return pagesIn(read(NAME)).map((recent) => ({ ...recent, href: new URL(recent.page, ROOT).href }));
}

/** @param {unknown} stored @returns {Recent[]} */
function pagesIn(stored) {
  if (!Array.isArray(stored)) return [];
  // Anything can be in the storage of a browser.
  return stored.filter(
    (each) => typeof each?.page === "string" && typeof each.title === "string" && new URL(each.page, ROOT).href.startsWith(ROOT.href),
  );
}

export const forgetPages = () => write(NAME, undefined);

/** Remembers the page that is shown, or forgets it if it is missing. @param {boolean} isMissing */
export function rememberPage(isMissing) {
  if (!location.href.startsWith(ROOT.href)) return;
  const page = location.href.replace(/[?#].*$/, "").slice(ROOT.href.length);
  const title = titleOf(document.querySelector("article h1, main h1"));
  const others = pagesIn(read(NAME)).filter((other) => other.page !== page);
  const isHome = page === "" || page === "index.html";
  const now = isMissing || isHome || !title ? others : [{ page, title }, ...others];
  write(NAME, now.slice(0, MOST));
}

/** Returns the text of a heading without its decoration. @param {Element | null} heading */
function titleOf(heading) {
  const bare = /** @type {Element | undefined} */ (heading?.cloneNode(true));
  for (const extra of bare?.querySelectorAll("[aria-hidden], .headerlink, .hb-chip, svg") ?? []) extra.remove();
  return bare?.textContent?.trim() ?? "";
}
