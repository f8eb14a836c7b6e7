"""What product operations has changed, quarter by quarter.

Three figures, each as the metric of its name defines it: the median share of time on operational work; the
median of the days to the first shipped feature, over the last three new product managers known at the end of
the quarter; and the experiments that were decided in the quarter and have results for every variant, those
that have no entry here added as the survey counts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from handbook.figures.basis import Basis
from handbook.figures.quarters import Quarter, quarters_between
from handbook.figures.surveys import first_features, median_days, surveys
from handbook.figures.time_audit import LIMIT, time_audit
from handbook.figures.words import rounded
from handbook.link.catalogue import Entry

FIRST_FEATURE_DAYS = 28
"""Days within which a new product manager ships: four weeks."""


@dataclass(frozen=True, slots=True)
class QuarterImpact:
    """The figures of one quarter.

    Attributes:
        quarter: The quarter in words.
        running: Whether it has not ended yet.
        survey: Its survey; `None` when there is none.
        product_managers: How many there were.
        time: The median share of time on operational work, in percent; `None` when no diaries were kept.
        first_feature: The median of days to the first shipped feature; `None` when nobody new has shipped.
        counted: Over how many people that median is.
        experiments: How many experiments were decided, with results; `None` when nobody has counted.
        known_here: How many of these have an entry.
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
        """The share in words."""
        return "not counted" if self.time is None else f"{rounded(self.time)}%"

    @property
    def first_feature_days(self) -> str:
        """The days in words."""
        if self.first_feature is None:
            return "not counted"
        return f"{rounded(self.first_feature)} days"

    @property
    def experiments_decided(self) -> str:
        """The number in words."""
        return "not counted" if self.experiments is None else str(self.experiments)


@dataclass(frozen=True, slots=True)
class Impact:
    """The figures of every quarter.

    Attributes:
        quarters: Every quarter from the first with a survey to today's.
        time_limit: Percent of time on operational work that is usual.
        first_feature_limit: Days within which new product managers should ship.
    """

    quarters: tuple[QuarterImpact, ...]
    time_limit: int = LIMIT
    first_feature_limit: int = FIRST_FEATURE_DAYS

    @property
    def lacking(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The quarters in which something was not counted, with what."""
        rows = []
        for each in self.quarters:
            values = {
                "time on operations": each.time,
                "time to first shipped feature": each.first_feature,
                "experiments": each.experiments,
            }
            missing = tuple(name for name, value in values.items() if value is None)
            rows += [(each.quarter, missing)] if missing else []
        return tuple(rows)


def impact(basis: Basis) -> Impact:
    """What product operations has changed: time on operations, time to the first feature, experiments."""
    found = surveys(basis)
    if not found:
        return Impact(())
    today = Quarter.of(basis.today)
    by_quarter = {Quarter.read(survey.data["quarter"]): survey for survey in found}
    shares = {audit.survey.id: audit.median for audit in time_audit(basis).audits}
    last = max(today, *by_quarter)
    rows = []
    for quarter in quarters_between(min(by_quarter), last):
        survey = by_quarter.get(quarter)
        features = first_features(found, quarter)
        here = len(_decided_in(basis, quarter))
        elsewhere = survey.data.get("experiments_elsewhere") if survey else None
        rows.append(
            QuarterImpact(
                quarter=quarter.words,
                running=quarter.last_day >= basis.today,
                survey=survey,
                product_managers=survey.data.get("product_managers") if survey else None,
                time=shares.get(survey.id) if survey else None,
                first_feature=median_days(features),
                counted=len(features),
                experiments=here + elsewhere if elsewhere is not None else here or None,
                known_here=here,
            )
        )
    return Impact(tuple(rows))


def _decided_in(basis: Basis, quarter: Quarter) -> Sequence[Entry]:
    """The experiments that answered their question in a quarter."""
    return [
        experiment
        for experiment in basis.catalogue.entries("experiment").values()
        if experiment.data["status"] == "decided"
        and "decision" in experiment.data
        and Quarter.of(date.fromisoformat(experiment.data["decision"]["date"])) == quarter
        and {each["variant"] for each in experiment.data.get("results", ())}
        >= {each["id"] for each in experiment.data.get("variants", ())}
        and experiment.data.get("results")
    ]
