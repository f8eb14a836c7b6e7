"""The time audit: the share of product managers' time spent on operational work, by survey.

The share compared with the limit is the median of all diaries, as recorded in the survey, because the diaries
are deleted. The share of an activity is its hours divided by all hours of all diaries. A longer week has more
weight in these shares, so their sum is close to the median, but not the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from handbook.base.language import _
from handbook.base.numbers import exact, format_number, format_percent, round_half_away
from handbook.base.quarters import Quarter
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.survey.quarters import surveys
from handbook.link.catalogue import Entry

LIMIT = 20
"""The limit in percent of the week. Above it, there is a case for investing in product operations."""

SEVERE = 30
"""The percentage of the week from which the result is escalated within a week."""

WEEKS = 46
"""The working weeks per year, to annualise hours."""

_FIELDS = ("week_of", "asked", "diaries", "median")
_ROWS = ("operational.activity", "operational.hours", "product.activity", "product.hours")
TIME_NEEDS = {"survey": ["quarter", *(f"time_audit.{field}" for field in (*_FIELDS, *_ROWS))]}


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity in one audit.

    Attributes:
        name: The activity.
        hours: The hours in all diaries.
        percent: The share of all hours, in percent.
        annualised: The hours per year of all respondents, if every week were like this one, unrounded.
    """

    name: str
    hours: Fraction
    percent: Fraction
    annualised: Fraction

    @property
    def share(self) -> str:
        """The share, for readers."""
        return format_percent(self.percent / 100)

    @property
    def spent(self) -> str:
        """The hours, for readers."""
        return format_number(self.hours)

    @property
    def a_year(self) -> int:
        """The hours per year, rounded to whole hours."""
        return int(round_half_away(self.annualised))


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit.

    Attributes:
        survey: The survey.
        quarter: The quarter, for readers.
        week_of: The first day of the diaries, a Monday.
        asked: The number of people asked.
        diaries: The number of valid diaries.
        median: The median operational share, in percent.
        lowest: The lowest share; `None` if not recorded.
        highest: The highest share; `None` if not recorded.
        hours: The total hours of all diaries.
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
        """The median, for readers."""
        return format_percent(self.median / 100)

    @property
    def range(self) -> str:
        """The lowest and highest share, for readers; empty if not recorded."""
        if self.lowest is None or self.highest is None:
            return ""
        return _(
            "%(first)s to %(last)s",
            first=format_percent(self.lowest / 100),
            last=format_percent(self.highest / 100),
        )

    @property
    def spent(self) -> str:
        """The total hours, for readers."""
        return format_number(self.hours)

    @property
    def percent(self) -> Fraction:
        """The operational share of all hours."""
        return sum((each.percent for each in self.operational), Fraction(0))

    @property
    def together(self) -> str:
        """That share, for readers."""
        return format_percent(self.percent / 100)

    @property
    def over(self) -> bool:
        """Return whether the median exceeds the limit."""
        return self.median > LIMIT

    @property
    def severe(self) -> bool:
        """Return whether the median far exceeds the limit."""
        return self.median >= SEVERE

    @property
    def enough(self) -> bool:
        """Return whether at least four in five people kept a diary."""
        return 5 * self.diaries >= 4 * self.asked

    @property
    def a_year(self) -> int:
        """The hours per year of all operational activities, added up before they are rounded."""
        return int(round_half_away(sum((each.annualised for each in self.operational), Fraction(0))))


@dataclass(frozen=True, slots=True)
class TimeAudit:
    """All audits.

    Attributes:
        audits: The audits, the earliest first.
        unmeasured: The surveys without diaries.
        limit: The limit, in percent.
        weeks: The working weeks per year.
    """

    audits: tuple[Audit, ...]
    unmeasured: tuple[Entry, ...]
    limit: int = LIMIT
    weeks: int = WEEKS

    @property
    def last(self) -> Audit | None:
        """The latest audit."""
        return self.audits[-1] if self.audits else None

    @property
    def change(self) -> str:
        """The change of the median since the previous audit; empty for the first audit."""
        if not self.audits[1:]:
            return ""
        points = self.audits[-1].median - self.audits[-2].median
        since = self.audits[-2].quarter
        if not points:
            return _("unchanged since %(quarter)s", quarter=since)
        number = format_number(abs(points))
        if points < 0:
            return _("%(number)s percentage points down since %(quarter)s", number=number, quarter=since)
        return _("%(number)s percentage points up since %(quarter)s", number=number, quarter=since)

    @property
    def by_activity(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The operational activities with their share in each audit, the largest of the latest audit first.

        The share is empty if an audit does not have the activity.
        """
        names = [each.name for audit in reversed(self.audits) for each in audit.operational]
        shares = [{each.name: each.share for each in audit.operational} for audit in self.audits]
        return tuple((name, tuple(share.get(name, "") for share in shares)) for name in dict.fromkeys(names))


@figure(TIME_NEEDS)
def time_audit(basis: Basis) -> TimeAudit:
    """Show operational work as a share of the week, by survey and by activity."""
    found = surveys(basis)
    return TimeAudit(
        tuple(_audit(survey) for survey in found if "time_audit" in survey.data),
        tuple(survey for survey in found if "time_audit" not in survey.data),
    )


@figure(TIME_NEEDS, reads={"survey": ("time_audit.lowest", "time_audit.highest")})
def audit_of(basis: Basis, survey: Entry) -> Audit | None:  # noqa: ARG001 - a figure takes a basis
    """Return the time audit of a survey, or `None`.

    Args:
        basis: The data that figures are calculated from.
        survey: An entry of the content type `survey`.
    """
    return _audit(survey) if {"quarter", "time_audit"} <= set(survey.data) else None


def _audit(survey: Entry) -> Audit:
    data: Mapping[str, Any] = survey.data["time_audit"]
    hours = sum((exact(each["hours"]) for each in (*data["operational"], *data["product"])), Fraction(0))

    def activities(name: str) -> tuple[Activity, ...]:
        rows = [
            Activity(
                each["activity"],
                exact(each["hours"]),
                100 * exact(each["hours"]) / hours if hours else Fraction(0),
                exact(each["hours"]) / data["diaries"] * data["asked"] * WEEKS,
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
        median=exact(data["median"]),
        lowest=exact(data["lowest"]) if "lowest" in data else None,
        highest=exact(data["highest"]) if "highest" in data else None,
        hours=hours,
        operational=activities("operational"),
        product=activities("product"),
    )
