"""The surveys of the product team, by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from handbook.base.quarters import Quarter
from handbook.kinds.any.basis import Basis
from handbook.link.catalogue import Entry

NO_BLOCKER = "not recorded"
FIRST_FEATURES = 3
"""The number of recent starters that count for the time to the first feature, as in the metric."""

FEATURE_NEEDS = {"survey": ("quarter", "first_features.started_on", "first_features.opened_on")}


def surveys(basis: Basis) -> Sequence[Entry]:
    """Return all surveys, the earliest quarter first."""
    found = (survey for survey in basis.entries("survey") if "quarter" in survey.data)
    return sorted(found, key=lambda survey: (Quarter.read(survey.data["quarter"]), survey.id))


def latest(found: Sequence[Entry], field: str) -> tuple[Entry, Any] | None:
    """Return the last survey that has a field, with its value, or `None`."""
    return next(
        ((survey, survey.data[field]) for survey in reversed(found) if field in survey.data),
        None,
    )


def first_features(found: Sequence[Entry], until: Quarter) -> Sequence[tuple[int, str]]:
    """Return the days to the first feature of the last three starters, as known at the end of a quarter.

    Args:
        found: The surveys.
        until: The quarter.

    Returns:
        For each starter, the calendar days from the first day at work, and the main blocker, in order of
        start.
    """
    known = [
        (date.fromisoformat(each["started_on"]), date.fromisoformat(each["opened_on"]), each)
        for survey in found
        for each in survey.data.get("first_features", ())
        if Quarter.read(survey.data["quarter"]) <= until
    ]
    known.sort(key=lambda each: each[:2])
    return [
        ((opened - started).days, each.get("held_up_by", NO_BLOCKER))
        for started, opened, each in known[-FIRST_FEATURES:]
    ]


def median_days(features: Sequence[tuple[int, str]]) -> Fraction | None:
    """Return the median days to the first feature, or `None` without data."""
    return Fraction(median([days for days, _ in features])) if features else None
