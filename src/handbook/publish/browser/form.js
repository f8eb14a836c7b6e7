/* The form that proposes a change to an entry, or a new one. It fills the window like a page of its own. What was
   entered stays in this browser until it is sent. */

import { make, say } from "./dom.js";
import { changesOf, inWords, isAbove, nameOf, sayMore, steps } from "./form_changes.js";
import { Checker } from "./form_check.js";
import { controlOf, group, icon, isMistake, withNameFirst } from "./form_controls.js";
import { loadData } from "./form_data.js";
import { itemsAt, valueAt } from "./form_items.js";
import { reviewOf } from "./form_review.js";
import { _, ngettext } from "./language.js";
import { weightOf } from "./form_weight.js";
import { meantId } from "./form_words.js";
import { isSame, operations, pruned, rebased } from "./proposal.js";
import { read, warn, write } from "./storage.js";

/** @typedef {import("./proposal.js").Field} Field */
/** @typedef {import("./form_controls.js").Control} Control */
/** @typedef {import("./form_data.js").Data} Data */
/** @typedef {{kind: string, id?: string, title: string, href: string}} Asked `href` leads to the file of the entry. */
/** @typedef {{pointer: (string | number)[], message: string}} Answered What the server says about a value. */
/** @typedef {{was: any, after: any, why: string, by: string}} Draft `was` is the entry when it was entered. */

/** Fields that say little about an entry and that few people change. */
const SELDOM = new Set(["former_ids", "version", "changes", "links", "tags", "review", "example", "audience"]);
const FIRST = new Set(["id", "name", "short_name", "summary", "status", "category", "owner"]);
const HASH = "#propose";

let isOpen = false;

/** Opens the form. @param {Asked} asked */
export async function openForm(asked) {
  if (isOpen) return;
  isOpen = true;
  const box = make("dialog", { class: "hb-edit md-typeset", "aria-labelledby": "hb-edit-title" });
  const page = make("div", { class: "hb-edit__inner" }, make("p", { role: "status" }, _("Loading…")));
  const close = make("button", { type: "button", class: "md-button md-button--quiet", onclick: () => box.close() }, icon("x"), _("Close"));
  box.append(make("div", { class: "hb-edit__bar" }, make("span", {}, _("Propose a change")), close), page);
  const before = `${location.pathname}${location.search}`;
  history.replaceState(history.state, "", `${before}${HASH}`);
  box.addEventListener("close", () => {
    isOpen = false;
    if (read(keyOf(asked.kind, asked.id))) say(_("Your change is kept in this browser. Open the form again to continue."));
    box.remove();
    document.documentElement.classList.remove("hb-edit-open");
    if (location.hash === HASH) history.replaceState(history.state, "", before);
  });
  document.body.append(box);
  document.documentElement.classList.add("hb-edit-open");
  box.showModal();
  try {
    draw(page, box, asked, await loadData(asked.kind, asked.id));
  } catch {
    const other = asked.href ? [" ", make("a", { href: asked.href }, _("Edit the file instead"))] : [];
    page.replaceChildren(make("p", { role: "alert" }, _("The form could not be loaded."), ...other));
  }
}

/** @param {HTMLElement} page @param {HTMLDialogElement} box @param {Asked} asked @param {Data} data */
function draw(page, box, asked, data) {
  const { kind, entry, names, manifest } = data;
  const name = entry?.name ?? "";
  const { id: _id, ...before } = entry?.value ?? {};
  const field = entry ? withoutId(kind.field) : withNameFirst(kind.field);
  const key = keyOf(kind.kind, entry?.id);
  /** @type {Draft | undefined} */
  const draft = read(key);
  const title = entry ? _("Propose a change: %(name)s", { name }) : asked.title;
  const start = draft ? rebased(draft.was, draft.after, before) : before;
  /** What the form says: before it is drawn, what it starts with. @type {() => any} */
  let said = () => start;
  const known = new Map([...names].map(([each, list]) => [each, new Map(list.map(([id, called]) => [id, called]))]));
  const named = (/** @type {string[]} */ kinds, /** @type {string} */ id) => {
    if (kinds[0]?.startsWith("#")) return itemName(kind.field, said(), kinds[0], id);
    return kinds.map((each) => known.get(each)?.get(id)).find(Boolean) ?? id;
  };
  /** The entries that a field can name, by its content types. @type {Map<string, [string, string, string][]>} */
  const choices = new Map();
  const checker = new Checker(kind, (each) => names.get(each) ?? [], (each) => data.ended.get(each) ?? {}, data.checks);
  let isAsked = entry !== null;
  let waiting = 0;
  /** What the server has found in what was last sent. @type {Answered[]} */
  let answered = [];

  /** @type {import("./form_controls.js").Form} */
  const form = {
    changed: () => {
      answered = [];
      clearTimeout(waiting);
      waiting = window.setTimeout(update, 150);
    },
    known: (kinds) => {
      const [first = ""] = kinds;
      if (first.startsWith("#")) return itemsAt(kind.field, said(), first).map(({ name }) => [name, named(kinds, name), ""]);
      const all = choices.get(kinds.join()) ?? kinds.flatMap((each) => (names.get(each) ?? []).map(([id, called]) => /** @type {[string, string, string]} */ ([id, called, kinds.length > 1 ? (manifest.kinds[each]?.label ?? each) : ""])));
      choices.set(kinds.join(), all);
      return all;
    },
    named,
    closed: new Set((entry?.closed ?? []).map((path) => valueAt(entry?.value, steps(path)))),
  };
  const root = sections(form, field, start, entry !== null);
  said = root.read;
  const review = reviewOf({ data, title, draft, box, sent: finish, send: attempt, keep: (why, by) => keep(why, by), mark });

  /** What the form says now. */
  function now() {
    const read = pruned(root.read()) ?? {};
    const suggested = entry || read.id ? "" : meantId(read.name ?? "");
    const after = suggested ? { id: suggested, ...read } : read;
    const made = operations(kind.kind, entry?.id ?? after.id ?? "", field, entry && before, entry ? after : withoutKey(after), kind.cut);
    const isChanged = entry ? made.length > 0 : Object.keys(after).length > 0;
    return { after, made: isChanged ? made : [] };
  }

  function update() {
    const { after, made } = now();
    const found = checker.check(entry ? { ...after, id: entry.id } : after, entry?.id);
    const problems = !entry && !after.id ? [...checker.missing(["id"], []), ...found] : found;
    root.show([...problems.filter(({ missing }) => isAsked || missing === undefined), ...answered.map((each) => ({ code: "", hint: "", ...each }))]);
    root.mark?.((path) => entry !== null && !isSame(valueAt(before, steps(path)), valueAt(after, steps(path))), "");
    const list = entry ? changesOf(field, before, /** @type {any} */ (made), named) : newOf(field, after, made.length > 0, named);
    const edits = list.map(({ edit }) => edit);
    review.show({ made, changes: list, problems: made.length ? problems.filter(isMistake).length : 0, weight: entry ? weightOf(field, before, after) : "notable", isPrivate: isAbove(entry?.audience ?? after.audience ?? "internal", manifest.readers) || sayMore(field, entry ? before : {}, edits, manifest.readers) });
    const { why, by } = review.said();
    keep(why, by);
  }

  /** @param {string} why @param {string} by */
  function keep(why, by) {
    const { after, made } = now();
    const isKept = write(key, made.length ? { was: before, after, why, by } : undefined);
    if (!isKept && made.length) warn(page, _("your change"));
  }

  /** Shows what is missing, and returns whether the proposal can be sent. */
  function attempt() {
    isAsked = true;
    answered = [];
    update();
    const wrong = page.querySelector("[aria-invalid=true]");
    if (!wrong) return true;
    for (let around = wrong.closest("details"); around; around = around.parentElement?.closest("details") ?? null) around.open = true;
    /** @type {HTMLElement} */ (wrong).focus();
    return false;
  }

  /** Marks the fields that the server refuses, and returns the problems with the names of the fields. @param {Answered[]} problems */
  function mark(problems) {
    answered = problems;
    update();
    return problems.map(({ pointer, message }) => `${checker.label(pointer)}: ${message}`);
  }

  function finish() {
    write(key, undefined);
    box.close();
  }

  const discard = make("button", { type: "button", class: "hb-quiet" }, _("Discard my change"));
  discard.addEventListener("click", () => {
    write(key, undefined);
    say(_("Discarded"));
    draw(page, box, asked, data);
  });
  const kept = draft ? [make("div", { class: "hb-note" }, make("p", {}, _("Your change from before is still here."), " ", discard))] : [];
  const jump = make("a", { class: "md-button md-button--primary", href: "#hb-edit-review" }, _("Review"));
  jump.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("hb-edit-review")?.scrollIntoView();
    /** @type {HTMLElement | null} */ (document.getElementById("hb-edit-review"))?.focus();
  });
  const fields = make("form", { class: "hb-edit__form", novalidate: true, onsubmit: (event) => event.preventDefault() }, ...kept, root.element);
  fields.append(
    make("p", { class: "hb-edit__hint" }, _("The fields and their help come from the schema. The same checks run again before anyone merges the change. Until you send it, your change is kept in this browser only.")),
    make("div", { class: "hb-edit__stick" }, review.count, jump),
  );
  page.replaceChildren(make("h1", { id: "hb-edit-title" }, title), make("div", { class: "hb-edit__columns" }, fields, review.element));
  update();
  box.scrollTop = 0;
}

/** Returns the name under which the browser keeps what was entered. @param {string} kind @param {string} [id] */
const keyOf = (kind, id) => `proposal:${kind}/${id ?? ""}`;

/** @param {Field} field @returns {Field} */
function withoutId(field) {
  const { id, ...fields } = field.fields ?? {};
  return { ...field, fields };
}

/** @param {Record<string, any>} value */
function withoutKey({ id, ...rest }) {
  return rest;
}

/** Returns the name of an item of the entry. @param {Field} field @param {any} value @param {string} reference @param {string} key */
function itemName(field, value, reference, key) {
  const [list = "", ...rest] = reference.slice(1).split("/");
  const items = rest.reduce((found, part) => found.flatMap((each) => each?.[part] ?? []), [value?.[list] ?? []].flat());
  const by = list && field.fields?.[list]?.key ? String(field.fields[list]?.key) : "id";
  const item = items.find((each) => each?.[by] === key);
  return item ? nameOf(item, key) : key;
}

/** Returns the fields of a new entry as changes. @param {Field} field @param {any} after @param {boolean} isAny @param {(kinds: string[], id: string) => string} named */
const newOf = (field, after, isAny, named) =>
  isAny ? Object.entries(after).map(([name, value]) => ({ title: field.fields?.[name]?.title || name, before: "", after: inWords(value, field.fields?.[name], named), edit: /** @type {any} */ ({ op: "set", path: `/${name}`, value }) })) : [];

/**
 * Returns the fields of an entry in parts to open: first what most people change.
 *
 * @param {import("./form_controls.js").Form} form
 * @param {Field} field
 * @param {any} value
 * @param {boolean} isKnown Whether the entry exists.
 * @returns {Control}
 */
function sections(form, field, value, isKnown) {
  const required = new Set(field.required ?? []);
  const fields = Object.entries(field.fields ?? {});
  const isPart = (/** @type {Field} */ each) => Boolean(each.fields || each.items?.fields);
  const isFirst = (/** @type {[string, Field]} */ [name, each]) => !SELDOM.has(name) && (FIRST.has(name) || (required.has(name) && !isPart(each)));
  /** @type {{title: string, names: string[]}[]} */
  const found = [{ title: _("Basics"), names: fields.filter(isFirst).map(([name]) => name) }];
  const details = fields.filter(([name, each]) => !isFirst([name, each]) && !SELDOM.has(name) && !isPart(each)).map(([name]) => name);
  if (details.length) found.push({ title: _("Details"), names: details });
  for (const [name, each] of fields) if (isPart(each) && !SELDOM.has(name)) found.push({ title: each.title || name, names: [name] });
  const last = fields.filter(([name]) => SELDOM.has(name)).map(([name]) => name);
  if (last.length) found.push({ title: _("About this entry"), names: last });

  const parts = found.map(({ title, names }, at) => {
    const own = Object.fromEntries(names.map((name) => [name, field.fields?.[name] ?? { title: name }]));
    const [only = ""] = names;
    const single = names.length === 1 && isPart(own[only] ?? { title: "" });
    const inner = own[only];
    const build = () => (single && inner ? (inner.fields && !inner.items ? group(form, inner, value?.[only], "") : controlOf(form, inner, value?.[only], required.has(only))) : group(form, { title: "", fields: own, required: names.filter((name) => required.has(name)) }, pick(value, names), ""));
    /** @type {Control | undefined} */
    let control;
    const inside = make("div", {});
    /** A part is made when it is opened, or has a problem: lists can have hundreds of fields. */
    const fill = () => {
      if (!control) inside.append((control = build()).element);
      return control;
    };
    const gist = make("small", {});
    const isOpen = at === 0 || (!isKnown && names.some((name) => required.has(name)));
    const element = make("details", { class: `hb-edit__section${single ? " hb-edit__section--one" : ""}`, open: isOpen }, make("summary", {}, icon("chevron-right"), make("h2", {}, title), gist), inside);
    if (isOpen) fill();
    element.addEventListener("toggle", () => {
      if (!element.open || control) return;
      fill();
      form.changed();
    });
    const read = () => (control ? control.read() : single ? value?.[only] : pick(value, names));
    return { names, single, only, read, fill, control: () => control, gist, element, problems: 0, advice: 0 };
  });
  const element = make("div", {}, ...parts.map((each) => each.element));
  const readAll = () => {
    const all = Object.assign({}, ...parts.map(({ single, only, read }) => (single ? { [only]: read() } : read())));
    const others = Object.entries(value ?? {}).filter(([name]) => !(name in (field.fields ?? {})));
    return { ...Object.fromEntries(others), ...all };
  };
  return {
    element,
    read: readAll,
    show: (problems) => {
      for (const part of parts) {
        const own = problems.filter(({ pointer, missing }) => part.names.includes(String(pointer[0] ?? missing)));
        part.problems = own.filter(isMistake).length;
        part.advice = own.length - part.problems;
        const isOwn = (/** @type {any} */ { pointer }) => pointer.length > 0;
        const control = own.length ? part.fill() : part.control();
        control?.show(part.single ? own.map((each) => (isOwn(each) ? { ...each, pointer: each.pointer.slice(1) } : { ...each, missing: undefined })) : own);
      }
    },
    mark: (isChanged, path) => {
      const all = readAll();
      for (const part of parts) {
        part.control()?.mark?.(isChanged, part.single ? `${path}/${part.only}` : path);
        const count = part.names.filter((name) => isChanged(`${path}/${name}`)).length;
        const counts = [
          count ? ngettext("%(num)s changed", "%(num)s changed", count) : "",
          part.problems ? ngettext("%(num)s to fix", "%(num)s to fix", part.problems) : "",
          part.advice ? ngettext("%(num)s to check", "%(num)s to check", part.advice) : "",
        ];
        const said = counts.filter(Boolean).join(", ");
        part.gist.classList.toggle("hb-edit__bad", part.problems > 0);
        part.gist.textContent = said || gistOf(part, field, all);
      }
    },
  };
}

/** @param {any} value @param {string[]} names */
const pick = (value, names) => Object.fromEntries(names.filter((name) => value?.[name] !== undefined).map((name) => [name, value[name]]));

/** Returns what is in a part, in a few words. @param {{names: string[], single: boolean, only: string}} part @param {Field} field @param {any} all */
function gistOf({ names, single, only }, field, all) {
  const value = all[only];
  if (single && Array.isArray(value)) return value.length ? ngettext("%(num)s item", "%(num)s items", value.length) : _("None yet");
  if (single) return pruned(value) === undefined ? _("None yet") : Object.keys(pruned(value)).map((name) => field.fields?.[only]?.fields?.[name]?.title ?? name).join(", ");
  return names.map((name) => field.fields?.[name]?.title ?? name).join(", ");
}
