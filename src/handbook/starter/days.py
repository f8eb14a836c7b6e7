"""Spread the reviews of a new handbook, so that they don't all fall due on one day."""

from __future__ import annotations

from calendar import day_name
from datetime import date, timedelta

_FIRST, _LAST = 14, 91
_SHARE = 0.6180339887498949
"""Multiples of the golden ratio are spread evenly, however many there are."""


def next_review(today: date, index: int) -> date:
    """Return the day of a first review: a working day of the coming quarter, but not of the next two weeks.

    Args:
        today: The day of the new handbook.
        index: The number of the entry.
    """
    share = index * _SHARE % 1
    day = today + timedelta(days=_FIRST + int(share * (_LAST - _FIRST)))
    return day - timedelta(days=max(day.isoweekday() - 5, 0))


def first_day(repeats: str, today: date) -> date:
    """Return the first day of an event from today on: a day of the week that its rhythm names, or today.

    Args:
        repeats: The rhythm, such as `every other Thursday`. Other weeks count from this day.
        today: The day of the new handbook.
    """
    days = (today + timedelta(days=number) for number in range(7))
    return next((day for day in days if day_name[day.weekday()] in repeats), today)
