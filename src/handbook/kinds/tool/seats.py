"""The seats of a tool over time: its readings, and the count in its entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from handbook.base.numbers import format_percent
from handbook.base.quarters import Quarter
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.cost import COST_NEEDS
from handbook.link.catalogue import Entry
from handbook.read.values import day_at, number_at

HARDLY = Fraction(4, 10)
"""The share of seats in use below which a tool is hardly used."""


@dataclass(frozen=True, slots=True)
class SeatCount:
    """The seats of a tool on one day.

    Attributes:
        day: The day of the count.
        active: The active users.
        licensed: The paid seats; `None` if unknown.
    """

    day: date
    active: int
    licensed: int | None

    @property
    def share(self) -> Fraction | None:
        """The share of seats in use; `None` if it is unknown."""
        return Fraction(self.active, self.licensed) if self.licensed else None

    @property
    def percent(self) -> str:
        """The share for readers; empty if it is unknown."""
        return "" if self.share is None else format_percent(self.share)

    @property
    def quarter(self) -> Quarter:
        """The quarter of the count."""
        return Quarter.of(self.day)


@dataclass(frozen=True, slots=True)
class SeatHistory:
    """The counts of a tool.

    Attributes:
        counts: All of them, the oldest first.
        has_readings: Whether some are from its readings, which readers can download.
    """

    counts: tuple[SeatCount, ...] = ()
    has_readings: bool = False

    @property
    def latest(self) -> SeatCount | None:
        """The last count."""
        return self.counts[-1] if self.counts else None

    @property
    def by_quarter(self) -> tuple[SeatCount, ...]:
        """The last count of each quarter."""
        return tuple({each.quarter: each for each in self.counts}.values())

    @property
    def before(self) -> SeatCount | None:
        """The last count of an earlier quarter: that of the audit before."""
        return self.by_quarter[-2] if len(self.by_quarter) > 1 else None

    @property
    def is_low_again(self) -> bool:
        """Whether it was hardly used in the last two quarters, one after the other."""
        latest, before = self.latest, self.before
        if latest is None or before is None or before.quarter.following != latest.quarter:
            return False
        return all(each.share is not None and each.share < HARDLY for each in (latest, before))


@figure(COST_NEEDS)
def seat_history(basis: Basis, tool: Entry) -> SeatHistory:
    """Return the seats of a tool over time. A count without paid seats has those of the entry.

    Args:
        basis: The data that figures are calculated from.
        tool: An entry of the content type `tool`.
    """
    licensed, active = (number_at(tool.data, ("seats", name)) for name in ("licensed", "active"))
    now = None if licensed is None else int(licensed)
    counts = {
        each.day: SeatCount(each.day, int(each.value), now if each.licensed is None else int(each.licensed))
        for each in basis.catalogue.readings(tool)
    }
    counted = day_at(tool.data, ("seats", "counted_on"))
    if counted and active is not None:
        counts.setdefault(counted, SeatCount(counted, int(active), now))
    return SeatHistory(tuple(counts[day] for day in sorted(counts)), bool(basis.catalogue.readings(tool)))
