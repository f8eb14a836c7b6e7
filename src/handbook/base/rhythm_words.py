"""Say how often something takes place. All words about rhythms for readers are here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from types import MappingProxyType

from handbook.base.recurrence import EVERY_MONTH, MONTHS, WEEKDAYS, WORKING_DAYS, Recurrence
from handbook.base.sentences import in_words, listed

_FROM_TWO = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = MappingProxyType(dict(enumerate(_FROM_TWO, 2)))
POSITIONS = MappingProxyType({1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"})
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)


def rhythm_in_words(recurrence: Recurrence, until: date | None, excepted: Collection[date]) -> str:
    """Return a recurrence with its end and exceptions: "every Tuesday, until 30 June 2027".

    Args:
        recurrence: The recurrence.
        until: The last possible date; `None` for no end.
        excepted: The exceptions to name.
    """
    words = recurrence_in_words(recurrence)
    if until:
        words += f", until {in_words(until)}"
    if excepted:
        words += f", except {listed([in_words(day) for day in sorted(excepted)])}"
    return words


def deadline_in_words(weekday: int, working_days: int, at: str) -> str:
    """Return a deadline before an event: "by 12:00 on the Friday before".

    Args:
        weekday: The day of the week; Monday is 0. If it is negative, `working_days` counts.
        working_days: The number of working days before the event.
        at: The time; empty for any time that day.
    """
    if weekday >= 0:
        return f"by {at} on the {WEEKDAYS[weekday]} before" if at else f"by the {WEEKDAYS[weekday]} before"
    several = f"{NUMBERS.get(working_days, working_days)} working days"
    number = "one working day" if working_days == 1 else several
    return f"by {at}, {number} before" if at else f"at least {number} before"


def recurrence_in_words(recurrence: Recurrence) -> str:
    """Return a recurrence for readers: "every other Thursday", "first Monday of the month"."""
    if recurrence.unit == "day":
        return "daily"
    if recurrence.unit == "week":
        return _weekly(recurrence)
    if recurrence.unit == "month":
        return f"{_day(recurrence)} of {_months(recurrence)}"
    return f"once, on {in_words(recurrence.single)}" if recurrence.single else ""


def _weekly(recurrence: Recurrence) -> str:
    days = listed([WEEKDAYS[weekday] for weekday in recurrence.weekdays])
    if recurrence.interval == 1:
        return "every weekday" if recurrence.weekdays == WORKING_DAYS else f"every {days}"
    if recurrence.interval == 2 and len(recurrence.weekdays) == 1:  # noqa: PLR2004 - "every other"
        return f"every other {days}"
    number = NUMBERS.get(recurrence.interval, recurrence.interval)
    return f"every {number} weeks on {days}"


def _day(recurrence: Recurrence) -> str:
    if recurrence.day:
        return "last day" if recurrence.day < 0 else _ordinal(recurrence.day)
    what = "working day" if len(recurrence.weekdays) > 1 else WEEKDAYS[recurrence.weekdays[0]]
    return f"{POSITIONS[recurrence.position]} {what}"


def _months(recurrence: Recurrence) -> str:
    if recurrence.interval > 1:
        return "the quarter"
    return "the month" if recurrence.months == EVERY_MONTH else _names(recurrence.months)


def _names(months: Sequence[int]) -> str:
    return listed([MONTHS[month - 1] for month in months])


def _ordinal(number: int) -> str:
    ending = "th" if number in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
