"""How fresh an entry or page is: the share of its review interval that is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handbook.base.language import _
from handbook.base.sentences import short_day
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.values import day_at, review_due

SOON = 14
"""The number of days before a review in which it is due soon."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The review dates of an entry or page.

    Attributes:
        reviewed: The date of the last review, or `None`.
        due: The date of the next review, or `None`.
        left: The share of the interval that is left, from 0 to 100.
        state: `good`, `soon` or `late`; `unknown` without a next review.
    """

    reviewed: date | None
    due: date | None
    left: int
    state: str

    @property
    def words(self) -> str:
        """Its status for readers."""
        # A number of days would be right on the day of the build only.
        if self.state == "late" and self.due:
            return _("Review overdue since %(day)s", day=short_day(self.due))
        if self.reviewed is None:
            return _("Next review %(day)s", day=short_day(self.due)) if self.due else ""
        return _("Reviewed %(day)s", day=short_day(self.reviewed))


def freshness_of(data: Mapping[str, Any], today: date) -> Freshness:
    """Return how fresh an entry or page is.

    Args:
        data: Its fields.
        today: The date that counts as today.
    """
    reviewed, due = day_at(data, ("review", "last")), review_due(data)
    if due is None:
        return Freshness(reviewed, None, 0, "unknown")
    days_left = (due - today).days
    # Without a last review, the ring is full until the review is due soon.
    whole = (due - reviewed).days if reviewed else SOON
    left = min(100, max(0, round(100 * days_left / whole))) if whole > 0 else 0
    state = "late" if days_left < 0 else "soon" if days_left <= SOON else "good"
    return Freshness(reviewed, due, left, state)


@figure({})
def freshness(basis: Basis, entry: Entry) -> Freshness:
    """Return how fresh an entry is.

    Args:
        basis: The data that figures are calculated from.
        entry: The entry.
    """
    return freshness_of(entry.data, basis.today)
