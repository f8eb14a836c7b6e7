"""What the results of an experiment say: differences from the control, how sure they are, and what to doubt.

- Shares: the p-value is that of the z-test with the pooled share (Fleiss, Levin and Paik, Statistical Methods
  for Rates and Proportions, 3rd edition, 2003, chapter 3); the interval of the difference is Newcombe's, from
  the Wilson intervals of both shares (Statistics in Medicine 17, 1998, method 10), right near 0 and 1, too.
- Means: the z-test of two means with their own deviations, and the interval from the same standard error.
  With fewer than 50 in a variant it is too sure of itself, and that is said.
- With several variants each is compared with the control. p-values are multiplied by the number of
  comparisons, and intervals are wider to match (Bonferroni).
- Whether the variants got the shares they should: Pearson's chi-square test. Below 0.001 something sorted
  the people (Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, 2020, chapter 21).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite, sqrt
from statistics import NormalDist
from typing import Any

from handbook.check.deadlines import day_at
from handbook.figures import experiment_words as words
from handbook.figures.basis import Basis
from handbook.figures.chi_square import goodness_of_fit
from handbook.figures.experiment_plan import critical, experiment_plan, less_is_better
from handbook.figures.words import in_words, listed
from handbook.link.catalogue import Entry

_NORMAL = NormalDist()
_MISMATCH = 0.001
_FEW = 50
_TOO_LARGE = "The numbers of the results are too large to be compared."


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variant beside the control.

    Attributes:
        id: The variant's id.
        name: Its name.
        control: The value of the control: a share from 0 to 1, or a mean.
        value: The value of the variant.
        difference: The second less the first.
        low: The lower end of the interval of the difference.
        high: The upper end.
        relative: The difference as a share of the control's value; `None` when that is 0.
        p: The p-value, after the correction.
        verdict: `better`, `worse` or `unclear`.
        sentence: All of it in words.
    """

    id: str
    name: str
    control: float
    value: float
    difference: float
    low: float
    high: float
    relative: float | None
    p: float
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ExperimentReading:
    """What came out of an experiment.

    Attributes:
        problem: Why nothing can be said, as a sentence; everything else is empty then.
        is_proportion: Whether shares are compared, and not means.
        confidence: How sure the intervals are together, from 0 to 1.
        comparisons: Each variant beside the control, in the order of the variants.
        mismatch: How likely counts as uneven as these are when the shares are kept.
        warnings: What makes the result doubtful, as sentences.
    """

    problem: str = ""
    is_proportion: bool = False
    confidence: float = 0
    comparisons: tuple[Comparison, ...] = ()
    mismatch: float = 1
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """What was counted of a variant.

    Attributes:
        size: How many took part.
        value: The share, from 0 to 1, or the mean.
        deviation: The standard deviation of one of them.
    """

    size: int
    value: float
    deviation: float


def experiment_reading(basis: Basis, experiment: Entry) -> ExperimentReading:
    """The results of an experiment: what differs from the control, how sure that is, and what to doubt.

    Args:
        basis: What figures are worked out from.
        experiment: An entry of the kind `experiment`.
    """
    problem = _why_not(experiment.data)
    if problem:
        return ExperimentReading(problem)
    try:
        reading = _reading(basis, experiment)
    except OverflowError:
        return ExperimentReading(_TOO_LARGE)
    finite = all(isfinite(end) for each in reading.comparisons for end in (each.low, each.high))
    return reading if finite else ExperimentReading(_TOO_LARGE)


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
        comparison = Comparison(
            id=variant["id"],
            name=variant["name"],
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
        said = _sentence(comparison, confidence, is_proportion=is_proportion)
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


def _sentence(comparison: Comparison, confidence: float, *, is_proportion: bool) -> str:
    value = partial(words.value, is_proportion=is_proportion)
    measure = "share" if is_proportion else "mean"
    unit = " points" if is_proportion else ""
    scale = 100 if is_proportion else 1
    ends = [words.signed(scale * end) for end in (comparison.low, comparison.high)]
    relative = "" if comparison.relative is None else f", or {words.signed(100 * comparison.relative)}%"
    sure = (
        f"({words.digits(100 * confidence)}% interval {ends[0]} to {ends[1]}{unit}; "
        f"{words.chance(comparison.p)})"
    )
    if comparison.verdict == "unclear":
        return (
            f"{comparison.name}: {value(comparison.value)} against {value(comparison.control)}, "
            f"{words.signed(scale * comparison.difference)}{unit}{relative} {sure}. "
            "Unclear: no difference at all would explain it, too."
        )
    verb = "raises" if comparison.difference > 0 else "lowers"
    return (
        f"{comparison.name} {verb} the {measure} by {words.digits(abs(scale * comparison.difference))}{unit} "
        f"{sure}, from {value(comparison.control)} to {value(comparison.value)}{relative}. "
        f"{comparison.verdict.capitalize()}: chance alone hardly does that."
    )


def _why_not(data: Mapping[str, Any]) -> str:
    """What is missing to compare the variants, as a sentence; empty when nothing is."""
    if not data.get("results"):
        return "There are no results yet."
    if not data.get("design"):
        return (
            "The results cannot be read: the experiment has no design, so nobody set beforehand what counts."
        )
    lacking = [field for field in ("measure", "alpha", "sides") if field not in data["design"]]
    if lacking:
        return f"The design does not say its {listed(lacking)}."
    return _why_not_compared(data)


def _why_not_compared(data: Mapping[str, Any]) -> str:
    """What is wrong with what was counted, as a sentence; empty when nothing is."""
    variants = [variant["id"] for variant in data.get("variants", ())]
    counted = [result["variant"] for result in data["results"]]
    lacking = [name for name in variants if name not in counted]
    if not variants or lacking:
        return f"The results cannot be compared: {_listed(lacking) or 'the variants'} are missing."
    for result in data["results"]:
        if result.get("conversions", 0) > result["participants"]:
            return f"More of `{result['variant']}` did it than took part."
    spread = {result["variant"]: result.get("standard_deviation", 1) for result in data["results"]}
    if not spread[variants[0]] and not all(spread[name] for name in variants[1:]):
        return (
            "The results cannot be compared: with standard deviations of 0 there is no telling what chance "
            "does. Look at what was counted."
        )
    return ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"those of `{name}`" for name in names)


def _sample(result: Mapping[str, Any], *, is_proportion: bool) -> Sample:
    if not is_proportion:
        return Sample(result["participants"], result["mean"], result["standard_deviation"])
    share = result["conversions"] / result["participants"]
    return Sample(result["participants"], share, sqrt(share * (1 - share)))


def p_value(control: Sample, variant: Sample, sides: str, sign: int, *, is_proportion: bool) -> float:
    """The chance of a difference as large as this one where there is none.

    Args:
        control: What was counted of the control.
        variant: What was counted of the variant.
        sides: `one` or `two`; one side is the one on which the metric is better.
        sign: 1 where more is better, -1 where less is.
        is_proportion: Whether shares are compared, and not means.
    """
    difference = variant.value - control.value
    error = _pooled_error(control, variant) if is_proportion else _error(control, variant)
    if not error:
        return 1.0 if not difference else 0.0
    z = difference / error
    return 2 * _NORMAL.cdf(-abs(z)) if sides == "two" else _NORMAL.cdf(-z * sign)


def interval(
    control: Sample, variant: Sample, alpha: float, sides: str, *, is_proportion: bool
) -> tuple[float, float]:
    """Where the true difference lies but for a chance of alpha, on each side for a one-sided test.

    Args:
        control: What was counted of the control.
        variant: What was counted of the variant.
        alpha: The chance that it lies elsewhere; half of it beyond each end of a two-sided interval.
        sides: `one` or `two`.
        is_proportion: Whether shares are compared, and not means.
    """
    z = critical(alpha, sides)
    difference = variant.value - control.value
    if not is_proportion:
        error = z * _error(control, variant)
        return difference - error, difference + error
    control_low, control_high = _wilson(control, z)
    low, high = _wilson(variant, z)
    down = sqrt((variant.value - low) ** 2 + (control_high - control.value) ** 2)
    up = sqrt((high - variant.value) ** 2 + (control.value - control_low) ** 2)
    return difference - down, difference + up


def _wilson(sample: Sample, z: float) -> tuple[float, float]:
    """Wilson's interval of a share: Journal of the American Statistical Association 22 (1927)."""
    size, share = sample.size, sample.value
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return centre - half, centre + half


def _pooled_error(control: Sample, variant: Sample) -> float:
    share = (control.value * control.size + variant.value * variant.size) / (control.size + variant.size)
    return sqrt(max(share * (1 - share), 0) * (1 / control.size + 1 / variant.size))


def _error(control: Sample, variant: Sample) -> float:
    return sqrt(control.deviation**2 / control.size + variant.deviation**2 / variant.size)


def _warnings(basis: Basis, experiment: Entry, samples: Sequence[Sample], mismatch: float) -> Sequence[str]:
    data = experiment.data
    found = []
    if mismatch < _MISMATCH:
        found.append(
            "The variants did not get the shares that were planned, and chance alone does not do that. Find "
            "out why before you trust the result."
        )
    plan = experiment_plan(basis, experiment)
    people = sum(sample.size for sample in samples)
    if plan.total > people:
        found.append(
            f"It was read with {people:,} {plan.unit} of the {plan.total:,} that the design asks for: a "
            "difference of the size it was made for may be missed."
        )
    read, planned = day_at(data, ("read_on",)), day_at(data, ("planned_end",))
    if read and planned and read < planned:
        found.append(
            f"It was read on {in_words(read)}, before its planned end on {in_words(planned)}. Who looks "
            "early and may stop finds differences where there are none."
        )
    if data["design"]["measure"] == "mean" and min(sample.size for sample in samples) < _FEW:
        found.append(f"With fewer than {_FEW} in a variant the interval is narrower than it should be.")
    return found
