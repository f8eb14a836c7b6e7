"""The time audit: how much of product managers' time goes into operational work, from survey to survey.

The share that is held against the limit is the median over the people who kept a diary, as the survey says
it: the diaries themselves are deleted. The shares of activities are worked out of the sums, as hours of the
activity divided by all hours of all diaries. A person with a long week counts for more in them, so they add
up to nearly the median, not to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from handbook.figures.basis import Basis
from handbook.figures.quarters import Quarter
from handbook.figures.surveys import surveys
from handbook.figures.words import rounded
from handbook.link.catalogue import Entry

LIMIT = 20
"""Percent of the week. Above it is the case for investing in product operations."""

SEVERE = 30
"""Percent of the week from which something is stopped at once."""

WEEKS = 46
"""Working weeks a year, for the hours of a year."""


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity in one audit.

    Attributes:
        name: What it is.
        hours: The sum over all diaries.
        percent: Its share of all hours.
        a_year: Hours a year of all who were asked, if every week was like this one.
    """

    name: str
    hours: Fraction
    percent: Fraction
    a_year: int

    @property
    def share(self) -> str:
        """Its share in words."""
        return f"{rounded(self.percent)}%"

    @property
    def spent(self) -> str:
        """Its hours in words."""
        return rounded(self.hours)


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit.

    Attributes:
        survey: The survey.
        quarter: Its quarter in words.
        week_of: The Monday on which the diaries began.
        asked: How many were asked.
        diaries: How many diaries count.
        median: The operational share of the person in the middle, in percent.
        lowest: The lowest share; `None` where it is not said.
        highest: The highest share.
        hours: All hours of all diaries.
        operational: The operational activities, most hours first.
        product: The other activities, most hours first.
    """

    survey: Entry
    quarter: str
    week_of: date
    asked: int
    diaries: int
    median: Fraction
    lowest: Fraction | None
    highest: Fraction | None
    hours: Fraction
    operational: tuple[Activity, ...]
    product: tuple[Activity, ...]

    @property
    def share(self) -> str:
        """The median in words."""
        return f"{rounded(self.median)}%"

    @property
    def range(self) -> str:
        """The lowest and the highest share in words; empty where they are not said."""
        if self.lowest is None or self.highest is None:
            return ""
        return f"{rounded(self.lowest)}% to {rounded(self.highest)}%"

    @property
    def spent(self) -> str:
        """All hours in words."""
        return rounded(self.hours)

    @property
    def percent(self) -> Fraction:
        """The operational share of all hours together."""
        return sum((each.percent for each in self.operational), Fraction(0))

    @property
    def together(self) -> str:
        """That share in words."""
        return f"{rounded(self.percent)}%"

    @property
    def over(self) -> bool:
        """Whether the median lies above the limit."""
        return self.median > LIMIT

    @property
    def severe(self) -> bool:
        """Whether something is to be stopped at once."""
        return self.median >= SEVERE

    @property
    def enough(self) -> bool:
        """Whether four in five of those who were asked kept a diary."""
        return 5 * self.diaries >= 4 * self.asked

    @property
    def a_year(self) -> int:
        """Hours a year of all who were asked, over all operational activities."""
        return sum(each.a_year for each in self.operational)


@dataclass(frozen=True, slots=True)
class TimeAudit:
    """All audits.

    Attributes:
        audits: The audits, the earliest first.
        unmeasured: Surveys without diaries.
        limit: The share above which something has to be done, in percent.
        weeks: Working weeks a year.
    """

    audits: tuple[Audit, ...]
    unmeasured: tuple[Entry, ...]
    limit: int = LIMIT
    weeks: int = WEEKS

    @property
    def last(self) -> Audit | None:
        """The last audit."""
        return self.audits[-1] if self.audits else None

    @property
    def change(self) -> str:
        """How the median moved since the audit before; empty after the first."""
        if not self.audits[1:]:
            return ""
        points = self.audits[-1].median - self.audits[-2].median
        way = "down" if points < 0 else "up"
        since = self.audits[-2].quarter
        return f"{rounded(abs(points))} points {way} since {since}" if points else f"as in {since}"

    @property
    def by_activity(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each operational activity with its share in each audit, the largest of the last audit first.

        Where an audit did not know an activity, the share is empty.
        """
        names = [each.name for audit in reversed(self.audits) for each in audit.operational]
        shares = [{each.name: each.share for each in audit.operational} for audit in self.audits]
        return tuple((name, tuple(share.get(name, "") for share in shares)) for name in dict.fromkeys(names))


def time_audit(basis: Basis) -> TimeAudit:
    """The share of the week that goes into operational work: in each survey, and by activity in the last."""
    found = surveys(basis)
    return TimeAudit(
        tuple(_audit(survey) for survey in found if "time_audit" in survey.data),
        tuple(survey for survey in found if "time_audit" not in survey.data),
    )


def audit_of(basis: Basis, survey: Entry) -> Audit | None:  # noqa: ARG001 - every figure takes it
    """The time audit of one survey; `None` when it has none.

    Args:
        basis: What figures are worked out from.
        survey: An entry of the kind `survey`.
    """
    return _audit(survey) if "time_audit" in survey.data else None


def _audit(survey: Entry) -> Audit:
    data: Mapping[str, Any] = survey.data["time_audit"]
    hours = sum((_exact(each["hours"]) for each in (*data["operational"], *data["product"])), Fraction(0))

    def activities(name: str) -> tuple[Activity, ...]:
        rows = [
            Activity(
                each["activity"],
                _exact(each["hours"]),
                100 * _exact(each["hours"]) / hours if hours else Fraction(0),
                round(_exact(each["hours"]) / data["diaries"] * data["asked"] * WEEKS),
            )
            for each in data[name]
        ]
        return tuple(sorted(rows, key=lambda row: (-row.hours, row.name)))

    return Audit(
        survey=survey,
        quarter=Quarter.read(survey.data["quarter"]).words,
        week_of=date.fromisoformat(data["week_of"]),
        asked=data["asked"],
        diaries=data["diaries"],
        median=_exact(data["median"]),
        lowest=_exact(data["lowest"]) if "lowest" in data else None,
        highest=_exact(data["highest"]) if "highest" in data else None,
        hours=hours,
        operational=activities("operational"),
        product=activities("product"),
    )


def _exact(number: float) -> Fraction:
    """A number as its digits say it: 18.1 is 181/10."""
    return Fraction(str(number))
