/* Sample size calculator: the browser version of `handbook experiment plan`, with a power curve. */

import { recall, remember, share } from "./address.js";
import { make } from "./dom.js";
import { _, ngettext } from "./language.js";
import { plan, powerOf } from "./sample_size.js";
import { advice } from "./sample_size_advice.js";
import { inWords } from "./dates.js";
import { number, percent, rounded, significant } from "./words.js";

/** @typedef {import("./sample_size.js").Design} Design */

const SVG = "http://www.w3.org/2000/svg";

/** Whether the page is as narrow as a phone: the curve is drawn narrower, so that its words stay readable. */
const phone = matchMedia("(max-width: 37.49em)");

/** The multiples of the minimum detectable effect to compare. */
const MULTIPLES = [0.5, 1, 1.5, 2];

/**
 * An input of the form, as in the figure `experiment_calculator` of the engine.
 *
 * @typedef {object} Input
 * @property {string} name
 * @property {string | number} default
 * @property {string[]} choices
 * @property {number | null} least
 * @property {number | null} most
 * @property {string} step
 * @property {string} type
 */

/** @type {Record<string, string>} */
const LABELS = {
  measure: _("Metric type"),
  baseline: _("Baseline"),
  standard_deviation: _("Standard deviation"),
  minimum_detectable_effect: _("Minimum detectable effect (MDE)"),
  effect: _("MDE type"),
  better: _("Desired direction"),
  traffic_per_day: _("Eligible users per day"),
  window_days: _("Conversion window (days)"),
  variants: _("Number of variants (excluding control)"),
  alpha: _("Significance level (alpha)"),
  power: _("Statistical power"),
  sides: _("Test type"),
  starts_on: _("Start date (optional)"),
};

/** @type {Record<string, string>} */
const CHOICES = {
  proportion: _("Conversion rate (proportion)"),
  mean: _("Average (mean)"),
  relative: _("Relative (% of baseline)"),
  absolute: _("Absolute (same unit as the metric)"),
  up: _("Increase"),
  down: _("Decrease"),
  two: _("Two-sided"),
  one: _("One-sided (improvement only)"),
};

/** Returns the label of a field. @param {Input} input @param {boolean} mean Whether the metric is a mean. */
const labelOf = ({ name }, mean) => (name === "baseline" ? (mean ? _("Baseline mean") : _("Baseline conversion rate (%)")) : (LABELS[name] ?? name));

/** @param {Input} input */
function fieldOf({ name, default: initial, choices, least, most, step, type }) {
  const value = String(initial);
  if (choices.length) {
    const field = make("select", { class: "hb-field", name });
    for (const choice of choices) field.add(new Option(CHOICES[choice] ?? choice, choice));
    field.value = value;
    return field;
  }
  const limits = { min: least === null ? undefined : String(least), max: most === null ? undefined : String(most), step };
  const field = make("input", { class: "hb-field", name, type, value, ...(type === "number" ? limits : {}) });
  field.required = value !== "";
  return field;
}

/**
 * Draws the statistical power by sample size.
 *
 * @param {Design} design
 * @param {number} total The planned sample size of all variants.
 */
function curve(design, total) {
  const [width, height, left, bottom] = [phone.matches ? 330 : 560, 240, 46, 34];
  const most = total * 2;
  const x = (/** @type {number} */ people) => left + ((width - left - 12) * people) / most;
  const y = (/** @type {number} */ power) => 10 + (height - bottom - 10) * (1 - power);
  /** @param {string} tag @param {Record<string, string | number>} values @param {string} [text] */
  const draw = (tag, values, text) => {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(values)) part.setAttribute(name, String(value));
    if (text) part.textContent = text;
    return part;
  };
  const told = [0.25, 0.5, 1, 1.5, 2].map((share) => {
    const people = Math.max(1, rounded(total * share));
    return { people, power: powerOf(design, people) };
  });
  const sentence = told.map(({ people, power }) => _("%(number)s users: %(power)s", { number: number(people), power: percent(power) })).join("; ");
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "hb-power" });
  picture.append(draw("title", {}, `${_("Statistical power by sample size")}: ${sentence}`));
  for (const power of [0, 0.25, 0.5, 0.75, 1]) {
    picture.append(
      draw("line", { x1: left, x2: width - 12, y1: y(power), y2: y(power), class: "hb-power__grid" }),
      draw("text", { x: left - 6, y: y(power) + 4, "text-anchor": "end" }, percent(power)),
    );
  }
  const points = Array.from({ length: 81 }, (_, step) => {
    const people = Math.max(1, (most * step) / 80);
    return `${x(people).toFixed(1)},${y(powerOf(design, people)).toFixed(1)}`;
  });
  picture.append(
    draw("polyline", { points: points.join(" "), class: "hb-power__line" }),
    draw("line", { x1: x(total), x2: x(total), y1: y(0), y2: y(powerOf(design, total)), class: "hb-power__mark" }),
    draw("circle", { cx: x(total), cy: y(powerOf(design, total)), r: 4, class: "hb-power__dot" }),
  );
  for (const share of [0, 0.5, 1]) {
    const people = rounded(most * share);
    const anchor = share === 0 ? "start" : share === 1 ? "end" : "middle";
    picture.append(draw("text", { x: x(people), y: height - 17, "text-anchor": anchor }, number(people)));
  }
  picture.append(draw("text", { x: (left + width) / 2, y: height - 4, "text-anchor": "middle" }, _("total sample size")));
  return picture;
}

/** @param {number} amount */
const inDays = (amount) => ngettext("%(num)s day", "%(num)s days", amount);

/** @param {number} amount */
const inWeeks = (amount) => ngettext("%(num)s full week", "%(num)s full weeks", amount);

/**
 * Shows the answer: the sample size, the runtime, and what the plan can detect.
 *
 * @param {Design} design
 * @param {import("./sample_size.js").Plan} found
 */
function summary(design, found) {
  const shown = (/** @type {number} */ value) => (design.measure === "mean" ? significant(value, 6) : percent(value));
  const parts = { days: inDays(found.days), enrolment: inDays(found.enrolment_days), window: inDays(found.window_days) };
  const runtime = _("%(days)s: %(enrolment)s to enrol the sample, %(window)s for the last conversion window", parts);
  const end = found.ends_on ? `${_("until %(day)s", { day: inWords(found.ends_on) })}; ` : "";
  const sides = CHOICES[design.sides] ?? design.sides;
  /** @param {string} label @param {string} value @param {string} note */
  const fact = (label, value, note) => make("div", {}, make("dt", {}, label), make("dd", {}, value, " ", make("small", {}, note)));
  return make(
    "dl",
    { class: "hb-strip hb-plan__total" },
    fact(_("Sample size"), _("%(number)s users", { number: number(found.total) }), _("in total, %(number)s per variant", { number: number(found.sizes[0] ?? 0) })),
    fact(_("Runtime"), inWeeks(found.weeks), `${end}${runtime}`),
    fact(_("Detects"), _("%(before)s to %(after)s", { before: shown(found.baseline), after: shown(found.expected) }), _("with %(power)s statistical power", { power: percent(design.power) })),
    fact(
      _("Significance level"),
      `p < ${significant(found.alpha)}`,
      found.comparisons > 1 ? `${sides}; ${_("for each of %(number)s comparisons", { number: found.comparisons })}` : sides,
    ),
  );
}

/** Compares the plan with other minimum detectable effects. @param {Design} design */
function alternatives(design) {
  const rows = MULTIPLES.flatMap((times) => {
    const effect = design.minimum_detectable_effect * times;
    const found = plan({ ...design, minimum_detectable_effect: effect });
    if (found.problem) return [];
    const unit = design.effect === "relative" ? percent(effect / 100) : significant(effect, 6);
    const name = design.effect === "absolute" && design.measure !== "mean" ? _("%(number)s percentage points", { number: unit }) : unit;
    const cells = [number(found.total), inWeeks(found.weeks)].map((each) => make("td", {}, each));
    return [make("tr", times === 1 ? { class: "hb-plan__own", "aria-current": "true" } : {}, make("td", {}, name), ...cells)];
  });
  const titles = [_("Minimum detectable effect"), _("Sample size"), _("Runtime")].map((each) => make("th", { scope: "col" }, each));
  return make("table", {}, make("caption", {}, _("What another effect would cost")), make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...rows));
}

/** @param {HTMLElement} box */
export function start(box) {
  if (!box.dataset.inputs) {
    box.replaceChildren(make("p", { class: "hb-none" }, _("To show the calculator, replace this element in the page with {{ experiment_calculator() }}.")));
    return;
  }
  /** @type {Input[]} */
  const inputs = JSON.parse(box.dataset.inputs);
  const fields = inputs.map((input) => ({ input, field: fieldOf(input) }));
  const form = make(
    "form",
    { class: "hb-form", "aria-label": _("Experiment design") },
    ...fields.map(({ input, field }) => make("label", {}, make("span", {}, labelOf(input, false)), field)),
  );
  const answer = make("div", { class: "hb-plan", role: "region", "aria-live": "polite", "aria-label": _("Sample size and runtime") });
  const further = make("div", { class: "hb-plan__more" });

  /** @returns {Design} */
  function design() {
    /** @type {Record<string, any>} */
    const found = {};
    for (const { input, field } of fields) {
      found[input.name] = field.type === "number" ? Number(field.value) : field.value;
    }
    const share = 100 / (1 + found.variants);
    found.shares = Array.from({ length: 1 + found.variants }, () => share);
    return /** @type {Design} */ (/** @type {unknown} */ (found));
  }

  function show() {
    const mean = fields.find(({ input }) => input.name === "measure")?.field.value === "mean";
    for (const { input, field } of fields) {
      const label = /** @type {HTMLElement} */ (field.parentElement);
      if (input.name === "standard_deviation") {
        label.hidden = !mean;
        field.disabled = !mean;
      }
      if (input.name === "baseline") label.firstElementChild?.replaceChildren(labelOf(input, mean));
    }
    const wrong = fields.find(({ field }) => !field.checkValidity());
    const asked = design();
    const found = wrong ? undefined : plan(asked);
    if (!found || found.problem) {
      const problem = found?.problem ?? (wrong ? `${labelOf(wrong.input, mean)}: ${wrong.field.validationMessage}` : "");
      answer.replaceChildren(make("p", { class: "hb-note hb-note--stop" }, problem));
      further.replaceChildren();
      return;
    }
    const warnings = advice(asked, found).map((each) => make("p", { class: "hb-note hb-note--wait" }, each));
    answer.replaceChildren(summary(asked, found), ...warnings);
    further.replaceChildren(
      make("div", {}, make("p", { class: "hb-label" }, _("Statistical power by sample size")), curve(asked, found.total)),
      make("div", {}, alternatives(asked), share(_("Copy link to this plan"))),
    );
  }

  function apply() {
    remember(
      fields.map(({ input, field }) => {
        const asked = field.disabled || field.value === String(input.default) ? "" : field.value;
        return [input.name, asked];
      }),
    );
    show();
  }

  for (const { input, field } of fields) recall(field, input.name);
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  phone.addEventListener("change", show);
  box.append(answer, form, further);
  show();
}
