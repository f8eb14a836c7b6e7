/* Template form: inserts the input into the document below and stores it in the browser. */

import { control } from "./clip.js";
import { documentBlocks } from "./clip_markdown.js";
import { download, make, quiet } from "./dom.js";
import { wordFile } from "./files.js";
import { _ } from "./language.js";
import { onChange, read, warn, write } from "./storage.js";
import { beginnings, fill, isEmpty } from "./template_text.js";
import { fileName } from "./words.js";

/** @typedef {import("./template_text.js").Typed} Typed */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */

/** @param {HTMLElement} row */
function fieldInput(row) {
  const { type = "text", choices, required } = row.dataset;
  /** @type {Input} */
  let input;
  if (type === "choice") {
    const select = make("select", { class: "hb-field" });
    select.add(new Option("", ""));
    for (const choice of JSON.parse(choices ?? "[]")) select.add(new Option(choice));
    input = select;
  } else {
    const kind = type === "number" || type === "date" ? type : "text";
    input = make("input", { class: "hb-field", type: kind, ...(kind === "number" ? { step: "any" } : {}) });
  }
  const name = row.querySelector("td")?.textContent ?? "";
  return { input, name, required: required !== undefined };
}

/** @param {HTMLElement} box */
export function start(box) {
  const code = /** @type {HTMLElement} */ (document.querySelector(".hb-copy code"));
  // A long text scrolls. Keyboard users can scroll only an element that has the focus.
  code.setAttribute("tabindex", "0");
  const original = code.textContent ?? "";
  const key = `template/${box.dataset.template}`;
  const rows = Array.from(document.querySelectorAll("tr[data-field]")).map((row) => /** @type {HTMLElement} */ (row));
  const items = Array.from(document.querySelectorAll("li[data-section]")).map((item) => /** @type {HTMLElement} */ (item));
  const fields = rows.map((row) => ({ id: row.dataset.field ?? "", type: row.dataset.type ?? "text" }));
  const sections = items.map((item) => ({
    id: item.dataset.section ?? "",
    name: item.dataset.name ?? "",
    required: item.dataset.required !== undefined,
  }));

  const names = Object.fromEntries(rows.map((row) => [row.dataset.field ?? "", row.querySelector("td")?.textContent ?? ""]));
  const what = box.dataset.name ?? document.title;
  const blocks = () => documentBlocks(code.textContent ?? "", names, _("optional"));
  const words = box.dataset.short ? _("Copy the %(name)s template", { name: box.dataset.short }) : _("Copy");
  box.append(control({ what, blocks, words, look: "md-button--primary", files: [wordFile(what)] }));

  // A company's own file can differ from the sections. A page with several templates has no form.
  const several = document.querySelectorAll("[data-hb=template]").length > 1;
  if (several || beginnings(original, sections).includes(-1)) return;

  const title = make("input", { class: "hb-field", type: "text" });
  /** @type {[string, Input][]} */
  const ofFields = [];
  /** @type {[string, Input][]} */
  const ofSections = [];
  const top = make("div", { class: "hb-form" });
  // Add a title field only if the template has none.
  if (!fields.some(({ id }) => id === "title")) top.append(label(_("Document title"), true, title));
  for (const row of rows) {
    const { input, name, required } = fieldInput(row);
    ofFields.push([row.dataset.field ?? "", input]);
    top.append(label(name, required, input));
  }
  const body = make("div", { class: "hb-fill" });
  items.forEach((item, index) => {
    const section = sections[index];
    if (!section) return;
    const input = make("textarea", { class: "hb-field", rows: "4" });
    ofSections.push([section.id, input]);
    const guidance = item.querySelector(":scope > .hb-text")?.cloneNode(true);
    const help = make("details", { class: "hb-fill__help" }, make("summary", {}, _("Guidance for “%(section)s”", { section: section.name })));
    if (guidance) help.append(guidance);
    body.append(label(section.name, section.required, input), help);
  });

  /** @type {Typed | undefined} */
  let cleared;
  const undo = quiet(_("Undo"), putBack);
  const clear = quiet(_("Clear form"), empty);
  const save = make("button", { type: "button", class: "md-button md-button--primary", onclick: take }, _("Download document"));
  const form = make("form", { "aria-label": _("Document form") }, top, body, make("p", { class: "hb-fill__actions" }, save, clear, undo));
  const panel = make("details", { class: "hb-fill__panel" }, make("summary", {}, _("Fill in online")), form);

  /** @param {string} name @param {boolean} required @param {Input} input */
  function label(name, required, input) {
    return make("label", {}, make("span", {}, required ? name : `${name} (${_("optional")})`), input);
  }

  /** @returns {Typed} */
  function typed() {
    const values = (/** @type {[string, Input][]} */ all) =>
      Object.fromEntries(all.filter(([, input]) => input.value).map(([id, input]) => [id, input.value]));
    return { title: title.value, fields: values(ofFields), sections: values(ofSections) };
  }

  /** @param {any} kept */
  function put(kept) {
    const text = (/** @type {any} */ value) => (typeof value === "string" ? value : "");
    title.value = text(kept?.title);
    for (const [id, input] of ofFields) input.value = text(kept?.fields?.[id]);
    for (const [id, input] of ofSections) input.value = text(kept?.sections?.[id]);
  }

  function show() {
    const now = typed();
    code.textContent = fill(original, fields, sections, now);
    clear.hidden = isEmpty(now);
    undo.hidden = !cleared;
  }

  function keep() {
    const now = typed();
    if (!write(key, isEmpty(now) ? undefined : now)) warn(panel, _("your input"));
    show();
  }

  function empty() {
    cleared = typed();
    put(undefined);
    keep();
    undo.focus();
  }

  function putBack() {
    put(cleared);
    cleared = undefined;
    keep();
    clear.focus();
  }

  function take() {
    const now = typed();
    const name = fileName(now.title || (now.fields.title ?? ""));
    download(`${name || box.dataset.template}.md`, code.textContent ?? "", "text/markdown");
  }

  form.addEventListener("input", () => {
    cleared = undefined;
    keep();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const reload = () => {
    put(read(key));
    show();
  };
  onChange(panel, key, reload);
  box.append(panel);
  reload();
  panel.open = !isEmpty(typed());
}
