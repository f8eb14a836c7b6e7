"""Read when a calendar event takes place: its recurrence, first and last day, time and deadline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import takewhile
from typing import Any

from handbook.base.days import days_after
from handbook.base.named_tuples import NamedTuple
from handbook.base.recurrence import WEEKDAYS, Recurrence, working_days_before
from handbook.base.regex import regex
from handbook.base.rhythm import RhythmError, read_rhythm
from handbook.base.words import shown
from handbook.read.values import day_at, list_at, value_at

START = date(2026, 1, 1)
"""The first day of events without one, if their process has no versions either."""
_TIME = regex("([01]?[0-9]|2[0-3]):([0-5][0-9])")
_AMOUNT = regex("([1-9][0-9]{0,3}) (minute|hour|day|week)s?")
_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 5}


class Deadline(NamedTuple):
    """What participants must do before an event.

    Attributes:
        name: What to do; empty if it is not said.
        weekday: The deadline is the last such day before the event; Monday is 0, and -1 is not set.
        working_days: Otherwise, the number of working days before the event.
        at: The time, such as `12:00`; empty for any time that day.
    """

    name: str
    weekday: int
    working_days: int
    at: str

    def before(self, day: date) -> date:
        """Return the date of the deadline of an event on a date."""
        if self.weekday < 0:
            return working_days_before(day, self.working_days)
        return days_after(day, -((day.weekday() - self.weekday - 1) % len(WEEKDAYS) + 1))


class Timing(NamedTuple):
    """When an event takes place.

    Attributes:
        recurrence: Its dates.
        since: The first possible date.
        until: The last possible date; `None` for no end.
        excepted: The dates on which it does not take place.
        at: The start time, such as `09:00`; empty for an all-day event.
        minutes: The duration in minutes; 0 if unknown or for an all-day event.
        working_days: The duration of an all-day event.
        deadline: The deadline before each event, if there is one.
    """

    recurrence: Recurrence
    since: date
    until: date | None = None
    excepted: frozenset[date] = frozenset()
    at: str = ""
    minutes: int = 0
    working_days: int = 1
    deadline: Deadline | None = None

    def days(self) -> Iterator[date]:
        """Yield the dates, until the calendar ends."""
        return (day for day in self.rule_days() if day not in self.excepted)

    def rule_days(self) -> Iterator[date]:
        """Yield the dates, including exceptions."""
        return takewhile((self.until or date.max).__ge__, self.recurrence.days(self.since))


def read_timing(item: Mapping[str, Any], start: date) -> Timing:
    """Return the timing of a calendar event.

    Schemas of a site can differ from the built-in ones, so values of other forms count as missing.

    Args:
        item: The event, as in the sources.
        start: The first day of an event that does not name one.

    Raises:
        RhythmError: `repeats` can't be read, or counts weeks from a first day that is missing.
    """
    text = str(item.get("repeats"))
    recurrence = read_rhythm(text)
    since = day_at(item, ("since",))
    if recurrence.counts_from_start and not since:
        raise RhythmError(
            f"Missing field `since`: {shown(text)} counts weeks from the first event",
            "Add `since: …` with the date of an event, such as the next one",
        )
    amount = _AMOUNT.fullmatch(str(item.get("lasts")))
    number, unit = (int(amount[1]), amount[2]) if amount else (0, "")
    at = "" if unit in _DAYS else _time(item.get("at"))
    return Timing(
        recurrence=recurrence,
        since=since or recurrence.single or start,
        until=day_at(item, ("until",)),
        excepted=frozenset(day for day in map(_day, list_at(item, ("except",))) if day),
        at=at,
        minutes=number * _MINUTES.get(unit, 0) if at else 0,
        working_days=number * _DAYS.get(unit, 0) or 1,
        deadline=_deadline(item.get("deadline")),
    )


def default_start(process: Mapping[str, Any]) -> date:
    """Return the first day of events without one: that of the first version of their process.

    It does not depend on reviews, which would shift the dates that calendar apps know.
    """
    days = [day_at(change, ("date",)) for change in list_at(process, ("changes",))]
    return min(filter(None, days), default=START)


def _day(text: Any) -> date | None:
    return day_at({"day": text}, ("day",))


def _time(value: Any) -> str:
    """Return a time with two digits for the hour; empty without one."""
    match = _TIME.fullmatch(str(value))
    return f"{int(match[1]):02}:{match[2]}" if match else ""


def _deadline(value: Any) -> Deadline | None:
    weekday = value_at(value, ("weekday",))
    amount = _AMOUNT.fullmatch(str(value_at(value, ("before",))))
    working_days = int(amount[1]) * _DAYS.get(amount[2], 0) if amount else 0
    if weekday not in WEEKDAYS and not working_days:
        return None
    return Deadline(
        name=str(value_at(value, ("name",)) or ""),
        weekday=WEEKDAYS.index(weekday) if weekday in WEEKDAYS else -1,
        working_days=working_days,
        at=_time(value_at(value, ("at",))),
    )
