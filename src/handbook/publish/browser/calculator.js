/* Sample size calculator: the browser version of `handbook experiment plan`, with a power curve. */

import { recall, remember, share } from "./address.js";
import { make } from "./dom.js";
import { plan, powerOf } from "./sample_size.js";
import { count, inWords, number, percent, rounded, significant } from "./words.js";

/** @typedef {import("./sample_size.js").Design} Design */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {object} Question
 * @property {keyof Design | "variants"} name
 * @property {string} words
 * @property {string} value The initial value.
 * @property {[string, string][]} [choices]
 * @property {number} [least]
 * @property {number} [most]
 * @property {string} [type]
 */

/** @type {Question[]} */
const QUESTIONS = [
  { name: "measure", words: "Metric type", value: "proportion", choices: [["proportion", "Conversion rate (proportion)"], ["mean", "Average (mean)"]] },
  { name: "baseline", words: "Baseline", value: "20" },
  { name: "standard_deviation", words: "Standard deviation", value: "10", least: 1e-9 },
  { name: "minimum_detectable_effect", words: "Minimum detectable effect (MDE)", value: "10", least: 1e-9 },
  { name: "effect", words: "MDE type", value: "relative", choices: [["relative", "Relative (% of baseline)"], ["absolute", "Absolute (same unit as the metric)"]] },
  { name: "better", words: "Desired direction", value: "up", choices: [["up", "Increase"], ["down", "Decrease"]] },
  { name: "traffic_per_day", words: "Eligible users per day", value: "400", least: 1e-9 },
  { name: "window_days", words: "Conversion window (days)", value: "7", least: 0 },
  { name: "variants", words: "Number of variants (excluding control)", value: "1", least: 1, most: 9 },
  { name: "alpha", words: "Significance level (alpha)", value: "0.05", least: 0.0001, most: 0.5 },
  { name: "power", words: "Statistical power", value: "0.8", least: 0.5, most: 0.999 },
  { name: "sides", words: "Test type", value: "two", choices: [["two", "Two-sided"], ["one", "One-sided (improvement only)"]] },
  { name: "starts_on", words: "Start date (optional)", value: "", type: "date" },
];

/** Returns the label of a field. @param {Question} question @param {boolean} mean Whether the metric is a mean. */
const wordsOf = ({ name, words }, mean) => (name === "baseline" ? (mean ? "Baseline mean" : "Baseline conversion rate (%)") : words);

/** @param {Question} question */
function fieldOf({ name, value, choices, least, most, type }) {
  if (choices) {
    const field = make("select", { class: "hb-field", name });
    for (const [key, words] of choices) field.add(new Option(words, key));
    field.value = value;
    return field;
  }
  const limits = { min: least === undefined ? undefined : String(least), max: most === undefined ? undefined : String(most) };
  const field = make("input", { class: "hb-field", name, type: type ?? "number", step: "any", value, ...(type ? {} : limits) });
  if (name === "window_days" || name === "variants") field.step = "1";
  if (name !== "starts_on") field.required = true;
  return field;
}

/**
 * Draws the statistical power by sample size.
 *
 * @param {Design} design
 * @param {number} total The planned sample size of all variants.
 */
function curve(design, total) {
  const [width, height, left, bottom] = [560, 240, 46, 34];
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
  const sentence = told.map(({ people, power }) => `${number(people)} users: ${percent(power)}`).join("; ");
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "hb-power" });
  picture.append(draw("title", {}, `Statistical power by sample size. ${sentence}`));
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
  picture.append(draw("text", { x: (left + width) / 2, y: height - 4, "text-anchor": "middle" }, "total sample size"));
  return picture;
}

/** @param {HTMLElement} box */
export function start(box) {
  const fields = QUESTIONS.map((question) => ({ question, field: fieldOf(question) }));
  const form = make(
    "form",
    { class: "hb-form", "aria-label": "Experiment design" },
    ...fields.map(({ question, field }) => make("label", {}, make("span", {}, question.words), field)),
  );
  const answer = make("div", { class: "hb-plan", role: "region", "aria-live": "polite", "aria-label": "Sample size and runtime" });

  /** @returns {Design} */
  function design() {
    /** @type {Record<string, any>} */
    const found = {};
    for (const { question, field } of fields) {
      found[question.name] = question.choices || question.type ? field.value : Number(field.value);
    }
    const share = 100 / (1 + found.variants);
    found.shares = Array.from({ length: 1 + found.variants }, () => share);
    return /** @type {Design} */ (/** @type {unknown} */ (found));
  }

  function show() {
    const mean = fields.find(({ question }) => question.name === "measure")?.field.value === "mean";
    for (const { question, field } of fields) {
      const label = /** @type {HTMLElement} */ (field.parentElement);
      if (question.name === "standard_deviation") {
        label.hidden = !mean;
        field.disabled = !mean;
      }
      if (question.name === "baseline") label.firstElementChild?.replaceChildren(wordsOf(question, mean));
    }
    const wrong = fields.find(({ field }) => !field.checkValidity());
    if (wrong) {
      answer.replaceChildren(make("p", { class: "hb-none" }, `${wordsOf(wrong.question, mean)}: ${wrong.field.validationMessage}`));
      return;
    }
    const asked = design();
    const found = plan(asked);
    if (found.problem) {
      answer.replaceChildren(make("p", { class: "hb-none" }, found.problem));
      return;
    }
    const shown = (/** @type {number} */ value) => (mean ? significant(value, 6) : percent(value));
    const each = found.sizes[0] ?? 0;
    const runtime = `Runtime: ${count(found.days, "day")}, rounded up to ${count(found.weeks, "full week")}`;
    const end = found.ends_on ? `, until ${inWords(found.ends_on)}` : "";
    answer.replaceChildren(
      make("p", { class: "hb-plan__total" }, make("strong", {}, number(found.total)), ` users in total, ${number(each)} per variant`),
      make("p", {}, `${runtime}${end}. This includes ${count(found.enrolment_days, "day")} to enrol the sample, plus ${count(found.window_days, "day")} for the last conversion window.`),
      make("p", {}, `Detects a change from ${shown(found.baseline)} to ${shown(found.expected)} with ${percent(asked.power)} power; ${found.comparisons > 1 ? `each of the ${found.comparisons} comparisons` : "the result"} is significant at p < ${significant(found.alpha)}.`),
      curve(asked, found.total),
      share("this plan"),
    );
  }

  function apply() {
    remember(
      fields.map(({ question, field }) => {
        const asked = field.disabled || field.value === question.value ? "" : field.value;
        return [question.name, asked];
      }),
    );
    show();
  }

  for (const { question, field } of fields) recall(field, question.name);
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  box.append(form, answer);
  show();
}
