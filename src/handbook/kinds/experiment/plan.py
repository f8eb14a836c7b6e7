"""Calculate the sample size and runtime of an experiment.

With several variants, each is compared with the control at alpha divided by the number of comparisons
(Bonferroni), so that the chance of any false positive stays below alpha. This needs slightly larger samples
than finer corrections, but can be explained in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from handbook.base.language import N_, _
from handbook.base.numbers import format_number, format_significant
from handbook.base.sentences import listed
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.experiment.statistics import mean_size, proportion_size
from handbook.link.catalogue import Entry
from handbook.read.values import day_at

_UNITS = {"user": N_("users"), "account": N_("accounts"), "session": N_("sessions")}
_MOST = 10**12
"""The limit of a plan: more people than there are."""


@dataclass(frozen=True, slots=True)
class VariantSize:
    """The sample size of a variant.

    Attributes:
        id: The ID of the variant.
        name: The name of the variant.
        people: The number of users, accounts or sessions.
    """

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class ExperimentPlan:
    """The sample size and runtime that the design of an experiment requires.

    Attributes:
        problem: Why there is no plan, as a sentence. If set, everything else is empty.
        unit: The unit of the sample: `users`, `accounts` or `sessions`.
        baseline: The value of the control: a proportion from 0 to 1, or a mean.
        expected: The value of a variant with the minimum detectable effect.
        alpha: The significance level of each comparison, after the correction.
        comparisons: The number of variants compared with the control.
        sizes: The sample size of each variant, the control first.
        total: The required sample size.
        enrolment_days: The days until the sample is complete.
        window_days: The conversion window of the last participant, in days.
        weeks: The runtime in full weeks, because weekdays differ.
        planned_days: The days from the start to the planned end; `None` unless both are given.
        ends_on: The last day of those weeks, if the start is given.
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
        """The days from the first participant to the end of the last conversion window."""
        return self.enrolment_days + self.window_days

    @property
    def is_too_short(self) -> bool:
        """Return whether the planned runtime is too short for the sample."""
        return self.planned_days is not None and self.planned_days < self.days


@figure({"experiment": ("design", "variants.id", "variants.share")})
def experiment_plan(basis: Basis, experiment: Entry) -> ExperimentPlan:
    """Return the sample size of an experiment, by variant and in total, and its runtime.

    Args:
        basis: The data that figures are calculated from.
        experiment: An entry of the content type `experiment`.
    """
    design = experiment.data.get("design")
    if not design:
        return ExperimentPlan(_("The experiment has no design yet."))
    lacking = [field.replace("_", " ") for field in _needed(design) if field not in design]
    if lacking:
        return ExperimentPlan(_("Missing from the design: %(fields)s.", fields=listed(lacking)))
    variants = experiment.data.get("variants") or _EVEN
    baseline, expected = expected_values(basis, experiment)
    if expected == baseline:
        return ExperimentPlan(
            _("The minimum detectable effect changes nothing, because the baseline or the effect is 0.")
        )
    is_proportion = design["measure"] == "proportion"
    if is_proportion and not (0 < baseline < 1 and 0 < expected < 1):
        return ExperimentPlan(
            _(
                "A change from %(before)s to %(after)s is impossible for a proportion: both values must be "
                "between 0 and 1.",
                before=format_significant(baseline, 4),
                after=format_significant(expected, 4),
            )
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
            _(
                "This needs more than %(number)s people or days: the effect is too small to detect.",
                number=format_number(_MOST),
            )
        )
    sizes = tuple(
        VariantSize(variant["id"], variant.get("name", variant["id"]), ceil(needed * share - _ROUNDING))
        for variant, share in zip(variants, shares, strict=True)
    )
    total = sum(size.people for size in sizes)
    enrolment = ceil(total / design["traffic_per_day"])
    window = design.get("window_days", 0)
    weeks = ceil((enrolment + window) / 7)
    begins = day_at(experiment.data, ("starts_on",))
    ends = day_at(experiment.data, ("planned_end",))
    return ExperimentPlan(
        unit=_(_UNITS[design.get("split_by", "user")]),
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
    """Return the required fields of a plan. Some can be visible to a higher audience only."""
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

_ROUNDING = 1e-9
"""Keeps a whole size from being rounded up because of floating-point error."""

_EVEN: tuple[Mapping[str, Any], ...] = (
    {"id": "control", "name": N_("Control"), "share": 50},
    {"id": "variant", "name": N_("Variant"), "share": 50},
)
"""The assumed variants of an experiment that has none yet."""


def _after(begins: date | None, weeks: int) -> date | None:
    try:
        return begins + timedelta(weeks=weeks, days=-1) if begins else None
    except OverflowError:
        return None


def expected_values(basis: Basis, experiment: Entry) -> tuple[float, float]:
    """Return the value of the control, and that of a variant with the minimum detectable effect.

    The effect has the desired direction of the primary metric, or is an increase if that is unknown.
    Proportions are from 0 to 1.
    """
    design = experiment.data["design"]
    scale = 100 if design["measure"] == "proportion" else 1
    baseline = design["baseline"] / scale
    is_relative = design["effect"] == "relative"
    effect = design["minimum_detectable_effect"]
    change = abs(baseline) * effect / 100 if is_relative else effect / scale
    return baseline, baseline + (-change if less_is_better(basis, experiment) else change)


def less_is_better(basis: Basis, experiment: Entry) -> bool:
    """Return whether the primary metric of an experiment is better when it is lower."""
    metric = basis.referred(experiment, "metric", experiment.data.get("metric"))
    return metric is not None and metric.data.get("direction") == "down"
