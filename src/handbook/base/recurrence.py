"""Recurring dates, such as every Tuesday or the first Monday of the month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, takewhile
from typing import Literal

from handbook.base.days import days_after, last_of_month
from handbook.base.named_tuples import NamedTuple

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
EVERY_MONTH = tuple(range(1, 13))
WORKING_DAYS = tuple(range(5))
"""The days of the week from Monday to Friday."""
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Recurrence(NamedTuple):
    """A rule for recurring dates.

    Attributes:
        unit: What it counts in; `once` is a single date, and `never` has none.
        interval: The number of weeks or months from one date to the next; 3 for quarterly rules.
        weekdays: The days of the week; Monday is 0. For a monthly rule, those that `position` counts.
        position: Which of these weekdays in the month; -1 is the last one, and 0 is a rule with a `day`.
        day: The day of the month; -1 is the last one.
        months: The months of a monthly rule; January is 1.
        single: The single date.
    """

    unit: Literal["day", "week", "month", "once", "never"]
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    position: int = 0
    day: int = 0
    months: tuple[int, ...] = ()
    single: date | None = None

    @property
    def counts_from_start(self) -> bool:
        """Whether its dates depend on the first one, as for every other week."""
        return self.unit == "week" and self.interval > 1

    @property
    def skips_months(self) -> bool:
        """Whether it is a day that some of its months don't have in some years, such as the 31st."""
        return any(self.day > _DAYS[month - 1] for month in self.months)

    def days(self, since: date) -> Iterator[date]:
        """Yield the dates from a start date, until the calendar ends."""
        if self.unit == "day":
            yield from map(date.fromordinal, range(since.toordinal(), date.max.toordinal() + 1))
        elif self.unit == "week":
            yield from self._weekly(since)
        elif self.unit == "month":
            yield from self._monthly(since)
        elif self.single and self.single >= since:
            yield self.single

    def _weekly(self, since: date) -> Iterator[date]:
        # Weeks begin on Monday and are counted from the week of the first date, as in calendar apps.
        start = since.toordinal()
        first = min(start + (weekday - since.weekday()) % 7 for weekday in self.weekdays)
        ordinals = (
            monday + weekday
            for monday in count(first - (first - 1) % 7, 7 * self.interval)
            for weekday in self.weekdays
        )
        days = takewhile(date.max.toordinal().__ge__, ordinals)
        yield from (date.fromordinal(day) for day in days if day >= first)

    def _monthly(self, since: date) -> Iterator[date]:
        for year in range(since.year, date.max.year + 1):
            for month in self.months:
                day = self._day_of(year, month)
                if day and day >= since:
                    yield day

    def _day_of(self, year: int, month: int) -> date | None:
        """Return the date in a month; `None` if the month has no such day."""
        first = date(year, month, 1)
        last = last_of_month(year, month)
        if self.day:
            return last if self.day < 0 else first.replace(day=self.day) if self.day <= last.day else None
        if self.position < 0:
            return last - timedelta(min((last.weekday() - weekday) % 7 for weekday in self.weekdays))
        # Every seven days, each of the weekdays comes once.
        offsets = sorted((weekday - first.weekday()) % 7 for weekday in self.weekdays)
        weeks, place = divmod(self.position - 1, len(offsets))
        return first + timedelta(7 * weeks + offsets[place])


def last_day(first: date, working_days: int) -> date:
    """Return the last of a number of working days, including the first."""
    weeks, rest = divmod(working_days - 1, len(WORKING_DAYS))
    day = days_after(first, 7 * weeks)
    while rest:
        day = days_after(day, 1)
        rest -= day.weekday() in WORKING_DAYS
    return day


def working_days_before(day: date, number: int) -> date:
    """Return the working day that is a number of working days before a date."""
    weeks, rest = divmod(number, len(WORKING_DAYS))
    if not rest:
        weeks, rest = weeks - 1, len(WORKING_DAYS)
    day = days_after(day, -7 * weeks)
    while rest:
        day = days_after(day, -1)
        rest -= day.weekday() in WORKING_DAYS
    return day
