/* The review of a proposal next to the form: what changes, what it means to readers, why, and the ways to send it. */

import { copy, make, say } from "./dom.js";
import { icon, withCode } from "./form_controls.js";
import { save } from "./form_data.js";
import { _, ngettext } from "./language.js";
import { oneLine, proposalOf } from "./proposal.js";
import { MOST_BYTES, MOST_OPERATIONS, asWords, changeText, issueAddress, issueText, messageText, proposalJson, withoutMentions } from "./proposal_text.js";

/** @typedef {import("./form_changes.js").Change} Change */
/** @typedef {import("./form_weight.js").Weight} Weight */
/** @typedef {import("./proposal.js").Operation} Operation */
/** @typedef {{made: Operation[], changes: Change[], problems: number, weight: Weight, isPrivate: boolean}} State `isPrivate` says that not
 *   everyone who reads the issues may read it. */

/**
 * @param {object} options
 * @param {import("./form_data.js").Data} options.data
 * @param {string} options.title
 * @param {import("./form.js").Draft | undefined} options.draft
 * @param {HTMLDialogElement} options.box
 * @param {() => void} options.sent
 * @param {() => boolean} options.send Returns whether nothing is left to fix.
 * @param {(why: string, by: string) => void} options.keep
 * @param {(problems: import("./form.js").Answered[]) => string[]} options.mark Marks the fields that the server refuses, and returns the problems in words.
 */
export function reviewOf({ data, draft, sent, send, keep, mark }) {
  const { entry, kind, manifest } = data;
  const label = kind.label;
  /** @type {State} */
  let state = { made: [], changes: [], problems: 0, weight: "editorial", isPrivate: false };
  let isData = false;
  const count = make("span", { role: "status" });
  const tag = make("span", { class: "hb-tag" });
  const list = make("div", { class: "hb-edit__changes" });
  const notes = make("div", {});
  const reason = make("p", { class: "hb-edit__hint", id: "hb-edit-reason" });
  const fix = make("button", { type: "button", class: "hb-quiet", onclick: () => send() });
  const refused = make("div", { role: "alert" });
  const kept = () => keep(why.value, by.value);
  const why = make("textarea", { id: "hb-edit-why", class: "hb-field", rows: "2", "aria-describedby": "hb-edit-why-hint", oninput: kept });
  const by = make("input", { id: "hb-edit-by", class: "hb-field", type: "text", autocomplete: "name", oninput: kept });
  why.value = draft?.why ?? "";
  by.value = draft?.by ?? "";

  const look = make("span", { class: "hb-choose" });
  const looks = [
    { words: _("Plain"), data: false },
    { words: _("Data"), data: true },
  ].map(({ words, data: wanted }) => make("button", { type: "button", "aria-pressed": String(wanted === isData), onclick: () => turn(wanted) }, words));
  look.append(...looks);
  const turn = (/** @type {boolean} */ wanted) => {
    isData = wanted;
    looks.forEach((button, at) => button.setAttribute("aria-pressed", String(Boolean(at) === wanted)));
    drawList();
  };

  const proposal = () => proposalOf(manifest.base, by.value, why.value, state.made);
  const name = () => entry?.name ?? String(state.changes.find(({ edit }) => edit.path === "/name")?.after ?? "");
  const titled = () => _("Proposal: %(name)s (%(kind)s)", { name: withoutMentions(oneLine(name())), kind: label });
  /**
   * @param {(values: [string, string][]) => string} show Returns the values of a change, each with its name.
   * @param {(name: string) => string} call Returns a name from a field.
   */
  const words = (show, call) => {
    const named = { name: call(oneLine(name())), kind: call(label) };
    const first = entry ? _("Change to %(name)s (%(kind)s)", named) : _("New: %(name)s (%(kind)s)", named);
    const lines = state.changes.map(({ title, before, after }) => {
      const values = /** @type {[string, string][]} */ ([[_("Before"), before], [_("After"), after || _("removed")]]);
      return `- ${call(oneLine(title))}:${show(values.filter(([, text]) => text))}`;
    });
    const because = oneLine(why.value) ? ["", _("Why") + ": " + oneLine(why.value)] : [];
    return [first, "", ...lines, ...because].join("\n");
  };

  /** The ways to send it that this site has. */
  const issues = entry?.issues ?? manifest.issues;
  const ways = make("div", { class: "hb-edit__ways" });
  /** @param {string} text @param {string} sign @param {() => void} pressed @param {boolean} isFirst */
  const way = (text, sign, pressed, isFirst) => {
    const button = make("button", { type: "button", class: `md-button${isFirst ? " md-button--primary" : ""}`, "aria-describedby": "hb-edit-reason" }, icon(sign), text);
    button.addEventListener("click", () => button.getAttribute("aria-disabled") !== "true" ? pressed() : send());
    return button;
  };
  const byIssue = async () => {
    if (!issues || !send()) return;
    const text = issueText(words(changeText, asWords), proposal());
    const address = issueAddress(issues, titled(), text);
    if (address === null) {
      await copy(text, _("Copied. Paste it into the text of the issue, then submit."), _("Proposal"));
      window.open(issueAddress(issues, titled(), _("Paste the copied text here.")) ?? issues.address, "_blank", "noopener");
    } else {
      window.open(address, "_blank", "noopener");
    }
    say(_("Submit the issue to send your proposal. Your change stays here until you discard it."));
  };
  const byMessage = () => {
    if (!send()) return;
    const advice = _("To make this change, copy the whole message and run: handbook apply -");
    copy(messageText(words((values) => ` ${values.map(([, text]) => oneLine(text)).join(" → ")}`, String), proposal(), advice), _("Copied. Paste it into a chat or an email to the owner."), _("Proposal"));
  };
  const refuse = (/** @type {string[]} */ why, /** @type {string} */ advice) => {
    const said = [[make("b", {}, _("Not saved"))], ...[...why, advice].map(withCode)].map((each) => make("p", {}, ...each));
    refused.replaceChildren(make("div", { class: "hb-note hb-note--stop" }, icon("triangle-alert"), make("div", {}, ...said)));
  };
  const saveFile = async () => {
    if (!manifest.save || !send()) return;
    try {
      const said = await save(manifest, proposal(), entry?.value ?? null);
      if (said.isSaved) {
        say(_("Saved to %(file)s", { file: said.files.join(", ") }));
        sent();
      } else {
        const lines = mark(said.problems ?? []);
        refuse([...lines, ...said.messages], _("Your change is still here. Correct what is wrong, or reload the page to see what the file says now."));
      }
    } catch {
      refuse([_("The server does not answer.")], _("Your change is kept in this browser. Start the server again, then save."));
    }
  };
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  if (manifest.save) buttons.push(way(_("Save to the file"), "check", saveFile, true));
  const asIssue = issues ? way(_("Send as an issue"), "send", byIssue, !manifest.save) : null;
  if (asIssue) buttons.push(asIssue);
  buttons.push(way(_("Copy as a message"), "copy", byMessage, !manifest.save && !issues));
  ways.append(...buttons);
  const file = entry?.edit ? [make("a", { class: "hb-edit__file", href: entry.edit, target: "_blank", rel: "noopener" }, icon("pencil"), _("Edit the file: %(file)s", { file: entry.path }))] : [];
  const owner = [entry?.value.owner].flat().find((each) => typeof each === "string");
  const ownerName = owner && ["team", "role"].map((each) => data.names.get(each)?.find(([id]) => id === owner)?.[1]).find(Boolean);
  const goes = [...(ownerName ? [_("%(owner)s, the owner, reviews it.", { owner: ownerName })] : []), _("CI also checks links, readings and other entries.")];

  const element = make(
    "section",
    { class: "hb-edit__review", id: "hb-edit-review", tabindex: "-1", "aria-labelledby": "hb-edit-review-title" },
    make("div", { class: "hb-edit__top" }, make("h2", { id: "hb-edit-review-title" }, _("Your change")), tag, look),
    list,
    notes,
    make(
      "div",
      { class: "hb-edit__send" },
      make("div", {}, make("label", { for: "hb-edit-why", class: "hb-edit__label" }, _("Why")), make("p", { class: "hb-edit__hint", id: "hb-edit-why-hint" }, _("One sentence for the reviewer.")), why),
      make("div", {}, make("label", { for: "hb-edit-by", class: "hb-edit__label" }, _("Your name or account"), " ", make("span", { class: "hb-edit__need" }, _("optional"))), by),
      make("p", { class: "hb-edit__hint" }, goes.join(" ")),
      refused,
      reason,
      ways,
      ...file,
    ),
  );

  function drawList() {
    list.replaceChildren();
    if (!state.changes.length) list.append(make("p", { class: "hb-edit__hint" }, entry ? _("Nothing changed yet. Change a field, and it is listed here.") : _("Nothing entered yet.")));
    else if (isData) list.append(make("pre", { tabindex: "0" }, make("code", {}, proposalJson(proposal()))));
    else {
      const rows = state.changes.map(({ title, before, after }) =>
        make(
          "div",
          {},
          make("dt", {}, title),
          make("dd", {}, ...(before ? [make("del", {}, make("span", { class: "hb-hidden" }, _("Before") + ": "), before)] : []), ...(after ? [make("ins", {}, make("span", { class: "hb-hidden" }, _("After") + ": "), after)] : [])),
        ),
      );
      list.append(make("dl", {}, ...rows));
    }
  }

  /** @param {State} next */
  function show(next) {
    state = next;
    const { made, changes, problems, weight } = state;
    tag.textContent = ngettext("%(num)s change", "%(num)s changes", changes.length);
    const wrong = problems ? [ngettext("%(num)s to fix", "%(num)s to fix", problems)] : [];
    count.classList.toggle("hb-edit__bad", problems > 0);
    count.textContent = [tag.textContent, ...wrong].join(", ");
    drawList();
    notes.replaceChildren();
    if (made.length && entry) {
      const sign = weight === "breaking" ? "triangle-alert" : "info";
      const pages = entry.used ? " " + ngettext("%(num)s other page names it.", "%(num)s other pages name it.", entry.used) : "";
      notes.append(make("div", { class: `hb-note${weight === "breaking" ? " hb-note--wait" : ""}` }, icon(sign), make("p", {}, `${meaningOf(weight)}${pages}`)));
    }
    const size = new TextEncoder().encode(proposalJson(proposal())).length;
    fix.textContent = made.length && problems ? ngettext("Fix %(num)s field first", "Fix %(num)s fields first", problems) : "";
    const whyNot = made.length && size > MOST_BYTES ? _("This is too long for one proposal. Send a part of it first.") : "";
    const isMany = made.length > MOST_OPERATIONS;
    const noIssue = !made.length || !asIssue ? "" : next.isPrivate ? _("Not everyone who reads the issues may read this, so copy it as a message.") : isMany ? _("An issue takes at most %(most)s changes. Send some of them first, or copy them as a message.", { most: MOST_OPERATIONS }) : "";
    reason.replaceChildren(fix.textContent ? fix : whyNot || noIssue);
    refused.replaceChildren();
    for (const button of buttons) {
      const isOff = !made.length || fix.textContent !== "" || whyNot !== "" || (noIssue !== "" && button === asIssue);
      if (isOff) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }
  return { element, count, show, said: () => ({ why: why.value, by: by.value }) };
}

/** @param {Weight} weight */
function meaningOf(weight) {
  if (weight === "breaking") return _("Breaking: readers must do something differently.");
  return weight === "notable" ? _("Notable: readers should know about it.") : _("Editorial: nothing changes in what readers do.");
}
