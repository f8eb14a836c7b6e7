"""The impact of product operations, by quarter.

There are three figures, each defined by the metric of the same name. The first is the median share of time
on operational work. The second is the median number of days to the first shipped feature, for the last three
new product managers known at the end of the quarter. The third is the number of experiments decided in the
quarter with results for every variant, including those that only the survey counts. It is left out of a
handbook without experiments, because the surveys alone count too few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from handbook.base.language import _
from handbook.base.numbers import format_number, format_percent
from handbook.base.quarters import Quarter, quarters_between
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.survey.quarters import FEATURE_NEEDS, first_features, median_days, surveys
from handbook.kinds.survey.time_audit import LIMIT, TIME_NEEDS, time_audit
from handbook.link.catalogue import Entry
from handbook.read.values import state_of

FIRST_FEATURE_DAYS = 28
"""The target for a new product manager's first shipped feature: four weeks."""

_EXPERIMENT_NEEDS = {"experiment": ("status", "decision.date", "results.variant", "variants.id")}


@dataclass(frozen=True, slots=True)
class QuarterImpact:
    """The figures of one quarter.

    Attributes:
        quarter: The quarter, for readers.
        running: Whether the quarter has not ended yet.
        survey: The survey of the quarter, or `None`.
        product_managers: The number of product managers.
        time: The median share of time on operational work, in percent; `None` without diaries.
        first_feature: The median days to the first shipped feature, or `None`.
        counted: The number of people behind that median.
        experiments: The number of decided experiments with results; `None` if unknown.
        known_here: The number of those in this handbook.
    """

    quarter: str
    running: bool
    survey: Entry | None
    product_managers: int | None
    time: Fraction | None
    first_feature: Fraction | None
    counted: int
    experiments: int | None
    known_here: int

    @property
    def time_share(self) -> str:
        """The share of time, for readers."""
        return _("No data") if self.time is None else format_percent(self.time, 100)

    @property
    def first_feature_days(self) -> str:
        """The days to the first feature, for readers."""
        if self.first_feature is None:
            return _("No data")
        return _("%(number)s days", number=format_number(self.first_feature))

    @property
    def experiments_decided(self) -> str:
        """The number of experiments, for readers."""
        return _("No data") if self.experiments is None else str(self.experiments)


@dataclass(frozen=True, slots=True)
class Impact:
    """The figures of every quarter.

    Attributes:
        quarters: Every quarter from the first survey to today.
        has_experiments: Whether experiments can be counted.
        time_limit: The limit for time on operational work, in percent.
        first_feature_limit: The target for the first shipped feature, in days.
    """

    quarters: tuple[QuarterImpact, ...]
    has_experiments: bool = True
    time_limit: int = LIMIT
    first_feature_limit: int = FIRST_FEATURE_DAYS

    @property
    def missing(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The quarters with missing data, each with the names of the figures."""
        rows = []
        for each in self.quarters:
            values: dict[str, Fraction | int | None] = {
                _("time on operations"): each.time,
                _("time to first shipped feature"): each.first_feature,
            }
            if self.has_experiments:
                values[_("experiments")] = each.experiments
            names = tuple(name for name, value in values.items() if value is None)
            rows += [(each.quarter, names)] if names else []
        return tuple(rows)


@figure({"survey": ("quarter",)})
def impact(basis: Basis) -> Impact:
    """Show the impact of product operations: time on operations, time to first feature, experiments."""
    found = surveys(basis)
    if not found:
        return Impact(())
    today = Quarter.of(basis.today)
    by_quarter = {Quarter.read(survey.data["quarter"]): survey for survey in found}
    audits = time_audit(basis).audits if basis.meets(TIME_NEEDS) else ()
    shares = {audit.survey.id: audit.median for audit in audits}
    starters = found if basis.meets(FEATURE_NEEDS) else ()
    last = max(today, *by_quarter)
    has_experiments = basis.meets(_EXPERIMENT_NEEDS)
    rows = []
    for quarter in quarters_between(min(by_quarter), last):
        survey = by_quarter.get(quarter)
        features = first_features(starters, quarter)
        here = _decided_in(basis, quarter) if has_experiments else 0
        elsewhere = experiments_elsewhere(basis, survey) if survey and has_experiments else None
        rows.append(
            QuarterImpact(
                quarter=quarter.words,
                running=quarter.last_day >= basis.today,
                survey=survey,
                product_managers=survey.data.get("product_managers") if survey else None,
                time=shares.get(survey.id) if survey else None,
                first_feature=median_days(features),
                counted=len(features),
                experiments=here + (elsewhere or 0) or elsewhere,
                known_here=here,
            )
        )
    return Impact(tuple(rows), has_experiments)


@figure({"survey": ("experiments_elsewhere",), "experiment": ()})
def experiments_elsewhere(basis: Basis, survey: Entry) -> int | None:  # noqa: ARG001 - a figure takes a basis
    """Return the number of experiments that only a survey counts, for a handbook with experiments.

    Args:
        basis: The data that figures are calculated from.
        survey: An entry of the content type `survey`.
    """
    number: int | None = survey.data.get("experiments_elsewhere")
    return number


def _decided_in(basis: Basis, quarter: Quarter) -> int:
    """Return the number of experiments decided in a quarter."""
    return sum(
        1
        for experiment in basis.entries("experiment")
        if state_of(experiment.data) == "decided"
        and "decision" in experiment.data
        and Quarter.of(date.fromisoformat(experiment.data["decision"]["date"])) == quarter
        and {each["variant"] for each in experiment.data.get("results", ())}
        >= {each["id"] for each in experiment.data.get("variants", ())}
        and experiment.data.get("results")
    )
