"""Analyse the results of an experiment: differences from the control, confidence intervals and warnings.

- With several variants, each is compared with the control. P-values are multiplied by the number of
  comparisons, and intervals are wider to match (Bonferroni).
- Sample ratio mismatch: Pearson's chi-square test of the traffic split. A p-value below 0.001 means that the
  split is not random (Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, 2020, chapter 21).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import Any

from handbook.base.language import N_, _
from handbook.base.numbers import format_number
from handbook.base.sentences import in_words, listed
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.experiment.chi_square import goodness_of_fit
from handbook.kinds.experiment.comparison import VariantComparison, comparison_sentence
from handbook.kinds.experiment.plan import experiment_plan, less_is_better
from handbook.kinds.experiment.statistics import Sample, interval, p_value
from handbook.link.catalogue import Entry
from handbook.read.values import day_at

_MISMATCH = 0.001
_FEW = 50
_TOO_LARGE = N_("The results are too large to compare.")


@dataclass(frozen=True, slots=True)
class ExperimentReading:
    """The analysed results of an experiment.

    Attributes:
        problem: Why the results cannot be analysed, as a sentence. If set, everything else is empty.
        is_proportion: Whether proportions are compared, not means.
        confidence: The confidence level of all intervals together, from 0 to 1.
        comparisons: Each variant compared with the control, in the order of the variants.
        mismatch: The p-value of the traffic split.
        warnings: Reasons to doubt the results, as sentences.
    """

    problem: str = ""
    is_proportion: bool = False
    confidence: float = 0
    comparisons: tuple[VariantComparison, ...] = ()
    mismatch: float = 1
    warnings: tuple[str, ...] = ()


@figure(
    {"experiment": ("design", "variants.id", "variants.share", "results.variant", "results.participants")}
)
def experiment_reading(basis: Basis, experiment: Entry) -> ExperimentReading:
    """Return the analysed results of an experiment: lift, confidence intervals and warnings.

    Args:
        basis: The data that figures are calculated from.
        experiment: An entry of the content type `experiment`.
    """
    problem = _why_not(experiment.data)
    if problem:
        return ExperimentReading(problem)
    try:
        reading = _reading(basis, experiment)
    except (OverflowError, ValueError):
        return ExperimentReading(_(_TOO_LARGE))
    finite = all(isfinite(end) for each in reading.comparisons for end in (each.low, each.high))
    return reading if finite else ExperimentReading(_(_TOO_LARGE))


def _reading(basis: Basis, experiment: Entry) -> ExperimentReading:
    design = experiment.data["design"]
    is_proportion = design["measure"] == "proportion"
    variants = experiment.data["variants"]
    counted = {result["variant"]: result for result in experiment.data["results"]}
    samples = [_sample(counted[variant["id"]], is_proportion=is_proportion) for variant in variants]
    number = len(samples) - 1
    sign = -1 if less_is_better(basis, experiment) else 1
    confidence = 1 - (1 if design["sides"] == "two" else 2) * design["alpha"]
    comparisons = []
    for variant, sample in zip(variants[1:], samples[1:], strict=True):
        p = min(p_value(samples[0], sample, design["sides"], sign, is_proportion=is_proportion) * number, 1)
        low, high = interval(
            samples[0], sample, design["alpha"] / number, design["sides"], is_proportion=is_proportion
        )
        difference = sample.value - samples[0].value
        verdict = "unclear" if p > design["alpha"] else "better" if difference * sign > 0 else "worse"
        comparison = VariantComparison(
            id=variant["id"],
            name=variant.get("name", variant["id"]),
            control=samples[0].value,
            value=sample.value,
            difference=difference,
            low=low,
            high=high,
            relative=difference / abs(samples[0].value) if samples[0].value else None,
            p=p,
            verdict=verdict,
            sentence="",
        )
        said = comparison_sentence(comparison, confidence, is_proportion=is_proportion)
        comparisons.append(replace(comparison, sentence=said))
    mismatch = goodness_of_fit(
        [sample.size for sample in samples], [variant["share"] for variant in variants]
    )
    return ExperimentReading(
        is_proportion=is_proportion,
        confidence=confidence,
        comparisons=tuple(comparisons),
        mismatch=mismatch,
        warnings=tuple(_warnings(basis, experiment, samples, mismatch)),
    )


def _why_not(data: Mapping[str, Any]) -> str:
    """Return why the variants cannot be compared, as a sentence; empty if they can be."""
    if not data.get("results"):
        return _("No results yet.")
    if not data.get("design"):
        return _(
            "The results cannot be analysed: the experiment has no design, so no success criteria were set "
            "in advance."
        )
    lacking = [field for field in ("measure", "alpha", "sides") if field not in data["design"]]
    if lacking:
        return _("Missing from the design: %(fields)s.", fields=listed(lacking))
    return _why_not_compared(data)


def _why_not_compared(data: Mapping[str, Any]) -> str:
    """Return what is wrong with the results, as a sentence; empty if nothing is."""
    variants = [variant["id"] for variant in data.get("variants", ())]
    values = {"mean", "standard_deviation"} if data["design"]["measure"] == "mean" else {"conversions"}
    counted = [result["variant"] for result in data["results"] if values <= set(result)]
    lacking = [name for name in variants if name not in counted]
    if not variants or lacking:
        missing = ", ".join(_("the results of `%(variant)s`", variant=name) for name in lacking)
        return _("The results cannot be compared. Missing: %(what)s.", what=missing or _("the variants"))
    for result in data["results"]:
        if result.get("conversions", 0) > result["participants"]:
            return _("In `%(variant)s`, more people converted than participated.", variant=result["variant"])
    spread = {result["variant"]: result.get("standard_deviation", 1) for result in data["results"]}
    if not spread[variants[0]] and not all(spread[name] for name in variants[1:]):
        return _(
            "The results cannot be compared, because the standard deviations are 0. Check the data of the "
            "experiment."
        )
    return ""


def _sample(result: Mapping[str, Any], *, is_proportion: bool) -> Sample:
    if not is_proportion:
        return Sample(result["participants"], result["mean"], result["standard_deviation"])
    share = result["conversions"] / result["participants"]
    return Sample(result["participants"], share, sqrt(share * (1 - share)))


def _warnings(basis: Basis, experiment: Entry, samples: Sequence[Sample], mismatch: float) -> Sequence[str]:
    data = experiment.data
    found = []
    if mismatch < _MISMATCH:
        found.append(
            _(
                "Sample ratio mismatch: the traffic split differs significantly from the plan. Find the "
                "cause before you trust the result."
            )
        )
    plan = experiment_plan(basis, experiment)
    people = sum(sample.size for sample in samples)
    if plan.total > people:
        found.append(
            _(
                "Analysed with %(number)s %(unit)s of the %(total)s that the design requires: the test is "
                "underpowered and might miss the minimum detectable effect.",
                number=format_number(people),
                unit=plan.unit,
                total=format_number(plan.total),
            )
        )
    read, planned = day_at(data, ("read_on",)), day_at(data, ("planned_end",))
    if read and planned and read < planned:
        found.append(
            _(
                "Analysed on %(day)s, before the planned end on %(planned)s. Peeking at results early, with "
                "the option to stop, inflates the false positive rate.",
                day=in_words(read),
                planned=in_words(planned),
            )
        )
    if data["design"]["measure"] == "mean" and min(sample.size for sample in samples) < _FEW:
        found.append(
            _(
                "A variant has fewer than %(number)s participants, so the confidence interval is too narrow.",
                number=_FEW,
            )
        )
    return found
