"""How many people an experiment needs, and for how many days.

One comparison, of a variant with the control, is sized for a normal approximation without continuity
correction. With r people in the variant for one in the control, and z for quantiles of the normal curve:

- Proportions: n = (z_alpha √((r + 1) p q) + z_power √(r p₁q₁ + p₂q₂))² / (r (p₂ - p₁)²) in the control, with
  p = (p₁ + r p₂) / (r + 1) and q for 1 - p. Fleiss, Levin and Paik, Statistical Methods for Rates and
  Proportions, 3rd edition (2003), chapter 4, samples of unequal size, without its correction.
- Means: n = (1 + 1/r) σ² (z_alpha + z_power)² / δ² in the control. Chow, Shao and Wang, Sample Size
  Calculations in Clinical Research, 2nd edition (2008), section 3.2.1.

With several variants each is compared with the control at alpha divided by the number of comparisons
(Bonferroni), so that the chance of any false alarm stays below alpha. That asks for a few more people than
finer corrections would, and can be explained in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any

from handbook.check.deadlines import day_at
from handbook.figures.basis import Basis
from handbook.figures.words import listed
from handbook.link.catalogue import Entry

_NORMAL = NormalDist()
_MOST = 10**12
"""More people than there are; a plan that needs them is none."""


@dataclass(frozen=True, slots=True)
class VariantSize:
    """How many people a variant needs.

    Attributes:
        id: The variant's id.
        name: Its name.
        people: How many users, accounts or sessions.
    """

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class ExperimentPlan:
    """What the design of an experiment asks for.

    Attributes:
        problem: Why there is no plan, as a sentence; everything else is empty then.
        unit: What is counted: `users`, `accounts` or `sessions`.
        baseline: The value of the control: a share from 0 to 1, or a mean.
        expected: The value of a variant that has just the smallest effect worth acting on.
        alpha: The chance of a false alarm in each comparison, after the correction.
        comparisons: How many variants are compared with the control.
        sizes: How many people each variant needs, the control first.
        total: All of them.
        enrolment_days: Days until so many have begun to take part.
        window_days: Days that the last of them has to do what is measured.
        weeks: Whole weeks that hold both, because weekdays differ.
        planned_days: Days from the start to the planned end; `None` where they are not both given.
        ends_on: The last day of those weeks, when the start is given.
    """

    problem: str = ""
    unit: str = ""
    baseline: float = 0
    expected: float = 0
    alpha: float = 0
    comparisons: int = 0
    sizes: tuple[VariantSize, ...] = ()
    total: int = 0
    enrolment_days: int = 0
    window_days: int = 0
    weeks: int = 0
    planned_days: int | None = None
    ends_on: date | None = None

    @property
    def days(self) -> int:
        """Days from the first person to the end of the last one's window."""
        return self.enrolment_days + self.window_days

    @property
    def is_too_short(self) -> bool:
        """Whether the planned end comes before enough people have taken part."""
        return self.planned_days is not None and self.planned_days < self.days


def experiment_plan(basis: Basis, experiment: Entry) -> ExperimentPlan:
    """How many people an experiment needs, in each variant and in all, and how long that takes.

    Args:
        basis: What figures are worked out from.
        experiment: An entry of the kind `experiment`.
    """
    design = experiment.data.get("design")
    if not design:
        return ExperimentPlan("The experiment has no design yet.")
    lacking = [field.replace("_", " ") for field in _needed(design) if field not in design]
    if lacking:
        return ExperimentPlan(f"The design does not say its {listed(lacking)}.")
    variants = experiment.data.get("variants") or _EVEN
    baseline, expected = expected_values(basis, experiment)
    if expected == baseline:
        return ExperimentPlan("The smallest effect changes nothing: the baseline is 0, or the effect is.")
    is_proportion = design["measure"] == "proportion"
    if is_proportion and not (0 < baseline < 1 and 0 < expected < 1):
        return ExperimentPlan(
            f"From {baseline:.4g} to {expected:.4g} is no change of a share: both must lie between 0 and 1."
        )
    comparisons = len(variants) - 1
    alpha = design["alpha"] / comparisons
    shares = [variant["share"] / 100 for variant in variants]
    needed = 0.0
    for share in shares[1:]:
        terms = {
            "alpha": alpha,
            "power": design["power"],
            "sides": design["sides"],
            "ratio": share / shares[0],
        }
        if is_proportion:
            control = proportion_size(baseline, expected, **terms)
        else:
            control = mean_size(expected - baseline, design["standard_deviation"], **terms)
        needed = max(needed, control / shares[0])
    if not needed / design["traffic_per_day"] < _MOST or needed > _MOST:
        return ExperimentPlan(
            f"It would take more than {_MOST:,} people or days: the effect is too small to be found."
        )
    sizes = tuple(
        VariantSize(variant["id"], variant["name"], ceil(needed * share - _ROUNDING))
        for variant, share in zip(variants, shares, strict=True)
    )
    total = sum(size.people for size in sizes)
    enrolment = ceil(total / design["traffic_per_day"])
    window = design.get("window_days", 0)
    weeks = ceil((enrolment + window) / 7)
    begins = day_at(experiment.data, ("starts_on",))
    ends = day_at(experiment.data, ("planned_end",))
    return ExperimentPlan(
        unit=f"{design.get('split_by', 'user')}s",
        baseline=baseline,
        expected=expected,
        alpha=alpha,
        comparisons=comparisons,
        sizes=sizes,
        total=total,
        enrolment_days=enrolment,
        window_days=window,
        weeks=weeks,
        planned_days=(ends - begins).days + 1 if begins and ends else None,
        ends_on=_after(begins, weeks),
    )


def _needed(design: Mapping[str, Any]) -> Sequence[str]:
    """The fields that a plan follows from; some may be there for a higher audience only."""
    return (*_NEEDED, "standard_deviation") if design.get("measure") == "mean" else _NEEDED


_NEEDED = (
    "measure",
    "baseline",
    "minimum_detectable_effect",
    "effect",
    "alpha",
    "power",
    "sides",
    "traffic_per_day",
)

_LEAST = 1e-300
"""The least chance that has a quantile."""

_ROUNDING = 1e-9
"""So that a size that is whole but for the arithmetic is not rounded up."""

_EVEN: tuple[Mapping[str, Any], ...] = (
    {"id": "control", "name": "Control", "share": 50},
    {"id": "variant", "name": "Variant", "share": 50},
)
"""What is assumed of an experiment that does not name its variants yet."""


def _after(begins: date | None, weeks: int) -> date | None:
    try:
        return begins + timedelta(weeks=weeks, days=-1) if begins else None
    except OverflowError:
        return None


def expected_values(basis: Basis, experiment: Entry) -> tuple[float, float]:
    """The value of the control, and that of a variant with the smallest effect worth acting on.

    The effect goes where the main metric is better; upwards where that is not known. Proportions are shares
    from 0 to 1.
    """
    design = experiment.data["design"]
    scale = 100 if design["measure"] == "proportion" else 1
    baseline = design["baseline"] / scale
    is_relative = design["effect"] == "relative"
    effect = design["minimum_detectable_effect"]
    change = abs(baseline) * effect / 100 if is_relative else effect / scale
    return baseline, baseline + (-change if less_is_better(basis, experiment) else change)


def less_is_better(basis: Basis, experiment: Entry) -> bool:
    """Whether the main metric of an experiment is better when it is smaller."""
    metric = basis.catalogue.resolve(("metric",), str(experiment.data.get("metric", "")))
    return metric is not None and metric.data.get("direction") == "down"


def proportion_size(  # noqa: PLR0913 - the parameters of the formula
    baseline: float, expected: float, *, alpha: float, power: float, sides: str, ratio: float = 1
) -> float:
    """How many people the control needs to compare two shares; the formula stands above.

    Args:
        baseline: The share in the control, from 0 to 1.
        expected: The share in the variant, from 0 to 1.
        alpha: The chance of a false alarm.
        power: The chance of finding the difference.
        sides: `one` or `two`.
        ratio: How many people the variant has for one of the control.
    """
    pooled = (baseline + ratio * expected) / (ratio + 1)
    spread_if_equal = sqrt((ratio + 1) * pooled * (1 - pooled))
    spread = sqrt(ratio * baseline * (1 - baseline) + expected * (1 - expected))
    root = critical(alpha, sides) * spread_if_equal + _NORMAL.inv_cdf(power) * spread
    standardised = root / (expected - baseline)
    return standardised * standardised / ratio


def mean_size(  # noqa: PLR0913 - the parameters of the formula
    difference: float, deviation: float, *, alpha: float, power: float, sides: str, ratio: float = 1
) -> float:
    """How many people the control needs to compare two means; the formula stands above.

    Args:
        difference: Between the two means, in the metric's unit.
        deviation: The standard deviation in both, in the metric's unit.
        alpha: The chance of a false alarm.
        power: The chance of finding the difference.
        sides: `one` or `two`.
        ratio: How many people the variant has for one of the control.
    """
    quantiles = critical(alpha, sides) + _NORMAL.inv_cdf(power)
    standardised = deviation * quantiles / difference
    return (1 + 1 / ratio) * standardised * standardised


def critical(alpha: float, sides: str) -> float:
    """The quantile of the normal distribution beyond which a difference counts."""
    return -_NORMAL.inv_cdf(max(alpha / 2 if sides == "two" else alpha, _LEAST))
