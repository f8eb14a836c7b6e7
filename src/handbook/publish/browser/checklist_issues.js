/* The open items of a run as issues of a tracker. This module does not access the page. */

import { doer, dueDate, groupsIn, isTicked } from "./checklist_runs.js";
import { csvText, titleOf } from "./checklist_text.js";
import { _ } from "./language.js";

/** @typedef {import("./checklist_runs.js").List} List */
/** @typedef {import("./checklist_runs.js").Run} Run */
/** @typedef {import("./checklist_runs.js").Item} Item */
/** @typedef {{id: string, title: string, body: string, date: string, role: string, group: string}} Issue */

/**
 * Returns the open items with their instructions.
 *
 * @param {List} list
 * @param {Run} run
 * @param {string} page The URL of the checklist.
 * @param {(id: string) => string} instruction Returns how to do an item, as Markdown.
 * @returns {Issue[]}
 */
export function issuesOf(list, run, page, instruction) {
  return groupsIn(list, run).flatMap((group) =>
    group.items
      .filter((item) => !isTicked(run, item))
      .map((item) => {
        const facts = [doer(run, item) && _("Role: %(role)s", { role: doer(run, item) }), item.optional ? _("Optional") : ""].filter(Boolean).join(" · ");
        const said = [instruction(item.id), item.evidence && _("Done when: %(evidence)s", { evidence: item.evidence }), facts, `${titleOf(list, run)}: ${page}#${list.prefix}${item.id}`];
        return { id: item.id, title: item.name, body: said.filter(Boolean).join("\n\n"), date: dueDate(list, run, item), role: item.role ?? "", group: group.name };
      }),
  );
}

/** A label of a tracker: without the characters that part labels, or that a label can't have. @param {string} text */
const label = (text) => text.replace(/[,;]+/g, " ").replace(/\s+/g, " ").trim();

/** A label of Jira has no spaces. @param {string} text */
const joined = (text) => label(text).replaceAll(" ", "-");

/** @type {Record<string, {head: string[], row: (issue: Issue, name: string) => string[]}>} */
const FILES = {
  // The columns that each imports by these names: GitLab reads no others, Jira none with punctuation in its name.
  gitlab: { head: ["title", "description", "due_date"], row: ({ title, body, date }) => [title, body, date] },
  jira: {
    head: ["Summary", "Description", "Due Date", "Labels", "Labels"],
    row: ({ title, body, date, role }, name) => [title, body, date, joined(name), joined(role)],
  },
  linear: {
    head: ["Title", "Description", "Due Date", "Labels"],
    row: ({ title, body, date, role }, name) => [title, body, date, [label(name), label(role)].filter(Boolean).join(", ")],
  },
};

/**
 * Returns the file with issues that a tracker imports.
 *
 * @param {string} format `gitlab`, `jira` or `linear`.
 * @param {Issue[]} issues
 * @param {string} name The name of the run, for a label.
 */
export function issueFile(format, issues, name) {
  const file = FILES[format];
  return file ? csvText([file.head, ...issues.map((issue) => file.row(issue, name))]) : "";
}

const LONGEST_ADDRESS = 7000;

/**
 * Returns the address of a filled form for a new issue on GitHub.
 *
 * @param {string} repository
 * @param {Issue} issue
 */
export function issueForm(repository, { title, body, date }) {
  const whole = date ? `${_("Due: %(day)s", { day: date })}\n\n${body}` : body;
  const filled = (/** @type {string} */ text) => `${repository.replace(/\/+$/, "")}/issues/new?title=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`;
  let text = whole;
  while (text && filled(text).length > LONGEST_ADDRESS) text = Array.from(text).slice(0, -200).join("");
  return filled(text);
}
