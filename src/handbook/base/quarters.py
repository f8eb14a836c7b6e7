"""Quarters of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handbook.base.days import last_of_month


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year.

    Attributes:
        year: The year.
        number: 1 to 4.
    """

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Quarter:
        """Return the quarter from its form in the sources: `2026-q4`."""
        year, number = text.split("-q")
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter of a date."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def words(self) -> str:
        """The quarter for readers: `Q4 2026`."""
        return f"Q{self.number} {self.year}"

    @property
    def last_day(self) -> date:
        """The last day of the quarter."""
        return last_of_month(self.year, 3 * self.number)

    @property
    def following(self) -> Quarter:
        """The next quarter."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)  # noqa: PLR2004


def quarters_between(first: Quarter, last: Quarter) -> Sequence[Quarter]:
    """Return every quarter from the first to the last, both included; none if the last is earlier."""
    found = []
    while first <= last:
        found.append(first)
        first = first.following
    return found
