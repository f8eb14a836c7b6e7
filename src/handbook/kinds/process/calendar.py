"""The recurring events of the processes over the coming year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.base.days import days_after
from handbook.base.recurrence import last_day
from handbook.base.sentences import month_in_words
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.process.appointment import Appointment, read_appointment
from handbook.link.catalogue import Entry
from handbook.read.values import list_at

_NEEDS = {"process": ("cadence", "calendar.repeats")}
_FIELDS = ("name", "since", "until", "except", "at", "timezone", "lasts", "deadline", "who")
_READS = {"process": [f"calendar.{name}" for name in _FIELDS]}


@dataclass(frozen=True, slots=True)
class Dated:
    """An event on one of its dates.

    Attributes:
        appointment: The event.
        day: The date, or the first of several.
        until: The last of several dates; `None` for one.
    """

    appointment: Appointment
    day: date
    until: date | None

    @property
    def is_running(self) -> bool:
        """Whether it has begun and isn't over."""
        return self.day == self.appointment.running


@dataclass(frozen=True, slots=True)
class Month:
    """The monthly and quarterly events of one month.

    Attributes:
        name: The month and year.
        dates: The events, by date.
    """

    name: str
    dates: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The coming year.

    Attributes:
        begin: The first day, which is today.
        last: The last day.
        timezone: The time zone of all times that name no other one.
        weekly: The events that recur by week, by weekday and time.
        monthly: The events that recur by month, by the next date.
        months: The same events, month by month.
        undated: The recurring processes without dates.
        started: The processes that an event triggers, without dates.
    """

    begin: date
    last: date
    timezone: str
    weekly: tuple[Appointment, ...]
    monthly: tuple[Appointment, ...]
    months: tuple[Month, ...]
    undated: tuple[Entry, ...]
    started: tuple[Entry, ...]

    @property
    def has_other_zones(self) -> bool:
        """Return whether an event has a time zone of its own."""
        return any(each.at and each.timezone for each in (*self.weekly, *self.monthly))


@figure(_NEEDS)
def calendar(basis: Basis) -> Calendar:
    """Show the recurring processes of the coming year: weekly events, and the dates of all others.

    Monthly and quarterly events are listed under the month in which they begin, also those that are running.
    Processes with a frequency but no dates are listed separately, and events that are over are left out.
    """
    found = [each for each in appointments(basis) if not each.is_over]
    weekly = sorted(
        (each for each in found if not each.by_month),
        key=lambda each: (each.timing.recurrence.weekdays, each.at),
    )
    monthly = sorted((each for each in found if each.by_month), key=lambda each: each.next or date.max)
    dated = sorted(
        (_on(each, day) for each in monthly for day in (*filter(None, [each.running]), *each.coming)),
        key=lambda each: (each.day, each.appointment.name),
    )
    months = dict.fromkeys((each.day.year, each.day.month) for each in dated)
    listed = {each.process.id for each in found}
    others = [process for process in basis.entries("process") if process.id not in listed]
    return Calendar(
        basis.today,
        days_after(_a_year_later(basis.today), -1),
        basis.settings.timezone,
        tuple(weekly),
        tuple(monthly),
        tuple(
            Month(
                month_in_words(date(year, month, 1)),
                tuple(each for each in dated if (each.day.year, each.day.month) == (year, month)),
            )
            for year, month in months
        ),
        tuple(each for each in others if "cadence" in each.data),
        tuple(each for each in others if not {"cadence", "calendar"} & set(each.data)),
    )


def appointments(basis: Basis) -> tuple[Appointment, ...]:
    """Return the recurring events of all processes, by process."""
    return tuple(each for process in basis.entries("process") for each in appointments_of(basis, process))


@figure(_NEEDS, reads=_READS)
def appointments_of(basis: Basis, process: Entry) -> tuple[Appointment, ...]:
    """Return the recurring events of a process.

    Args:
        basis: The data that figures are calculated from.
        process: An entry of the content type `process`.
    """
    end = _a_year_later(basis.today)
    return tuple(
        read_appointment(basis, process, item, number, end)
        for number, item in enumerate(list_at(process.data, ("calendar",)), 1)
    )


def _on(appointment: Appointment, day: date) -> Dated:
    end = last_day(day, appointment.timing.working_days)
    return Dated(appointment, day, end if end > day else None)


def _a_year_later(day: date) -> date:
    """Return the same day of the next year; for 29 February, 1 March; in the last year, its last day."""
    if day.year == date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
