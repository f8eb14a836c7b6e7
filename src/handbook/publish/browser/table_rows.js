/* Reads the rows of a table, also those that are on further pages, and shows some of them. */

/** @typedef {{body: HTMLTableSectionElement, name: HTMLTableRowElement | undefined, rows: HTMLTableRowElement[]}} Group */

const TABLES = "[data-hb=table]";
const NAME = ".hb-group";
const AT_ONCE = 100;
/* Rows of a table with several pages. With more, it takes the browser too long to show what matches a key. */

/** Returns the place of a table among those of its page, from 0. @param {HTMLElement} box */
export const placeOf = (box) => Array.from(document.querySelectorAll(TABLES)).indexOf(box);

/**
 * Returns the groups of a table, each with all of its rows. The further ones are in no document.
 *
 * @param {HTMLElement} box
 * @returns {Promise<{groups: Group[], most: number}>} `most` is the number of rows to show at first.
 */
export async function readRows(box) {
  const links = Array.from(box.querySelectorAll(":scope > .hb-table__parts a"), (link) => /** @type {HTMLAnchorElement} */ (link));
  const parts = links.length ? await Promise.all(links.map((link) => (link.matches("[aria-current]") ? box : readPart(link, links)))) : [box];
  /** @type {Group[]} */
  const groups = [];
  for (const part of parts) {
    for (const body of part.querySelector("table")?.tBodies ?? []) {
      const name = body.rows[0]?.matches(NAME) ? body.rows[0] : undefined;
      const rows = Array.from(body.rows).slice(name ? 1 : 0);
      // A group that goes on in this part has its name already.
      const last = body.dataset.again === undefined ? undefined : groups.at(-1);
      if (last) last.rows.push(...rows);
      else groups.push({ body, name, rows });
    }
  }
  return { groups, most: links.length ? AT_ONCE : Infinity };
}

/** Returns the part of a table that is on another page. @param {HTMLAnchorElement} link @param {HTMLAnchorElement[]} links */
async function readPart(link, links) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
  // The first page can have several tables. Each has further pages of its own.
  const table = page.querySelector(`${TABLES}:has(a[href="${links[1]?.getAttribute("href")}"])`);
  if (!table) throw new Error(link.href);
  return table;
}

/**
 * Puts rows into a body, in this order, and takes all others out. What is in its place stays there.
 *
 * @param {HTMLTableSectionElement} body
 * @param {HTMLTableRowElement[]} rows
 */
export function fill(body, rows) {
  const wanted = new Set(rows);
  for (const row of Array.from(body.rows)) if (!wanted.has(row)) row.remove();
  /** @type {Element | null} */
  let next = body.firstElementChild;
  for (const row of rows) {
    if (row === next) next = next.nextElementSibling;
    else body.insertBefore(row, next);
  }
}
