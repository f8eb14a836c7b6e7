/* Loads what the form needs to know: the content type, the entry as it is today, and the names of what it can refer to. */

import { loadChecks } from "./form_rules.js";

/** @typedef {import("./form_check.js").Kind} Kind */

/**
 * @typedef {{address: string, title: string, body: string}} IssueForm The form of a host for a new issue, and the
 *   names of its parameters.
 * @typedef {{id: string, name: string, path: string, line: number, edit?: string, audience: string, issues?: IssueForm, closed?: string[], used?: number, value: Record<string, any>}} Entry
 * @typedef {{folder: string, base: string | null, readers: string, issues: IssueForm | null, kinds: Record<string, {label: string, parts: string[]}>, save?: {path: string, token: string}}} Manifest
 * @typedef {[string, string, ...string[]]} Named The ID of an entry, its name and its other names.
 * @typedef {Record<string, [boolean, string]>} Ended What should not be used for anything new, by its ID: whether it is gone,
 *   and the ID of what replaces it.
 * @typedef {{kind: Kind, entry: Entry | null, names: Map<string, Named[]>, ended: Map<string, Ended>, manifest: Manifest, checks: Record<string, import("./form_rules.js").Check>}} Data
 */

const FOLDER = new URL("forms/", import.meta.url);

/** @param {string} path */
async function get(path) {
  const answer = await fetch(new URL(path, FOLDER));
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return answer.json();
}

/** Compares as the engine sorts: by code points. @param {string} one @param {string} other */
function isAfter(one, other) {
  const [first, second] = [Array.from(one, (each) => each.codePointAt(0) ?? 0), Array.from(other, (each) => each.codePointAt(0) ?? 0)];
  const at = first.findIndex((point, index) => point !== second[index]);
  return at < 0 ? false : (first[at] ?? 0) > (second[at] ?? -1);
}

/** Returns what the form of a site reads first. @returns {Promise<Manifest>} */
export const loadManifest = () => get("index.json");

/**
 * Asks the server to save a proposal.
 *
 * @param {Manifest} manifest
 * @param {import("./proposal.js").Proposal} proposal
 * @param {Record<string, any> | null} seen The entry as the reader has seen it.
 * @returns {Promise<{isSaved: boolean, files: string[], messages: string[], problems?: import("./form.js").Answered[]}>}
 */
export async function save({ save: way }, proposal, seen) {
  const headers = { "Content-Type": "application/json", "X-Handbook-Token": way?.token ?? "" };
  const answer = await fetch(way?.path ?? "", { method: "POST", headers, body: JSON.stringify({ proposal, seen }) });
  return { isSaved: answer.ok, ...(await answer.json()) };
}

/**
 * Returns what the form needs.
 *
 * @param {string} kind
 * @param {string | undefined} id `undefined` for a new entry.
 * @returns {Promise<Data>}
 */
export async function loadData(kind, id) {
  const manifest = await loadManifest();
  const { folder, kinds } = manifest;
  const own = get(`${folder}/${kind}.json`);
  const checks = loadChecks(kind);
  const starts = kinds[kind]?.parts ?? [];
  const part = id === undefined ? -1 : starts.findLastIndex((first) => !isAfter(first, id));
  const entries = part < 0 ? Promise.resolve([]) : get(`${folder}/${kind}-${part}.json`);
  /** @type {Kind} */
  const found = await own;
  const wanted = [...new Set([kind, ...found.refs])].filter((name) => name in kinds);
  const others = await Promise.all(wanted.map(async (name) => /** @type {[string, {names: Named[], ended: Ended}]} */ ([name, await get(`${folder}/${name}-names.json`)])));
  const entry = /** @type {Entry[]} */ (await entries).find((each) => each.id === id) ?? null;
  if (id !== undefined && entry === null) throw new Error(id);
  return { kind: found, entry, names: new Map(others.map(([name, { names }]) => [name, names])), ended: new Map(others.map(([name, { ended }]) => [name, ended])), manifest, checks: await checks };
}
