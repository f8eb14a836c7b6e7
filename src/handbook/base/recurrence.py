"""Recurring dates, such as every Tuesday or the first Monday of the month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule for recurring dates.

    Attributes:
        weekday: The day of the week; Monday is 0.
        week: Which of these weekdays of the month; -1 is the last, and 0 is a weekly rule.
        months: The months of a monthly rule; January is 1.
        interval: The interval of a weekly rule, in weeks.
    """

    weekday: int
    week: int = 0
    months: tuple[int, ...] = ()
    interval: int = 1

    def days(self, since: date) -> Iterator[date]:
        """Yield the dates from a start date, until the calendar ends."""
        if not self.week:
            first = since.toordinal() + (self.weekday - since.weekday()) % 7
            ordinals = count(first, 7 * self.interval)
            yield from map(date.fromordinal, takewhile(date.max.toordinal().__ge__, ordinals))
            return
        for year in range(since.year, date.max.year):
            for month in self.months:
                day = self._day_of(year, month)
                if day >= since:
                    yield day

    def _day_of(self, year: int, month: int) -> date:
        if self.week > 0:
            first = date(year, month, 1)
            return first + timedelta((self.weekday - first.weekday()) % 7 + 7 * (self.week - 1))
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta((following.weekday() - self.weekday - 1) % 7 + 1)


def read_recurrence(text: str) -> Recurrence:
    """Return the rule from the text of an entry.

    Args:
        text: A text such as `every other Thursday` or `last Friday of March and June`, as the schema allows.
    """
    which, _, months = text.partition(" of ")
    *order, day = which.split()
    weekday = WEEKDAYS.index(day)
    if not months:
        return Recurrence(weekday, interval=2 if "other" in order else 1)
    named = {MONTHS.index(name) + 1 for name in months.replace(" and ", ", ").split(", ") if name in MONTHS}
    return Recurrence(weekday, _WEEKS[order[0]], tuple(sorted(named)) or tuple(range(1, 13)))


def last_day(first: date, working_days: int) -> date:
    """Return the last of a number of working days, including the first."""
    weeks, rest = divmod(working_days - 1, _WORKING_DAYS)
    day = first + timedelta(weeks=weeks)
    while rest:
        day += timedelta(1)
        rest -= day.weekday() < _WORKING_DAYS
    return day
