"""The dates of recurring events and of the deadlines before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from handbook.base.days import days_after
from handbook.base.recurrence import last_day
from handbook.base.regex import regex
from handbook.base.sentences import day_and_month
from handbook.kinds.process.appointment import Appointment

_HUES = (155, 292, 20, 262, 75, 350, 200, 110)
_LASTS = regex("([1-9][0-9]{0,3}) (minute|hour)s?")
_MINUTES = {"minute": 1, "hour": 60}


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event on one of its dates, or the deadline before it.

    Attributes:
        appointment: The event.
        hue: The hue of its process in the calendar.
        day: The date, or the first of several.
        last: The last date.
        event: For a deadline, the date of the event; otherwise `None`.
    """

    appointment: Appointment
    hue: int
    day: date
    last: date
    event: date | None = None

    @property
    def is_long(self) -> bool:
        """Whether it goes on for several days."""
        return self.last > self.day

    @property
    def at(self) -> str:
        """The time at which it begins or is due; empty for the whole day."""
        return self.appointment.due_time if self.event else self.appointment.at

    @property
    def until(self) -> str:
        """The last day, such as "4 December"."""
        return day_and_month(self.last)

    @property
    def event_day(self) -> str:
        """The day of the event that a deadline belongs to, such as "2 December"."""
        return day_and_month(self.event) if self.event else ""


def occasions(appointments: Sequence[Appointment], first: date, last: date) -> tuple[Occasion, ...]:
    """Return the events and deadlines in a range of dates, by date, time and name.

    Args:
        appointments: The recurring events.
        first: The first date. An event that began before it but isn't over belongs to the range.
        last: The last date.
    """
    found = [
        occasion
        for each, hue in zip(appointments, hues(appointments), strict=True)
        for occasion in occasions_of(each, hue, first, last)
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.at, each.appointment.name)))


def hues(appointments: Sequence[Appointment]) -> tuple[int, ...]:
    """Return the hue of each event: that of its process."""
    processes = list(dict.fromkeys(each.process.id for each in appointments))
    return tuple(_HUES[processes.index(each.process.id) % len(_HUES)] for each in appointments)


def minutes_of(appointment: Appointment) -> int:
    """Return how long an event takes; 0 if it isn't known or takes days."""
    match = _LASTS.fullmatch(appointment.lasts)
    return int(match[1]) * _MINUTES[match[2]] if match else 0


def occasions_of(appointment: Appointment, hue: int, first: date, last: date) -> Iterator[Occasion]:
    """Yield the dates of one event in a range of dates, then its deadlines.

    Args:
        appointment: The event.
        hue: The hue of its process.
        first: The first date.
        last: The last date.
    """
    timing = appointment.timing
    # A deadline of the range can belong to an event after it.
    weeks = 2 + timing.deadline.working_days // 5 if timing.deadline else 0
    ahead = list(takewhile(days_after(last, 7 * weeks).__ge__, timing.days()))
    for day in takewhile(last.__ge__, ahead):
        end = last_day(day, timing.working_days)
        if end >= first:
            yield Occasion(appointment, hue, day, end)
    for due in appointment.dues(ahead):
        if first <= due.day <= last:
            yield Occasion(appointment, hue, due.day, due.day, due.event)
