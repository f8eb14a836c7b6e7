/* Calculates the sample size and runtime of an experiment. It repeats the figure `experiment_plan` of the engine with
   the same formulas in the same order, so that the page and the command line give the same numbers.

   Proportions: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd edition (2003), chapter 4,
   samples of unequal size, without its correction. Means: Chow, Shao and Wang, Sample Size Calculations in Clinical
   Research, 2nd edition (2008), section 3.2.1. Several variants: Bonferroni. */

import { _ } from "./language.js";
import { number, significant } from "./words.js";

/**
 * The inputs of a sample size calculation, as in the file of an experiment.
 *
 * @typedef {object} Design
 * @property {string} measure `proportion` or `mean`.
 * @property {number} baseline In percent for a proportion, in the metric's unit for a mean.
 * @property {number} [standard_deviation] For a mean.
 * @property {number} minimum_detectable_effect Without a sign.
 * @property {string} effect `absolute` or `relative`, in percent of the baseline.
 * @property {number} alpha
 * @property {number} power
 * @property {string} sides `one` or `two`.
 * @property {number} traffic_per_day
 * @property {number} [window_days]
 * @property {string} [better] `down` if a decrease of the primary metric is an improvement.
 * @property {number[]} [shares] The traffic split in percent, the control first (default: 50, 50).
 * @property {string} [starts_on] Year-month-day.
 * @property {string} [planned_end] Year-month-day.
 */

/**
 * The sample size and runtime of a design.
 *
 * @typedef {object} Plan
 * @property {string} problem The reason why there is no plan, as a sentence; all other values are then empty.
 * @property {number} baseline The value of the control: a proportion from 0 to 1, or a mean.
 * @property {number} expected The value of a variant with exactly the minimum detectable effect.
 * @property {number} alpha The significance level of each comparison, after the correction.
 * @property {number} comparisons The number of variants that are compared with the control.
 * @property {number[]} sizes The sample size of each variant, the control first.
 * @property {number} total The sample size of all variants.
 * @property {number} enrolment_days The days needed to enrol the sample.
 * @property {number} window_days The days of the conversion window of the last participant.
 * @property {number} days The sum of both.
 * @property {number} weeks The full weeks that contain both, because weekdays differ.
 * @property {number | null} planned_days The days from the start to the planned end, if both are set.
 * @property {string | null} ends_on The last day of those weeks, if the start is set.
 * @property {boolean} is_too_short Whether the planned end is before the end of the runtime.
 */

/** The limit of a plan: more people than there are. */
const MOST = 1e12;

/** The smallest probability that has a quantile. */
const LEAST = 1e-300;

/** A tolerance, so that a sample size is not rounded up because of floating-point errors. */
const ROUNDING = 1e-9;

const DAY = 86_400_000;

/**
 * Calculates the sample size, per variant and in total, and the runtime of an experiment.
 *
 * @param {Design} design
 * @returns {Plan}
 */
export function plan(design) {
  const shares = shareOut(design);
  const { baseline, expected } = values(design);
  if (expected === baseline) {
    return none(_("The minimum detectable effect changes nothing, because the baseline or the effect is 0."));
  }
  const isShare = (/** @type {number} */ value) => value > 0 && value < 1;
  if (design.measure === "proportion" && !(isShare(baseline) && isShare(expected))) {
    const change = { before: significant(baseline, 4), after: significant(expected, 4) };
    return none(_("A change from %(before)s to %(after)s is impossible for a proportion: both values must be between 0 and 1.", change));
  }
  const comparisons = shares.length - 1;
  const alpha = design.alpha / comparisons;
  const needed = Math.max(...comparisonsOf(design).map((comparison) => comparison.needed(design.power)));
  if (!(needed / design.traffic_per_day < MOST) || needed > MOST) {
    return none(_("This needs more than %(number)s people or days: the effect is too small to detect.", { number: number(MOST) }));
  }
  const sizes = shares.map((share) => Math.ceil(needed * share - ROUNDING));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const enrolment = Math.ceil(total / design.traffic_per_day);
  const window = design.window_days ?? 0;
  const weeks = Math.ceil((enrolment + window) / 7);
  const begins = day(design.starts_on);
  const ends = day(design.planned_end);
  const planned = begins !== null && ends !== null ? ends - begins + 1 : null;
  return {
    problem: "",
    baseline,
    expected,
    alpha,
    comparisons,
    sizes,
    total,
    enrolment_days: enrolment,
    window_days: window,
    days: enrolment + window,
    weeks,
    planned_days: planned,
    ends_on: begins === null ? null : written(begins + weeks * 7 - 1),
    is_too_short: planned !== null && planned < enrolment + window,
  };
}

/**
 * Calculates the statistical power of a sample size: the formula of the size, solved for the power. With several
 * variants, the result is the lowest power of all comparisons.
 *
 * @param {Design} design A design that has a plan.
 * @param {number} total The sample size of all variants.
 */
export function powerOf(design, total) {
  return Math.min(...comparisonsOf(design).map((comparison) => comparison.power(total)));
}

/**
 * Returns each variant's comparison with the control: the total sample size for a power, and the power of a size.
 *
 * @param {Design} design
 */
function comparisonsOf(design) {
  const shares = shareOut(design);
  const [control = 0, ...others] = shares;
  const { baseline, expected } = values(design);
  const alpha = design.alpha / others.length;
  const limit = critical(alpha, design.sides);
  const distance = expected - baseline;
  return others.map((share) => {
    const ratio = share / control;
    if (design.measure === "mean") {
      const deviation = design.standard_deviation ?? 0;
      return {
        /** @param {number} power */
        needed(power) {
          const standardised = (deviation * (limit + quantile(power))) / distance;
          return ((1 + 1 / ratio) * standardised * standardised) / control;
        },
        /** @param {number} total */
        power: (total) =>
          chance((Math.abs(distance) / deviation) * Math.sqrt((total * control) / (1 + 1 / ratio)) - limit),
      };
    }
    const pooled = (baseline + ratio * expected) / (ratio + 1);
    const spreadIfEqual = Math.sqrt((ratio + 1) * pooled * (1 - pooled));
    const spread = Math.sqrt(ratio * baseline * (1 - baseline) + expected * (1 - expected));
    return {
      /** @param {number} power */
      needed(power) {
        const standardised = (limit * spreadIfEqual + quantile(power) * spread) / distance;
        return (standardised * standardised) / ratio / control;
      },
      /** @param {number} total */
      power: (total) =>
        chance((Math.abs(distance) * Math.sqrt(total * control * ratio) - limit * spreadIfEqual) / spread),
    };
  });
}

/** Returns the traffic split, from 0 to 1. @param {Design} design */
const shareOut = ({ shares = [50, 50] }) => shares.map((share) => share / 100);

/**
 * Returns the value of the control, and of a variant with the minimum detectable effect in the desired direction.
 *
 * @param {Design} design
 */
function values(design) {
  const scale = design.measure === "proportion" ? 100 : 1;
  const baseline = design.baseline / scale;
  const effect = design.minimum_detectable_effect;
  const change = design.effect === "relative" ? (Math.abs(baseline) * effect) / 100 : effect / scale;
  return { baseline, expected: baseline + (design.better === "down" ? -change : change) };
}

/** Returns the quantile beyond which a difference is significant. @param {number} alpha @param {string} sides */
const critical = (alpha, sides) => -quantile(Math.max(sides === "two" ? alpha / 2 : alpha, LEAST));

/** Returns an empty plan with its problem. @param {string} problem @returns {Plan} */
function none(problem) {
  return {
    problem,
    baseline: 0,
    expected: 0,
    alpha: 0,
    comparisons: 0,
    sizes: [],
    total: 0,
    enrolment_days: 0,
    window_days: 0,
    days: 0,
    weeks: 0,
    planned_days: null,
    ends_on: null,
    is_too_short: false,
  };
}

/** Returns a day as a number; `null` for an invalid day. @param {string | undefined} text */
function day(text) {
  const time = /^\d{4}-\d\d-\d\d$/.test(text ?? "") ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : time / DAY;
}

/** Returns a day as year-month-day; `null` after the year 9999. @param {number} number */
function written(number) {
  const text = number * DAY <= 8.64e15 ? new Date(number * DAY).toISOString() : "+";
  return text.startsWith("+") ? null : text.slice(0, 10);
}

/**
 * Returns the value below which a share of a normal distribution is found. Wichura, The percentage points of the
 * normal distribution, Applied Statistics 37 (1988), algorithm AS 241, PPND16: accurate to about 16 digits.
 *
 * @param {number} share Between 0 and 1.
 */
export function quantile(share) {
  const middle = share - 0.5;
  if (Math.abs(middle) <= 0.425) {
    const r = 0.180625 - middle * middle;
    return (middle * polynomial(NEAR_OVER, r)) / polynomial(NEAR_UNDER, r);
  }
  const tail = Math.sqrt(-Math.log(middle <= 0 ? share : 1 - share));
  const [over, under, r] = tail <= 5 ? [FAR_OVER, FAR_UNDER, tail - 1.6] : [FARTHEST_OVER, FARTHEST_UNDER, tail - 5];
  const value = polynomial(over, r) / polynomial(under, r);
  return middle < 0 ? -value : value;
}

/** Evaluates a polynomial by Horner's rule, the highest power first. @param {number[]} factors @param {number} x */
const polynomial = (factors, x) => factors.reduce((sum, factor) => sum * x + factor, 0);

const NEAR_OVER = [
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
  1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
];
const NEAR_UNDER = [
  5.226495278852545925e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
  5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
];
const FAR_OVER = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
];
const FAR_UNDER = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const FARTHEST_OVER = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
  2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
];
const FARTHEST_UNDER = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1,
];

/**
 * Returns the share of a normal distribution below a value. Marsaglia, Evaluating the normal distribution, Journal of
 * Statistical Software 11 (2004): a series that is accurate to 15 decimals.
 *
 * @param {number} value
 */
export function chance(value) {
  if (Math.abs(value) > 8) return value > 0 ? 1 : 0;
  let sum = value;
  let term = value;
  for (let odd = 3; sum + term !== sum || odd === 3; odd += 2) {
    term *= (value * value) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(value * value) / 2)) / Math.sqrt(2 * Math.PI);
}
