/* Takes a run along: as a link with its ticks, as issues of a tracker, as text, file or calendar dates. */

import { splitButton } from "./clip.js";
import { blocksIn } from "./clip_read.js";
import { markdown as inMarkdown } from "./clip_write.js";
import { issueFile, issueForm, issuesOf } from "./checklist_issues.js";
import { link } from "./checklist_link.js";
import { calendar, csv, issue, markdown, titleOf } from "./checklist_text.js";
import { copy, download, make, say } from "./dom.js";
import { _ } from "./language.js";
import { fileName } from "./words.js";

/** @typedef {import("./checklist_runs.js").List} List */
/** @typedef {import("./checklist_runs.js").Run} Run */
/** @typedef {import("./checklist_issues.js").Issue} Issue */

const TRACKERS = { github: "GitHub", gitlab: "GitLab", jira: "Jira", linear: "Linear" };

/** Returns a new key: random, so that no two runs have the same. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The address of the page, without what the reader has chosen on it. */
const page = () => location.href.replace(/[?#].*/, "");

/**
 * Returns the button that shares a run, with its menu.
 *
 * @param {List} list
 * @param {{run: () => Run, change: (change: Partial<Run>) => void, askForDate: () => void}} desk
 */
export function shareMenu(list, { run, change, askForDate }) {
  const format = /** @type {keyof typeof TRACKERS | undefined} */ (list.tracker?.format);
  const name = () => fileName(titleOf(list, run()));

  function shareLink() {
    if (!run().key) change({ key: newKey() });
    copy(`${page()}${link(list, run())}`, _("Link copied. It contains the ticks and the names of this run."), _("Link"));
  }

  function saveDates() {
    if (!run().start) {
      say(_("Set day zero first to calculate the dates"));
      return askForDate();
    }
    const text = calendar(list, run(), page(), new Date());
    if (text) download(`${name()}.ics`, text, "text/calendar");
    else say(_("No open items have a due date"));
  }

  /** How to do an item, as Markdown. @param {string} id */
  function instruction(id) {
    const how = document.getElementById(`${list.prefix}${id}`)?.querySelector(".hb-checks__how");
    return how ? inMarkdown(blocksIn(how)).trim() : "";
  }

  function createIssues() {
    const issues = issuesOf(list, run(), page(), instruction);
    if (!issues.length) return say(_("No open items are left"));
    if (format === "github") return openDialog(_("Create issues in GitHub"), forms(issues));
    const file = `${name()}-${format}.csv`;
    download(file, issueFile(format ?? "", issues, titleOf(list, run())), "text/csv");
    openDialog(_("Create issues in %(tracker)s", { tracker: TRACKERS[format ?? "linear"] }), steps(file, issues.length));
  }

  /** @param {string} file @param {number} count */
  function steps(file, count) {
    const hints = {
      gitlab: [_("In GitLab, open the project's issues, choose Import CSV and select the file.")],
      jira: [_("In Jira, import issues from CSV, select the file and a project."), _("For the date format, enter %(format)s. Map each column to the field of its name.", { format: "yyyy-MM-dd" })],
      linear: [_("In Linear, open Import in the settings of the workspace, choose CSV and select the file.")],
      github: [],
    }[format ?? "linear"];
    const first = _("The file %(file)s is in your downloads, with %(count)s open items.", { file, count });
    const last = _("An import can't be undone in one step: try it with a few lines first.");
    return [make("ol", {}, ...[first, ...hints, last].map((each) => make("li", {}, each)))];
  }

  /** @param {Issue[]} issues */
  function forms(issues) {
    const repository = list.tracker?.address ?? list.issue?.address.replace(/\/issues\/new$/, "") ?? "";
    const anchor = (/** @type {string} */ href, /** @type {string} */ words) => make("a", { href, target: "_blank", rel: "noopener" }, words);
    const whole = list.issue ? [make("p", {}, anchor(issue(list, run(), page()), _("One issue with all items as a task list")))] : [];
    const rows = issues.map((each) => make("li", {}, anchor(issueForm(repository, each), each.title)));
    return [make("p", {}, _("Each link opens a form with the title, role, date and instruction filled in.")), ...whole, make("ul", {}, ...rows)];
  }

  const choices = [
    { words: _("Link with the ticks"), hint: _("others take the run over, or look"), run: shareLink },
    ...(format && (format !== "github" || list.tracker?.address || list.issue?.address.endsWith("/issues/new")) && Object.hasOwn(TRACKERS, format)
      ? [{ words: _("Issues in %(tracker)s", { tracker: TRACKERS[format] }), hint: format === "github" ? _("one form an item") : _("CSV to import"), run: createIssues }]
      : []),
    ...(list.issue && !format ? [{ words: _("Create issue"), hint: _("one, with all items"), run: () => void open(issue(list, run(), page()), "_blank", "noopener") }] : []),
    { words: _("Copy as Markdown"), hint: "", run: () => copy(markdown(list, run()), _("Checklist copied"), _("Checklist")) },
    { words: _("Copy as CSV"), hint: "", run: () => copy(csv(list, run()), _("Table copied"), _("Table")) },
    { words: _("Download as CSV"), hint: _("for a spreadsheet"), run: () => download(`${name()}.csv`, csv(list, run()), "text/csv") },
    ...(list.groups.some((group) => group.items.some((item) => item.due !== undefined)) ? [{ words: _("Dates for your calendar"), hint: ".ics", run: saveDates }] : []),
    { words: _("Print"), hint: "", run: () => print() },
  ];
  return splitButton(_("Share this run"), shareLink, _("More ways to take the run along"), choices, "md-button--primary");
}

/** @param {string} title @param {Node[]} content */
function openDialog(title, content) {
  const box = make("dialog", { class: "hb-byhand", "aria-label": title }, make("h2", {}, title), ...content, make("button", { type: "button", class: "md-button", onclick: () => box.close() }, _("Close")));
  box.addEventListener("close", () => box.remove());
  const place = document.querySelector(".md-typeset") ?? document.body;
  place.append(box);
  box.showModal();
}
