"""What the surveys of the product team say, in the order of their quarters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from handbook.figures.basis import Basis
from handbook.figures.quarters import Quarter
from handbook.link.catalogue import Entry

FIRST_FEATURES = 3
"""So many of those who started last count for the time to the first feature: see the metric of that name."""


def surveys(basis: Basis) -> Sequence[Entry]:
    """Every survey, the earliest quarter first."""
    found = basis.catalogue.entries("survey").values()
    return sorted(found, key=lambda survey: (Quarter.read(survey.data["quarter"]), survey.id))


def latest(found: Sequence[Entry], field: str) -> tuple[Entry, Any] | None:
    """The last survey that has a field, with the field; `None` when none has."""
    return next(
        ((survey, survey.data[field]) for survey in reversed(found) if field in survey.data),
        None,
    )


def first_features(found: Sequence[Entry], until: Quarter) -> Sequence[tuple[int, str]]:
    """How long the last three who started took to their first feature, as known by the end of a quarter.

    Args:
        found: The surveys.
        until: The quarter.

    Returns:
        For each the calendar days from the first day at work, and what took longest, the last to start last.
    """
    known = [
        (date.fromisoformat(each["started_on"]), date.fromisoformat(each["opened_on"]), each)
        for survey in found
        for each in survey.data.get("first_features", ())
        if Quarter.read(survey.data["quarter"]) <= until
    ]
    known.sort(key=lambda each: each[:2])
    return [
        ((opened - started).days, each.get("held_up_by", "not said"))
        for started, opened, each in known[-FIRST_FEATURES:]
    ]


def median_days(features: Sequence[tuple[int, str]]) -> Fraction | None:
    """The median of the days of some first features; `None` of none."""
    return Fraction(median([days for days, _ in features])) if features else None
