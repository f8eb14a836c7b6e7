/* The dialog of the search. The field is a combobox: it keeps the focus, and the results are its options. */

import { copy, drawn, make, quiet } from "./dom.js";
import { _, ngettext } from "./language.js";
import { forgetPages, recentPages } from "./recent.js";
import { load, marked, openWord } from "./search.js";
import { filledForm, grouped, moved, saidWhileTyping } from "./search_rows.js";
import { number } from "./words.js";

/**
 * @typedef {import("./search.js").Search} Search
 * @typedef {import("./search.js").Result} Result
 * @typedef {NonNullable<Result["action"]>} Action
 * @typedef {Awaited<ReturnType<Search["query"]>>} Found
 */

const SIGNS = new URL("search/signs.svg", import.meta.url);
const ROOT = new URL("../../", import.meta.url);
/** How many results to show: of all content types, of each of them, and of one that the reader chose. */
const [MOST, MOST_OF_GROUP, MOST_OF_KIND] = [30, 5, 60];
/** How many milliseconds without a key are a pause. */
const PAUSE = 500;

/** @type {SearchDialog | undefined} */
let dialog;

/**
 * Opens the search.
 *
 * @param {string} browse The address of the page for finding things without the search.
 * @param {string} [words] What to look for.
 * @param {boolean} [isTyping] Whether the reader is still typing it.
 */
export function openSearch(browse, words, isTyping = false) {
  dialog ??= new SearchDialog(browse);
  dialog.open(words, isTyping);
}

/** Returns an icon by its name in the file of icons. @param {string} name */
const sign = (name) => drawn(SIGNS, name);

/** @param {Action} action */
const signOf = ({ name, text }) => (name === "start" ? "sign-play" : name === "copy" || text ? "sign-copy" : "sign-key-round");

/** @param {string} name @param {string} kind */
const tile = (name, kind) => make("span", { class: `hb-tile hb-of-${kind}`, "aria-hidden": "true" }, sign(name));

/** Returns a text with the found words marked. @param {string} text @param {string[]} words */
const withMarks = (text, words) => marked(text, words).map((part) => (part.hit ? make("mark", {}, part.text) : part.text));

/** @param {Result} result */
function sideOf({ owner, state }) {
  const side = make("span", { class: "hb-find__side" });
  if (owner) side.append(make("span", { class: "hb-find__owner" }, make("span", { class: "hb-hidden" }, `${_("Owner")}: `), owner), " ");
  if (state) side.append(make("span", { class: `hb-chip hb-chip--${state.meaning}` }, state.word));
  return side;
}

class SearchDialog {
  /** @param {string} browse */
  constructor(browse) {
    this.browse = browse;
    this.kind = "";
    this.turn = 0;
    this.at = -1;
    this.latest = Promise.resolve();
    /** The words that the results are for; `undefined` if there are none. @type {string | undefined} */
    this.shownFor = "";
    /** Shows what waits for a pause. @type {(() => void) | undefined} */
    this.waiting = undefined;
    /** @type {HTMLElement[]} */
    this.options = [];
    this.input = make("input", {
      type: "text",
      role: "combobox",
      "aria-label": _("Search the handbook"),
      "aria-controls": "hb-find-list",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      inputmode: "search",
      enterkeyhint: "go",
      placeholder: _("Search the handbook"),
    });
    const close = make("button", { type: "button", class: "hb-find__close", onclick: () => this.box.close() }, make("kbd", { "aria-hidden": "true" }, _("Esc")), sign("sign-x"));
    close.append(make("span", { class: "hb-hidden" }, _("Close")));
    this.kinds = make("div", { class: "hb-find__kinds", role: "group", "aria-label": _("Content type"), hidden: true });
    this.list = make("div", { class: "hb-find__list", id: "hb-find-list", role: "listbox", "aria-label": _("Results"), hidden: true });
    this.above = make("div", { class: "hb-find__above" });
    this.below = make("div", { class: "hb-find__below" });
    this.count = make("p", { class: "hb-hidden", role: "status" });
    this.foot = make("div", { class: "hb-find__foot" });
    const top = make("div", { class: "hb-find__top" }, make("div", { class: "hb-find__field", role: "search" }, sign("sign-search"), this.input, close), this.kinds);
    this.box = make("dialog", { class: "hb-find md-typeset", "aria-label": _("Search") }, top, this.above, this.list, this.below, this.foot, this.count);
    this.input.addEventListener("input", () => this.update(true));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("click", (event) => this.clicked(event));
    document.body.append(this.box);
  }

  /** @param {string | undefined} words @param {boolean} isTyping */
  open(words, isTyping) {
    if (words !== undefined) this.input.value = words;
    if (!this.box.open) this.box.showModal();
    this.input.focus();
    this.input.setSelectionRange(isTyping ? this.input.value.length : 0, this.input.value.length);
    this.update(isTyping);
  }

  update(isTyping = false) {
    this.latest = this.answer(isTyping);
  }

  /** Shows what belongs to the words of the field. Only the answer to the latest words is shown. @param {boolean} isTyping */
  async answer(isTyping) {
    const turn = ++this.turn;
    this.waiting = undefined;
    const words = this.input.value;
    if (!words.trim()) this.showStart();
    try {
      const search = await load();
      const found = await search.query(words, this.kind ? MOST_OF_KIND : MOST, this.kind);
      if (turn !== this.turn) return;
      const said = isTyping ? saidWhileTyping(openWord(words), found) : found;
      if (!words.trim()) this.showStart(search);
      else if (found.early) this.showEarly(search, words);
      else if (said) this.showAnswer(search, words, said);
      if (said !== found && !found.early) this.afterPause(() => this.showAnswer(search, words, found));
    } catch {
      if (turn === this.turn) this.showFailure();
    }
  }

  /** Shows something once the reader pauses, unless there is another answer by then. @param {() => void} show */
  afterPause(show) {
    this.waiting = show;
    setTimeout(() => this.waiting === show && this.showWaiting(), PAUSE);
  }

  showWaiting() {
    const show = this.waiting;
    this.waiting = undefined;
    show?.();
  }

  /** @param {Search} search @param {string} words @param {Found} found */
  showAnswer(search, words, found) {
    if (this.kind && !found.counts[this.kind]) this.choose("");
    else this.showFound(search, words.trim(), found);
  }

  /** No word says yet what the question is about: the results of its beginning stay. @param {Search} search @param {string} words */
  showEarly(search, words) {
    if (this.shownFor === undefined || !words.trim().startsWith(this.shownFor)) this.showStart(search);
  }

  /** Before the reader types: the pages opened lately, and what can be done at once. @param {Search} [search] */
  showStart(search) {
    const recent = recentPages().filter(({ href }) => href !== location.href.replace(/[?#].*$/, ""));
    const list = [];
    if (recent.length) list.push(this.group(_("Recent"), undefined, recent.map(({ href, title }) => this.row(href, tile("sign-history", "page"), [title]))));
    const actions = (search?.actions ?? []).map((action) => this.act(action, "hb-row", tile(signOf(action), action.kind)));
    const change = document.querySelector(".hb-byline__propose");
    if (search && change instanceof HTMLElement) actions.push(this.changeHere(change));
    if (actions.length) list.push(this.group(_("Actions"), undefined, actions));
    const below = recent.length ? [make("p", { class: "hb-find__note" }, _("Recent pages are stored only in this browser."), " ", quiet(_("Clear"), () => this.forget()))] : [];
    this.show({ list, below });
    this.kinds.hidden = true;
    this.shownFor = "";
    this.say("");
  }

  forget() {
    forgetPages();
    this.input.focus();
    this.update();
  }

  /** @param {Search} search @param {string} words @param {Found} found */
  showFound(search, words, found) {
    this.showKinds(search, found);
    this.shownFor = found.results.length ? words : undefined;
    if (!found.results.length) return this.showNothing(search, words, found);
    const [best, ...others] = found.results;
    const list = this.kind || !best ? [] : [this.best(search, best, found.words)];
    const groups = this.kind ? [{ kind: this.kind, count: found.counts[this.kind] ?? 0, results: found.results }] : grouped(others, found.counts, MOST_OF_GROUP);
    for (const { kind, count, results } of groups) {
      list.push(this.group(search.kinds[kind]?.title ?? "", count, results.map((result) => this.resultRow(result, found.words))));
    }
    list.push(...this.unlisted(found));
    const note = _("No page has “%(words)s”. These come closest:", { words: found.unknown.join(" ") });
    this.show({ above: found.unknown.length ? [make("p", { class: "hb-find__note" }, note)] : [], list, foot: this.footOf(search, words) });
    this.activate(0);
    const shown = this.kind ? (found.counts[this.kind] ?? 0) : found.total;
    const result = ngettext("%(num)s result", "%(num)s results", shown);
    this.say(found.unknown.length ? `${note} ${result}` : result);
  }

  /** The pages that say how to get a tool that isn't listed, if a word can be its name. @param {Found} found */
  unlisted({ unlisted, words }) {
    if (!unlisted.length) return [];
    return [this.group(_("For a tool that isn't listed"), undefined, unlisted.map((result) => this.resultRow(result, words)))];
  }

  /** @param {Search} search @param {string} words @param {Found} found */
  showNothing(search, words, found) {
    const { ask } = search;
    const title = _("Nothing about “%(words)s”", { words: found.unlisted.length ? found.unknown.join(" ") : words });
    const actions = make("div", { class: "hb-actions" });
    if (ask) {
      const text = ask.channel ? _("Ask in %(channel)s", { channel: ask.channel }) : _("Ask %(name)s", { name: ask.name });
      actions.append(make("a", { class: "md-button md-button--primary", href: ask.href, onclick: () => this.box.close() }, sign(ask.channel ? "sign-hash" : "sign-send"), text));
    }
    actions.append(make("button", { type: "button", class: "md-button", onclick: () => this.copyQuestion(words) }, sign("sign-copy"), _("Copy question")));
    const report = this.report(search, words);
    if (report) actions.append(report);
    const lead = ask
      ? _("%(name)s can tell you where to look, or add the missing page.", { name: ask.name })
      : _("Use other words, or ask a colleague.");
    const above = [make("div", { class: "hb-find__none" }, make("h2", {}, title), make("p", {}, lead), actions)];
    const near = found.near.map((result) => this.resultRow(result, found.words));
    const related = near.length ? [this.group(_("Related"), undefined, near)] : [];
    this.show({ above, list: [...this.unlisted(found), ...related] });
    this.say(`${title}. ${lead}`);
  }

  showFailure() {
    const lead = _("The search could not be loaded. Check your connection, or browse all pages.");
    const link = make("a", { class: "md-button md-button--primary", href: this.browse }, _("Browse all pages"));
    this.kinds.hidden = true;
    this.show({ above: [make("div", { class: "hb-find__none" }, make("p", {}, lead), make("div", { class: "hb-actions" }, link))] });
    this.say(lead);
  }

  /** Fills the parts of the dialog. @param {{above?: Node[], list?: Node[], below?: Node[], foot?: Node[]}} parts */
  show({ above = [], list = [], below = [], foot = [] }) {
    this.above.replaceChildren(...above);
    this.list.replaceChildren(...list);
    this.below.replaceChildren(...below);
    this.foot.replaceChildren(...foot);
    this.foot.hidden = !foot.length;
    this.options = Array.from(this.list.querySelectorAll("[role=option]"), (option) => /** @type {HTMLElement} */ (option));
    this.options.forEach((option, at) => (option.id = `hb-find-${at}`));
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.box.scrollTop = 0;
    this.activate(-1);
  }

  /** Buttons that limit the results to a content type. @param {Search} search @param {Found} found */
  showKinds(search, found) {
    const hadFocus = this.kinds.contains(document.activeElement);
    const names = Object.keys(found.counts).sort((a, b) => (found.counts[b] ?? 0) - (found.counts[a] ?? 0));
    const choices = [{ kind: "", title: _("All"), count: found.total }, ...names.map((kind) => ({ kind, title: search.kinds[kind]?.title ?? kind, count: found.counts[kind] ?? 0 }))];
    const buttons = choices.map(({ kind, title, count }) =>
      make("button", { type: "button", "aria-pressed": String(kind === this.kind), onclick: () => this.choose(kind) }, title, " ", make("span", { class: "hb-count" }, number(count))),
    );
    this.kinds.replaceChildren(...buttons);
    this.kinds.hidden = names.length < 2;
    if (hadFocus) buttons.find((button) => button.getAttribute("aria-pressed") === "true")?.focus();
  }

  /** @param {string} kind */
  choose(kind) {
    this.kind = kind;
    this.update();
  }

  /** @param {string} title @param {number | undefined} count @param {Node[]} rows */
  group(title, count, rows) {
    const name = make("div", { class: "hb-find__title", role: "presentation" }, title);
    if (count !== undefined) name.append(" ", make("span", { class: "hb-count" }, number(count)));
    return make("div", { role: "group", "aria-label": title }, name, ...rows);
  }

  /** The best answer, with what can be done with it. @param {Search} search @param {Result} result @param {string[]} words */
  best(search, result, words) {
    const { kind, title, snippet, href, action } = result;
    const label = _("Best answer");
    const kindLabel = search.kinds[kind]?.label ?? "";
    const name = make("b", {}, ...withMarks(title, words));
    const text = make("span", { class: "hb-row__text" }, make("small", { class: "hb-find__label" }, kindLabel ? `${label} · ${kindLabel}` : label), name);
    const first = this.option("a", { class: "hb-find__answer", href, onclick: this.opens }, tile(`kind-${kind}`, kind), text, sideOf(result));
    const box = make("div", { role: "group", "aria-label": label, class: "hb-find__best" }, first);
    if (snippet) first.append(make("span", { class: "hb-find__snippet" }, ...withMarks(snippet, words)));
    if (action?.text) first.append(make("q", { class: "hb-find__message" }, action.text));
    if (action) box.append(this.act(action, "md-button md-button--primary md-button--small", sign(signOf(action))));
    return box;
  }

  /** @param {Result} result @param {string[]} words */
  resultRow(result, words) {
    const row = this.row(result.href, tile(`kind-${result.kind}`, result.kind), withMarks(result.title, words), withMarks(result.snippet, words));
    row.append(sideOf(result));
    return row;
  }

  /** @param {string} href @param {Node} before @param {(Node | string)[]} title @param {(Node | string)[]} [text] */
  row(href, before, title, text = []) {
    const words = make("span", { class: "hb-row__text" }, make("b", {}, ...title));
    if (text.length) words.append(make("small", {}, ...text));
    return this.option("a", { class: "hb-row", href, onclick: this.opens }, before, words);
  }

  /** What a reader can do at once: it copies a message, or opens the page where it is done. @param {Action} action @param {string} look @param {Node} before */
  act(action, look, before) {
    const words = make("span", { class: "hb-row__text" }, make("b", {}, action.label));
    if (!action.text) return this.option("a", { class: look, href: action.href, onclick: this.opens }, before, words);
    if (look === "hb-row") words.append(make("small", {}, _("Copies a message")));
    return this.option("button", { type: "button", class: look, onclick: () => this.copyMessage(action) }, before, words);
  }

  /** What changes the page: the form, or its file. @param {HTMLElement} change */
  changeHere(change) {
    const words = make("span", { class: "hb-row__text" }, make("b", {}, change.textContent ?? ""));
    const pressed = () => {
      this.box.close();
      change.click();
    };
    return this.option("button", { type: "button", class: "hb-row", onclick: pressed }, tile("sign-pencil", "page"), words);
  }

  /** @param {"a" | "button"} tag @param {Record<string, string | EventListener>} properties @param {...Node} children */
  option(tag, properties, ...children) {
    return make(tag, { role: "option", tabindex: "-1", "aria-selected": "false", ...properties }, ...children);
  }

  /** A link in this tab leaves the dialog. @param {Event} event */
  opens = (event) => {
    if (event instanceof MouseEvent && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) this.box.close();
  };

  /** @param {Action} action */
  copyMessage({ text, label }) {
    this.box.close();
    copy(text, _("Message copied"), label);
  }

  /** @param {string} words */
  copyQuestion(words) {
    copy(this.question(words), _("Question copied"), _("Question"));
  }

  /** @param {string} words */
  question = (words) => _("I searched the handbook for “%(words)s” and didn't find it. Where is it? %(link)s", { words, link: this.link(words) });

  /** The address that repeats a search. @param {string} words */
  link = (words) => `${ROOT.href}?q=${encodeURIComponent(words)}`;

  /** A link to a new issue about what is missing; `undefined` without a repository. @param {Search} search @param {string} words */
  report(search, words) {
    if (!search.report) return undefined;
    const title = _("Missing: %(words)s", { words });
    const body = _("I searched the handbook for “%(words)s” and didn't find it.", { words });
    const href = filledForm(search.report, title, `${body}\n\n${this.link(words)}`);
    return make("a", { class: "md-button md-button--quiet", href, target: "_blank", rel: "noopener" }, _("Report what is missing"));
  }

  /** @param {Search} search @param {string} words */
  footOf(search, words) {
    const keys = make("span", { class: "hb-find__keys", "aria-hidden": "true" });
    for (const [names, text] of /** @type {[string[], string][]} */ ([[["↑", "↓"], _("Move")], [["↵"], _("Open")], [[_("Ctrl"), "↵"], _("New tab")]])) {
      keys.append(make("span", {}, ...names.map((name) => make("kbd", {}, name)), ` ${text}`));
    }
    const last = make("span", { class: "hb-find__else" }, quiet(_("Copy link"), () => copy(this.link(words), _("Link copied"), _("Link"))));
    const report = this.report(search, words);
    if (report) {
      report.className = "hb-quiet";
      last.append(" ", report);
    }
    const { ask } = search;
    if (ask) last.append(" ", make("a", { class: "hb-quiet", href: ask.href, onclick: this.opens }, _("Ask %(name)s", { name: ask.channel || ask.name })));
    return [keys, last];
  }

  /** Announces a text to screen readers, once the reader pauses. @param {string} text */
  say(text) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.count.textContent = text), PAUSE);
  }

  /** @param {number} at */
  activate(at) {
    this.options[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.options[at];
    if (option) {
      option.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const next = () => (event.shiftKey || event.altKey ? undefined : moved(event.key, this.at, this.options.length));
    if (next() !== undefined) {
      event.preventDefault();
      this.showWaiting();
      this.activate(next() ?? -1);
      return;
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    // Readers who type fast mean the answer to their last letter.
    this.latest.then(() => {
      this.showWaiting();
      this.take(event.ctrlKey || event.metaKey);
    });
  }

  /** Opens or does the active option. @param {boolean} isNew Whether a page opens in a new tab. */
  take(isNew) {
    const option = this.options[this.at];
    if (isNew && option instanceof HTMLAnchorElement) window.open(option.href, "_blank", "noopener");
    else option?.click();
  }

  /** A click next to the dialog closes it. @param {MouseEvent} event */
  clicked(event) {
    if (event.target !== this.box || !event.detail) return;
    const { left, right, top, bottom } = this.box.getBoundingClientRect();
    const isInside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!isInside) this.box.close();
  }
}
