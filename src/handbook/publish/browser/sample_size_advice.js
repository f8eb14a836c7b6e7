/* Says what is wrong with a plan that can be calculated. This module does not access the page. */

import { _, ngettext } from "./language.js";
import { percent, significant } from "./words.js";

/** The longest runtime, in days, after which a team has moved on. The page on experiments states it, too. */
const LONGEST = 42;
/** The usual limits of the field. */
const [ALPHA, POWER] = [0.05, 0.8];
/** The events of each kind, and for a mean the people, that the normal approximation needs in each variant. */
const [EVENTS, PEOPLE] = [10, 30];
/** A change of this share of the baseline is rare. */
const LARGE = 0.5;

/**
 * Returns what a planner must know about a plan, the most important first.
 *
 * @param {import("./sample_size.js").Design} design
 * @param {import("./sample_size.js").Plan} plan A plan without a problem.
 * @returns {string[]}
 */
export function advice(design, plan) {
  const { baseline, expected } = plan;
  const people = Math.min(...plan.sizes);
  const rarest = Math.min(baseline, 1 - baseline, expected, 1 - expected);
  const isMean = design.measure === "mean";
  const found = [
    plan.days > LONGEST &&
      _("The runtime exceeds six weeks (%(number)s days). Choose a metric closer to the change, a bolder variant with a larger minimum detectable effect, or a test with ten customers.", { number: LONGEST }),
    plan.enrolment_days < 7 &&
      ngettext("The sample is enrolled in %(num)s day. Enrol for a full week, because weekdays differ.", "The sample is enrolled in %(num)s days. Enrol for a full week, because weekdays differ.", plan.enrolment_days),
    isMean
      ? people < PEOPLE && _("Fewer than %(number)s users per variant are too few for the normal approximation of a mean.", { number: PEOPLE })
      : people * rarest < EVENTS && _("A variant expects fewer than %(number)s users who convert, or who don't: too few for the normal approximation.", { number: EVENTS }),
    Math.abs(expected - baseline) >= LARGE * Math.abs(baseline) && baseline !== 0 &&
      _("A change of %(share)s of the baseline is rare. If the real effect is smaller, this sample misses it.", { share: percent(Math.abs((expected - baseline) / baseline)) }),
    design.alpha > ALPHA &&
      _("At a significance level of %(alpha)s, %(share)s of the experiments without any effect look significant. %(usual)s is usual.", { alpha: significant(design.alpha), share: percent(design.alpha), usual: significant(ALPHA) }),
    design.power < POWER &&
      _("With a statistical power of %(power)s, %(share)s of the real effects as large as the minimum detectable effect are missed. %(usual)s is usual.", { power: percent(design.power), share: percent(1 - design.power), usual: percent(POWER) }),
    design.sides === "one" && _("A one-sided test can't show harm. Watch the guardrail metrics."),
  ];
  return found.filter((each) => each !== false);
}
