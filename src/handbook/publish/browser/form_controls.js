/* The controls of the form: one for each sort of field. Each can be read, and shows what is wrong with its value. */

import { chooser } from "./form_chooser.js";
import { nameOf } from "./form_changes.js";
import { amountIn, meantId, typed } from "./form_words.js";
import { drawn, make, say } from "./dom.js";
import { _, ngettext } from "./language.js";
import { cleaned, isGroup, pruned } from "./proposal.js";

/** @typedef {import("./proposal.js").Field} Field */
/** @typedef {import("./form_check.js").Problem} Problem */

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {() => any} read
 * @property {(problems: Problem[]) => void} show Shows problems; their places start at this control.
 * @property {(isChanged: (path: string) => boolean, path: string) => void} [mark] Marks what differs from today.
 *
 * @typedef {object} Form What all controls of a form share.
 * @property {() => void} changed To call after each change.
 * @property {(kinds: string[]) => [string, string, string][]} known Returns the entries that a field can name: the ID,
 *   the name and the name of the content type, or the items of the entry.
 * @property {(kinds: string[], id: string) => string} named
 * @property {Set<any>} closed The texts that can't be changed.
 */

const SIGNS = new URL("forms/signs.svg", import.meta.url);
/** The most characters of a text in a field of one line. */
const LONG = 45;
/** A text in which no one sees anything. */
const EMPTY = /^[\s\p{Cf}]*$/u;
/** @param {string} text */
const onOneLine = (text) => cleaned(text).split(/\s*\n\s*/).join(" ").trim();
let number = 0;

/** Returns an ID for an element. */
const nextId = () => `hb-edit-${(number += 1)}`;

/** Icons by their names. To copy one is faster than to draw it: a long list has hundreds. @type {Map<string, Element>} */
const icons = new Map();

/** Returns an icon by its name. @param {string} name */
export function icon(name) {
  const first = icons.get(name) ?? drawn(SIGNS, name);
  icons.set(name, first);
  return /** @type {Element} */ (first.cloneNode(true));
}

/** Returns a button with an icon only. @param {string} name @param {string} label @param {() => void} pressed */
const signButton = (name, label, pressed) => make("button", { type: "button", class: "hb-edit__sign", "aria-label": label, title: label, onclick: pressed }, icon(name));

/**
 * Returns the control of a field.
 *
 * @param {Form} form
 * @param {Field} field
 * @param {any} value
 * @param {boolean} isRequired
 * @param {string} [label] The name, if it is not that of the field.
 * @returns {Control}
 */
export function controlOf(form, field, value, isRequired, label = field.title) {
  const types = field.types ?? [];
  const isClosed = field.closed || (typeof value === "string" && form.closed.has(value));
  if (isClosed) return fixed(value, label, form);
  if (field.items && field.choices === undefined && (types.includes("array") || Array.isArray(value))) {
    if (field.items.choices) return boxes(form, field, value, isRequired, label);
    return field.items.fields ? groups(form, field, value, isRequired, label) : lines(form, field, value, isRequired, label);
  }
  if (field.fields) return group(form, field, value, label);
  if (types.includes("object") || types.includes("array")) return fixed(value, label, form);
  return single(form, field, value, isRequired, label);
}

/** @param {string} id @param {string} label @param {Field} field @param {boolean} isRequired @param {"label" | "span"} tag */
function headOf(id, label, field, isRequired, tag) {
  const changed = make("span", { class: "hb-edit__new", hidden: true }, _("Changed"));
  const more = isRequired ? [" ", make("span", { class: "hb-edit__need" }, _("required"))] : [];
  const title = tag === "label" ? make("label", { id: `${id}-title`, for: id, class: "hb-edit__label" }, label, ...more) : make("span", { id: `${id}-name`, class: "hb-edit__label" }, label, ...more);
  const hint = field.help ? [make("p", { id: `${id}-hint`, class: "hb-edit__hint" }, ...withCode(field.help))] : [];
  return { nodes: [make("div", { class: "hb-edit__head" }, title, changed), ...hint], changed };
}

/** Returns a message with what is between backticks as code. @param {string} message */
export const withCode = (message) => message.split(/(`` .*? ``|`[^`]*`)/).map((part, at) => (at % 2 ? make("code", {}, part.replace(/^(?:`` |`)|(?: ``|`)$/g, "")) : part));

/** Returns whether a problem must be fixed before the entry is sent. @param {Problem} problem */
export const isMistake = ({ isAdvice }) => !isAdvice;

/**
 * Returns what shows the problems of a control.
 *
 * @param {string} id
 * @param {() => HTMLElement | null} input
 * @param {Field} field
 * @param {(value: string | number) => void} [use] Takes the value that was meant.
 */
function faults(id, input, field, use) {
  const place = make("div", { id: `${id}-wrong`, class: "hb-edit__wrong", hidden: true });
  const described = [field.help ? `${id}-hint` : "", `${id}-wrong`].filter(Boolean).join(" ");
  /** @param {Problem[]} problems */
  const show = (problems) => {
    place.hidden = problems.length === 0;
    place.replaceChildren(
      ...problems.map(({ message, hint, meant, isAdvice }) => {
        const isPlain = !hint || (meant !== undefined && use);
        const text = make("p", isAdvice ? { class: "hb-edit__advice" } : {}, icon(isAdvice ? "info" : "triangle-alert"), ...withCode(isPlain ? message : `${message}. ${hint}`));
        if (meant !== undefined && use) text.append(" ", make("button", { type: "button", class: "hb-quiet", onclick: () => use(meant) }, _("Use “%(value)s”", { value: typeof meant === "number" ? typed(meant) : meant })));
        return text;
      }),
    );
    const element = input();
    element?.setAttribute("aria-describedby", described);
    if (problems.some(isMistake)) element?.setAttribute("aria-invalid", "true");
    else element?.removeAttribute("aria-invalid");
  };
  return { place, show };
}

/** @param {HTMLElement} element @param {HTMLElement} changed */
const markOf = (element, changed) => (/** @type {(path: string) => boolean} */ isChanged, /** @type {string} */ path) => {
  changed.hidden = !isChanged(path);
  element.classList.toggle("hb-edit__field--new", !changed.hidden);
};

/** @param {Form} form @param {Field} field @param {any} value @param {boolean} isRequired @param {string} label @returns {Control} */
function single(form, field, value, isRequired, label) {
  const id = nextId();
  const { nodes, changed } = headOf(id, label, field, isRequired, "label");
  const { input, read, put, box } = inputOf(form, field, value, id);
  const { place, show } = faults(id, () => input, field, (meant) => {
    put(meant);
    form.changed();
    input.focus();
  });
  if (isRequired) input.setAttribute("aria-required", "true");
  if (field.help) input.setAttribute("aria-describedby", `${id}-hint`);
  const isWide = box.querySelector("textarea") !== null;
  const element = make("div", { class: `hb-edit__field${isWide ? " hb-edit__field--wide" : ""}` }, ...nodes, box, place);
  return { element, read, show, mark: markOf(element, changed) };
}

/**
 * Returns the input for a value that is no list and no group.
 *
 * @param {Form} form
 * @param {Field} field
 * @param {any} value
 * @param {string} id
 * @param {string} [label] The name for screen readers, if there is no label.
 * @returns {{input: HTMLElement, box: HTMLElement, read: () => any, put: (value: any) => void}}
 */
function inputOf(form, field, value, id, label) {
  const types = field.types ?? [];
  const named = label ? { "aria-label": label } : {};
  const common = { id, class: "hb-field", ...named };
  if (field.choices || types.includes("boolean")) {
    const choices = field.choices ?? [[true, _("Yes")], [false, _("No")]];
    const known = choices.some(([choice]) => choice === value) || value === undefined ? choices : [...choices, [value, String(value)]];
    const select = make("select", { ...common, onchange: () => form.changed() }, make("option", { value: "" }, _("Not set")));
    known.forEach(([, title], at) => select.append(make("option", { value: String(at) }, title)));
    const put = (/** @type {any} */ wanted) => (select.value = wanted === undefined ? "" : String(known.findIndex(([choice]) => choice === wanted)));
    put(value);
    return { input: select, box: select, read: () => known[Number(select.value || -1)]?.[0], put };
  }
  if (field.refs?.length) {
    const { refs } = field;
    const { input, box, read, put } = chooser({ id, label, value, known: () => form.known(refs), named: (name) => form.named(refs, name), changed: form.changed });
    return { input, box, read, put };
  }
  const isNumber = types.some((type) => type === "number" || type === "integer") && !types.includes("string");
  const isText = !isNumber && field.format === undefined;
  // A long sentence on one line is easier to read as a paragraph.
  const isSentence = isText && field.line === true && String(value ?? "").length > LONG;
  const isLong = isText && (!field.line || isSentence);
  const example = field.examples?.find((each) => typeof each === "string" || typeof each === "number");
  const placeholder = example === undefined ? undefined : _("Such as %(example)s", { example });
  if (!isLong) {
    const type = field.format === "date" ? "date" : "text";
    const input = make("input", { ...common, type, placeholder, inputmode: isNumber ? "decimal" : field.format === "uri-reference" ? "url" : undefined, autocomplete: "off", oninput: () => form.changed() });
    const put = (/** @type {any} */ wanted) => (input.value = wanted === undefined ? "" : typeof wanted === "number" ? typed(wanted) : String(wanted));
    put(value);
    const read = () => {
      const text = input.value;
      const amount = isNumber ? amountIn(text.trim(), !types.includes("number")) : undefined;
      if (amount !== undefined) return amount;
      return EMPTY.test(text) ? undefined : text === String(value) ? value : onOneLine(text);
    };
    return { input, box: input, read, put };
  }
  const rows = String(isSentence ? 2 : Math.min(12, Math.max(3, String(value ?? "").split("\n").length + 1)));
  const area = make("textarea", { ...common, class: `hb-field${field.text === "verbatim" ? " hb-edit__code" : ""}`, rows, placeholder, oninput: () => form.changed() });
  // The line end of a block of YAML is no part of the text that people see.
  const tail = typeof value === "string" && value.endsWith("\n") ? "\n" : "";
  const put = (/** @type {any} */ wanted) => (area.value = wanted === undefined ? "" : String(wanted).replace(/\n$/, ""));
  put(value);
  const start = area.value;
  const read = () => {
    if (EMPTY.test(area.value)) return undefined;
    if (area.value === start) return value;
    return isSentence ? onOneLine(area.value) : `${cleaned(area.value).replace(/\n+$/, "")}${tail}`;
  };
  return { input: area, box: field.text === "markdown" ? withPreview(area, id) : make("div", {}, area), read, put };
}

/** Returns a Markdown field with a switch to how it will look. @param {HTMLTextAreaElement} area @param {string} id */
function withPreview(area, id) {
  const page = make("div", { class: "hb-edit__page", hidden: true });
  const show = make("button", { type: "button", class: "hb-quiet", "aria-pressed": "false", "aria-controls": id, "aria-describedby": `${id}-title` }, _("Preview"));
  show.addEventListener("click", async () => {
    const { preview } = await import("./form_preview.js");
    const isShown = page.hidden;
    page.replaceChildren(...preview(area.value));
    [page.hidden, area.hidden] = [!isShown, isShown];
    show.setAttribute("aria-pressed", String(isShown));
    show.textContent = isShown ? _("Edit text") : _("Preview");
  });
  const note = make("span", { class: "hb-edit__hint" }, _("Markdown: **bold**, lists with -, [links](https://example.com)"));
  return make("div", {}, area, page, make("div", { class: "hb-edit__below" }, show, note));
}

/** Shows a value that can't be changed here. @param {any} value @param {string} label @param {Form} form @returns {Control} */
function fixed(value, label, form) {
  const text = typeof value === "string" ? value : value === undefined ? "–" : Array.isArray(value) ? ngettext("%(num)s item", "%(num)s items", value.length) : "…";
  const why = form.closed.has(value) ? _("It names something that you can't see, so it can't be changed here.") : _("It can't be changed in this form. Edit the file instead.");
  const element = make("div", { class: "hb-edit__field hb-edit__field--wide" }, make("span", { class: "hb-edit__label" }, label), make("p", { class: "hb-edit__fixed" }, text), make("p", { class: "hb-edit__hint" }, why));
  return { element, read: () => value, show: () => undefined };
}

/** @param {Form} form @param {Field} field @param {any} value @param {boolean} isRequired @param {string} label @returns {Control} */
function boxes(form, field, value, isRequired, label) {
  const id = nextId();
  const { nodes, changed } = headOf(id, label, field, isRequired, "span");
  const chosen = Array.isArray(value) ? value : [];
  const choices = field.items?.choices ?? [];
  const foreign = chosen.filter((each) => !choices.some(([choice]) => choice === each)).map((each) => /** @type {[any, string]} */ ([each, String(each)]));
  const all = [...choices, ...foreign].map(([choice, title]) => ({ choice, title, box: make("input", { type: "checkbox", onchange: () => form.changed() }) }));
  for (const { choice, box } of all) box.checked = chosen.includes(choice);
  const list = make("div", { class: "hb-edit__boxes", role: "group", "aria-labelledby": `${id}-name` }, ...all.map(({ title, box }) => make("label", {}, box, " ", title)));
  const { place, show } = faults(id, () => list, field);
  const element = make("div", { class: "hb-edit__field hb-edit__field--wide" }, ...nodes, list, place);
  const read = () => {
    const now = all.filter(({ box }) => box.checked).map(({ choice }) => choice);
    // What was chosen before keeps its order.
    return [...chosen.filter((each) => now.includes(each)), ...now.filter((each) => !chosen.includes(each))];
  };
  return { element, read, show, mark: markOf(element, changed) };
}

/**
 * Returns the buttons that move and remove an item.
 *
 * @template {{element: HTMLElement}} Item
 * @param {Form} form
 * @param {Item[]} items
 * @param {Item} item
 * @param {(focus?: Item) => void} draw
 * @param {() => string} name
 */
function tools(form, items, item, draw, name) {
  const move = (/** @type {number} */ by) => {
    const at = items.indexOf(item);
    if (at + by < 0 || at + by >= items.length) return;
    items.splice(at, 1);
    items.splice(at + by, 0, item);
    draw();
    say(_("Now number %(number)s", { number: at + by + 1 }));
    form.changed();
  };
  const up = signButton("arrow-up", _("Move up"), () => {
    move(-1);
    up.focus();
  });
  const down = signButton("arrow-up", _("Move down"), () => {
    move(1);
    down.focus();
  });
  down.classList.add("hb-edit__sign--down");
  const remove = signButton("x", _("Remove"), () => {
    const at = items.indexOf(item);
    items.splice(at, 1);
    say(_("Removed %(name)s", { name: name() }));
    draw(items[Math.min(at, items.length - 1)]);
    form.changed();
  });
  return make("span", { class: "hb-edit__tools" }, up, down, remove);
}

/** Says in the buttons of an item which one they are for. @param {HTMLElement} item @param {string} name */
function nameTools(item, name) {
  for (const button of item.querySelectorAll(":scope > .hb-edit__tools > button")) button.setAttribute("aria-label", `${button.getAttribute("title")}: ${name}`);
}

/** Puts items into their order, and touches no others: to lay out hundreds again takes long. @param {HTMLElement} list @param {{element: HTMLElement}[]} items */
function arrange(list, items) {
  const elements = new Set(items.map(({ element }) => element));
  for (const child of [...list.children]) if (!elements.has(/** @type {HTMLElement} */ (child))) child.remove();
  items.forEach(({ element }, at) => list.children[at] !== element && list.insertBefore(element, list.children[at] ?? null));
}

/** A list of single values: one row each. @param {Form} form @param {Field} field @param {any} value @param {boolean} isRequired @param {string} label @returns {Control} */
function lines(form, field, value, isRequired, label) {
  const id = nextId();
  const { nodes, changed } = headOf(id, label, field, isRequired, "span");
  const items = field.items ?? { title: "" };
  const wasList = Array.isArray(value);
  const start = wasList ? value : value === undefined ? [] : [value];
  const list = make("div", { class: "hb-edit__list", role: "group", "aria-labelledby": `${id}-name` });
  /** @typedef {{element: HTMLElement, input: HTMLElement, read: () => any, show: (problems: Problem[]) => void}} Row */
  /** @type {Row[]} */
  const rows = [];
  /** @param {any} each @returns {Row} */
  const row = (each) => {
    const own = nextId();
    if (typeof each === "string" && form.closed.has(each)) {
      const text = make("p", { class: "hb-edit__fixed", tabindex: "-1" }, each);
      return { element: text, input: text, read: () => each, show: () => undefined };
    }
    const made = inputOf(form, { ...items, text: items.text }, each, own, items.title || label);
    const { place, show } = faults(own, () => made.input, { title: "" }, (meant) => {
      made.put(meant);
      form.changed();
    });
    const item = /** @type {Row} */ ({ element: make("div", { class: "hb-edit__row" }), input: made.input, read: made.read, show });
    item.element.append(made.box, tools(form, rows, item, draw, () => String(made.read() ?? label)), place);
    made.input.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent && event.key === "Enter" && !event.defaultPrevented && made.input instanceof HTMLInputElement && made.input.type === "text") {
        event.preventDefault();
        added();
      }
    });
    return item;
  };
  const draw = (/** @type {Row | undefined} */ focus = undefined) => {
    arrange(list, rows);
    rows.forEach(({ element, input }, at) => {
      const name = `${items.title || label} ${at + 1}`;
      if (input.hasAttribute("aria-label")) input.setAttribute("aria-label", name);
      nameTools(element, name);
    });
    if (focus) focus.input.focus();
  };
  const added = () => {
    const made = row(undefined);
    rows.push(made);
    draw(made);
  };
  rows.push(...start.map(row));
  draw();
  const add = make("button", { type: "button", class: "md-button md-button--small", onclick: added }, icon("plus"), items.title ? _("Add: %(title)s", { title: items.title }) : _("Add a line"));
  if (!items.title) add.setAttribute("aria-label", `${_("Add a line")}: ${label}`);
  const { place, show } = faults(id, () => list, field);
  const element = make("div", { class: "hb-edit__field hb-edit__field--wide" }, ...nodes, list, place, add);
  const read = () => {
    const all = rows.map((each) => each.read()).filter((each) => each !== undefined);
    return all.length === 1 && !wasList && field.types?.includes("string") ? all[0] : all;
  };
  return { element, read, show: (problems) => showItems(rows, problems, show), mark: markOf(element, changed) };
}

/** Shows each problem at its item: empty ones are no items. @param {{read: () => any, show: (problems: Problem[]) => void}[]} rows @param {Problem[]} problems @param {(problems: Problem[]) => void} show */
function showItems(rows, problems, show) {
  const filled = rows.filter((each) => pruned(each.read()) !== undefined);
  const isIn = (/** @type {Problem} */ { pointer: [at] }) => typeof at === "number" && at < filled.length;
  show(problems.filter((problem) => !isIn(problem)));
  for (const row of rows) {
    const at = filled.indexOf(row);
    row.show(problems.filter(({ pointer }) => at >= 0 && pointer[0] === at).map((problem) => ({ ...problem, pointer: problem.pointer.slice(1) })));
  }
}

/** Returns the fields of something new: the name suggests the ID. @param {Field} field @returns {Field} */
export function withNameFirst(field) {
  const { name, id, ...fields } = field.fields ?? {};
  if (!name || !id) return field;
  const required = field.required?.filter((each) => each !== "id") ?? [];
  return { ...field, required, fields: { name, id: { ...id, help: _("The end of its address. Leave it empty to take the name.") }, ...fields } };
}

/** A list of groups: a part to open for each. @param {Form} form @param {Field} field @param {any} value @param {boolean} isRequired @param {string} label @returns {Control} */
function groups(form, field, value, isRequired, label) {
  const id = nextId();
  const { nodes, changed } = headOf(id, label, field, isRequired, "span");
  const items = field.items ?? { title: "" };
  const list = make("div", { class: "hb-edit__groups", role: "group", "aria-labelledby": `${id}-name` });
  /** @typedef {{element: HTMLElement, details: HTMLDetailsElement, read: () => any, show: (problems: Problem[]) => void}} Item */
  /** @type {Item[]} */
  const all = [];
  /** @param {any} each `undefined` for a new one. @returns {Item} */
  const item = (each) => {
    /** @type {Control | undefined} */
    let inside;
    const own = each === undefined ? withNameFirst(items) : items;
    const title = make("b", {});
    const wrong = make("span", { class: "hb-chip hb-chip--stop", hidden: true }, _("Fix this"));
    const summary = make("summary", {}, icon("chevron-right"), title, wrong);
    const body = make("div", {});
    const details = make("details", {}, summary, body);
    const element = make("div", { class: "hb-edit__item" }, details);
    const read = () => {
      const now = inside?.read() ?? each ?? {};
      return own !== items && now.name && !now.id ? { id: meantId(now.name), ...now } : now;
    };
    const refs = items.fields?.[field.key ?? ""]?.refs;
    const named = () => {
      const now = pruned(read()) ?? {};
      const key = now[field.key ?? ""];
      const name = refs && typeof key === "string" ? form.named(refs, key) : Object.keys(now).length ? nameOf(now) : "";
      return name || _("New: %(title)s", { title: items.title || label });
    };
    /** The fields of an item are made when it is opened: a process has hundreds. */
    const fill = () => {
      if (inside) return;
      inside = group(form, own, each, "");
      body.append(inside.element);
    };
    details.addEventListener("toggle", () => details.open && fill());
    /** @type {Item} */
    const made = {
      element,
      details,
      read,
      show: (problems) => {
        title.textContent = named();
        wrong.hidden = !problems.some(isMistake);
        if (problems.length) fill();
        inside?.show(problems);
      },
    };
    title.textContent = named();
    // Buttons can't be in a summary, which is one itself.
    element.append(tools(form, all, made, draw, named));
    return made;
  };
  const draw = (/** @type {Item | undefined} */ focus = undefined) => {
    arrange(list, all);
    all.forEach(({ element }, at) => nameTools(element, `${items.title || label} ${at + 1}`));
    focus?.element.querySelector("summary")?.focus();
  };
  all.push(...(Array.isArray(value) ? value : []).map(item));
  draw();
  const add = make("button", { type: "button", class: "md-button md-button--small" }, icon("plus"), _("Add: %(title)s", { title: items.title || label }));
  add.addEventListener("click", () => {
    const made = item(undefined);
    all.push(made);
    draw();
    made.details.open = true;
    made.details.addEventListener("toggle", () => /** @type {HTMLElement | null} */ (made.element.querySelector("input, select, textarea"))?.focus(), { once: true });
    form.changed();
  });
  const { place, show } = faults(id, () => list, field);
  const element = make("div", { class: "hb-edit__field hb-edit__field--wide" }, ...nodes, list, place, add);
  return { element, read: () => all.map((each) => each.read()), show: (problems) => showItems(all, problems, show), mark: markOf(element, changed) };
}

/** A group of fields. @param {Form} form @param {Field} field @param {any} value @param {string} label @returns {Control} */
export function group(form, field, value, label) {
  const id = nextId();
  const before = isGroup(value) ? value : {};
  const fields = Object.entries(field.fields ?? {});
  const controls = new Map(fields.map(([name, each]) => [name, controlOf(form, each, before[name], (field.required ?? []).includes(name), each.title || name)]));
  const { place, show: showOwn } = faults(id, () => null, field);
  const element = make("div", { class: "hb-edit__group", role: "group" }, ...[...controls.values()].map((each) => each.element), place);
  if (label) element.setAttribute("aria-label", label);
  const read = () => {
    // Fields that the form doesn't know stay as they are.
    const others = Object.entries(before).filter(([name]) => !controls.has(name));
    return Object.fromEntries([...others, ...[...controls].map(([name, each]) => [name, each.read()])].filter(([, part]) => part !== undefined));
  };
  /** @param {Problem[]} problems */
  const show = (problems) => {
    const placeOf = (/** @type {Problem} */ { pointer, missing }) => String(pointer[0] ?? missing ?? "");
    for (const [name, each] of controls) {
      const own = problems.filter((problem) => placeOf(problem) === name);
      each.show(own.map((problem) => ({ ...problem, pointer: problem.pointer.slice(1), missing: problem.pointer.length ? problem.missing : undefined })));
    }
    showOwn(problems.filter((problem) => !controls.has(placeOf(problem))));
  };
  const mark = (/** @type {(path: string) => boolean} */ isChanged, /** @type {string} */ path) => {
    for (const [name, each] of controls) each.mark?.(isChanged, `${path}/${name}`);
  };
  return { element, read, show, mark };
}
