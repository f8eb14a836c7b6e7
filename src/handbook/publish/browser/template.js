/* The form of a template: puts the input into the document next to it and stores it in the browser. */

import { elements } from "./blocks.js";
import { control } from "./clip.js";
import { blocks, documentBlocks } from "./clip_markdown.js";
import { download, make, quiet } from "./dom.js";
import { wordFile } from "./files.js";
import { _ } from "./language.js";
import { onChange, read, warn, write } from "./storage.js";
import { ofField, ofSection } from "./template_check.js";
import { beginnings, fill, isEmpty } from "./template_text.js";
import { fileName } from "./words.js";

/** @typedef {import("./template_text.js").Typed} Typed */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */
/**
 * @typedef {object} Part A field or a section.
 * @property {string} id
 * @property {string} name
 * @property {string} type
 * @property {boolean} required
 * @property {HTMLElement} box
 * @property {Input} input
 * @property {HTMLElement} finding
 */

/** The milliseconds without a key after which the input is checked. */
const PAUSE = 600;

let made = 0;

/** Returns the input of a field or section. @param {HTMLElement} box @returns {Input} */
function inputOf(box) {
  const { type = "text", choices, section } = box.dataset;
  if (section !== undefined) return make("textarea", { class: "hb-field", rows: "4" });
  if (choices !== undefined) {
    const select = make("select", { class: "hb-field" });
    select.add(new Option("", ""));
    for (const choice of JSON.parse(choices)) select.add(new Option(choice));
    return select;
  }
  const kind = type === "number" || type === "date" ? type : "text";
  return make("input", { class: "hb-field", type: kind, ...(kind === "number" ? { step: "any" } : {}) });
}

/** Puts the input of a field or section where its place is. @param {HTMLElement} box @returns {Part} */
function partOf(box) {
  const name = /** @type {HTMLElement} */ (box.querySelector(".hb-draft__name > span"));
  const input = inputOf(box);
  made += 1;
  input.id = `hb-draft-${made}`;
  const finding = make("p", { class: "hb-draft__finding", id: `${input.id}-finding`, role: "status" });
  input.setAttribute("aria-describedby", finding.id);
  const words = name.textContent ?? "";
  name.replaceWith(make("label", { for: input.id }, words));
  box.querySelector(".hb-draft__slot")?.replaceChildren(input, finding);
  const { field, section, type = "text", required } = box.dataset;
  return { id: field ?? section ?? "", name: words, type, required: required !== undefined, box, input, finding };
}

/** @param {HTMLElement} box */
export function start(box) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (box.querySelector(selector));
  const all = (/** @type {string} */ selector) => Array.from(box.querySelectorAll(selector), (each) => /** @type {HTMLElement} */ (each));
  const code = find(".hb-copy code");
  // A long text scrolls. Keyboard users can scroll only an element that has the focus.
  code.setAttribute("tabindex", "0");
  const original = code.textContent ?? "";
  const key = `template/${box.dataset.template}`;
  const rows = all("[data-field]");
  const items = all("[data-section]");
  const sections = items.map(({ dataset }) => ({ id: dataset.section ?? "", name: dataset.name ?? "", required: dataset.required !== undefined }));
  const names = Object.fromEntries(rows.map((row) => [row.dataset.field ?? "", row.querySelector(".hb-draft__name > span")?.textContent ?? ""]));
  const what = box.dataset.name ?? document.title;
  const words = box.dataset.short ? _("Copy the %(name)s template", { name: box.dataset.short }) : _("Copy");
  const current = () => documentBlocks(code.textContent ?? "", names, _("optional"));
  const take = control({ what, blocks: current, words, look: "md-button--primary", files: [wordFile(what)] });
  find(".hb-draft__take").prepend(take);

  // A company's own file can differ from the sections: then it can only be copied.
  if (beginnings(original, sections).includes(-1)) return;

  const title = make("input", { class: "hb-field", type: "text" });
  const label = make("label", {}, make("span", { class: "hb-draft__name" }, _("Document title")), title);
  const titleSlot = box.querySelector(".hb-draft__title-slot");
  titleSlot?.append(make("div", { class: "hb-draft__part" }, label));
  const ofFields = rows.map(partOf);
  const ofSections = items.map(partOf);
  const jumps = all(".hb-draft__jumps a");
  jumps.forEach((jump, index) =>
    jump.addEventListener("click", (event) => {
      event.preventDefault();
      ofSections[index]?.input.focus();
    }),
  );

  const page = make("div", { class: "hb-draft__page", role: "region", tabindex: "0", "aria-label": _("Document") });
  const source = find(".hb-copy");
  const raw = make("details", { class: "hb-details hb-draft__source" }, make("summary", {}, _("As Markdown")));
  source.before(page, raw);
  raw.append(source);

  const bar = make("span", { class: "hb-bar" }, make("span", { class: "hb-bar__fill" }));
  const count = make("span", {});
  const kept = make("span", { class: "hb-wide" }, _("Draft kept in this browser"));
  /** @type {Typed | undefined} */
  let cleared;
  const undo = quiet(_("Undo"), putBack);
  const clear = quiet(_("Clear form"), empty);
  find(".hb-draft__state").append(bar, count, kept, clear, undo);

  /** @returns {Typed} */
  function typed() {
    const values = (/** @type {Part[]} */ parts) => Object.fromEntries(parts.filter(({ input }) => input.value).map(({ id, input }) => [id, input.value]));
    return { title: title.value, fields: values(ofFields), sections: values(ofSections) };
  }

  /** @param {any} stored */
  function put(stored) {
    const text = (/** @type {any} */ value) => (typeof value === "string" ? value : "");
    title.value = text(stored?.title);
    for (const { id, input } of ofFields) input.value = text(stored?.fields?.[id]);
    for (const { id, input } of ofSections) input.value = text(stored?.sections?.[id]);
  }

  /** Shows the document as it is now. @param {Typed} now */
  function preview(now) {
    const heading = now.title || now.fields.title || "";
    const facts = ofFields
      .filter(({ id, input, required }) => id !== "title" && (input.value || required))
      .map(({ name, input }) => make("div", {}, make("dt", {}, name), make("dd", {}, input.value || "–")));
    const parts = ofSections
      .filter(({ input, required }) => input.value.trim() || required)
      .flatMap(({ name, input, box: part }) => {
        const hint = part.querySelector(".hb-draft__hint")?.textContent?.trim() ?? "";
        const text = input.value.trim() ? elements(blocks(input.value)) : [make("p", { class: "hb-draft__open" }, hint)];
        return [make("p", { class: "hb-draft__heading" }, name), ...text];
      });
    const top = make("p", { class: heading ? "hb-draft__title" : "hb-draft__title hb-draft__open" }, heading || _("Document title"));
    page.replaceChildren(top, make("dl", {}, ...facts), ...parts);
  }

  function show() {
    const now = typed();
    code.textContent = fill(original, ofFields, sections, now);
    preview(now);
    const required = [...ofFields, ...ofSections].filter((part) => part.required).map(({ input }) => Boolean(input.value.trim()));
    if (titleSlot) required.push(Boolean(title.value.trim()));
    const done = required.filter(Boolean).length;
    count.textContent = _("%(done)s of %(all)s required parts", { done, all: required.length });
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${(100 * done) / (required.length || 1)}%`;
    ofSections.forEach(({ input }, index) => jumps[index]?.classList.toggle("hb-draft__done", Boolean(input.value.trim())));
    box.classList.toggle("hb-draft--used", !isEmpty(now));
    clear.hidden = isEmpty(now);
    undo.hidden = !cleared;
    kept.hidden = isEmpty(now);
  }

  function check() {
    const tell = (/** @type {Part} */ part, /** @type {string} */ finding) => {
      if (part.finding.textContent !== finding) part.finding.textContent = finding;
      if (finding) part.input.setAttribute("aria-invalid", "true");
      else part.input.removeAttribute("aria-invalid");
    };
    for (const part of ofFields) tell(part, ofField(part.input.value));
    for (const part of ofSections) tell(part, ofSection(part.input.value, part, part.box.querySelector(".hb-draft__example")?.textContent ?? ""));
  }

  function keep() {
    const now = typed();
    if (!write(key, isEmpty(now) ? undefined : now)) warn(box, _("your input"));
    show();
  }

  function empty() {
    cleared = typed();
    put(undefined);
    keep();
    check();
    undo.focus();
  }

  function putBack() {
    put(cleared);
    cleared = undefined;
    keep();
    check();
    clear.focus();
  }

  find(".hb-draft__take a").addEventListener("click", (event) => {
    event.preventDefault();
    const now = typed();
    const name = fileName(now.title || (now.fields.title ?? ""));
    download(`${name || box.dataset.template}.md`, code.textContent ?? "", "text/markdown");
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  find(".hb-draft__form").addEventListener("input", () => {
    cleared = undefined;
    keep();
    clearTimeout(pause);
    pause = setTimeout(check, PAUSE);
  });
  const reload = () => {
    put(read(key));
    show();
    check();
  };
  onChange(box, key, reload);
  reload();
  box.classList.add("hb-draft--ready");
}
