/* Tool picker: the browser version of `handbook pick`. */

import { recall, remember, share } from "./address.js";
import { make } from "./dom.js";
import { _, ngettext } from "./language.js";

/**
 * A tool, as in the figure `tool_picker` of the engine.
 *
 * @typedef {object} Offer
 * @property {{name: string, url: string | null}} tool
 * @property {string} category
 * @property {number} smallest
 * @property {number} largest
 * @property {string[]} complexity
 * @property {string[]} needs
 * @property {string[]} reasons
 * @property {string} note
 * @property {string} [against] The reason not to choose it for anything new.
 * @property {boolean} [is_proposed] Whether it is not in use yet.
 *
 * @typedef {{size: number, complexity: string, needs: string}} Team
 */

/**
 * Ranks the tools, best first, with the reasons for and against each. Those in use come first, and those not to choose last.
 *
 * @param {Offer[]} offers The tools, with those in use first.
 * @param {Team} team
 */
export function rank(offers, team) {
  const ranked = offers.map((offer) => {
    const answers = [
      offer.smallest <= team.size && team.size <= offer.largest,
      offer.complexity.includes(team.complexity),
      offer.needs.includes(team.needs),
    ];
    const suits = offer.reasons.filter((_, question) => answers[question]);
    const lacks = offer.reasons.filter((_, question) => !answers[question]).map((reason) => _("only %(reason)s", { reason }));
    return { offer, suits, lacks };
  });
  const order = (/** @type {Offer} */ offer) => (offer.against ? 2 : Number(offer.is_proposed ?? false));
  return ranked.toSorted((a, b) => order(a.offer) - order(b.offer) || a.lacks.length - b.lacks.length);
}

/** @param {string} name */
const words = (name) => name.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());

/** @param {string} name @param {string[]} values @param {string} [all] @param {(name: string) => string} [title] */
function select(name, values, all, title = words) {
  const field = make("select", { class: "hb-field", name });
  if (all) field.add(new Option(all, ""));
  for (const value of values) field.add(new Option(title(value), value));
  return field;
}

/** @param {HTMLElement} box */
export function start(box) {
  const read = (/** @type {string} */ name) => JSON.parse(box.dataset[name] ?? "[]");
  /** @type {Offer[]} */
  const offers = read("offers");
  /** @type {string[]} */
  const categories = read("categories").filter((/** @type {string} */ name) => offers.some((offer) => offer.category === name));
  /** @type {Record<string, string>} */
  const labels = JSON.parse(box.dataset.labels ?? "{}");
  const title = (/** @type {string} */ name) => labels[name] ?? words(name);
  const people = make("input", { class: "hb-field", name: "people", type: "number", min: "1", max: "100000", value: "10" });
  const workflows = select("workflows", read("workflows"), "", title);
  const integrations = select("integrations", read("integrations"), "", title);
  const category = select("for", categories, _("All categories"), title);
  const fields = [category, people, workflows, integrations];
  const titles = [_("Category"), _("Number of users"), _("Workflow complexity"), _("Number of integrations")];
  const form = make(
    "form",
    { class: "hb-form", "aria-label": _("Requirements") },
    ...fields.map((field, index) => make("label", {}, make("span", {}, titles[index] ?? ""), field)),
  );
  const found = make("div", { class: "hb-picks", role: "region", "aria-label": _("Recommendations") });
  // All reasons would be too long to read out after each change.
  const told = make("p", { class: "hb-hidden", role: "status" });

  /** @param {{offer: Offer, suits: string[], lacks: string[]}} pick */
  function shown({ offer, suits, lacks }) {
    const { name, url } = offer.tool;
    const met = offer.against ? _("Not recommended") : lacks.length ? _("Meets %(number)s of %(total)s criteria", { number: suits.length, total: suits.length + lacks.length }) : _("Good fit");
    const look = offer.against ? "retired" : lacks.length ? "trial" : "active";
    return make(
      "li",
      {},
      make("p", {}, make("b", {}, url ? make("a", { href: url }, name) : name), ` ${offer.note} `, make("span", { class: `hb-chip hb-chip--${look}` }, met)),
      make(
        "ul",
        { class: "hb-picks__reasons" },
        ...suits.map((reason) => make("li", { class: "hb-picks__for" }, reason)),
        ...[offer.against ?? "", ...lacks].filter(Boolean).map((reason) => make("li", { class: "hb-picks__against" }, reason)),
      ),
    );
  }

  /** Returns the best tool of a category, with the others on request. @param {string} name @param {ReturnType<typeof rank>} fitting */
  function answer(name, fitting) {
    const [best, ...others] = fitting.map(shown);
    const more = () => make("details", { class: "hb-details" }, make("summary", {}, ngettext("%(num)s other tool", "%(num)s other tools", others.length)), make("ol", { start: "2" }, ...others));
    return make("section", {}, make("h3", {}, title(name)), make("ol", {}, best ?? ""), ...(others.length ? [more()] : []));
  }

  function show() {
    const size = people.valueAsNumber;
    if (!(size >= 1) || !Number.isInteger(size)) {
      const wrong = _("Enter the number of users (a whole number, 1 or more).");
      found.replaceChildren(make("p", { class: "hb-none" }, wrong));
      told.textContent = wrong;
      return;
    }
    const ranked = rank(offers, { size, complexity: workflows.value, needs: integrations.value });
    const wanted = (category.value ? [category.value] : categories).map((name) => ({ name, fitting: ranked.filter(({ offer }) => offer.category === name) }));
    told.textContent = wanted.map(({ name, fitting }) => `${title(name)}: ${fitting[0]?.offer.tool.name ?? _("None")}`).join("; ");
    found.replaceChildren(
      make("h2", {}, _("Recommended tools")),
      make("div", { class: "hb-picks__answers hb-card" }, ...wanted.map(({ name, fitting }) => answer(name, fitting))),
      share(_("Copy link to these results")),
    );
  }

  function apply() {
    remember(fields.map((field) => [field.name, field.value]));
    show();
  }

  for (const field of fields) recall(field, field.name);
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  box.append(form, found, told);
  // Without scripts, all combinations are the answer.
  const combinations = box.nextElementSibling;
  if (combinations instanceof HTMLDetailsElement) combinations.open = false;
  show();
}
