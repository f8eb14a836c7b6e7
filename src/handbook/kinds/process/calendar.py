"""The recurring events of the processes over the coming year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from handbook.base.recurrence import MONTHS, Recurrence, last_day, read_recurrence
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry

_DAYS = {"day": 1, "week": 5}
_MINUTES = {"minute": 1, "hour": 60}
_FIELDS = ("id", "name", "repeats", "since", "lasts")
_NEEDS = {"process": ["cadence", *(f"calendar.{field}" for field in _FIELDS)]}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A recurring event.

    Attributes:
        process: The process of the event.
        id: Its ID, unique within the process.
        name: Its name in the calendar.
        repeats: Its days, such as "every Tuesday".
        recurrence: The same days, for calculations.
        since: The date of the first event.
        at: The start time, such as `10:00`; empty for all-day events.
        lasts: The duration, such as "45 minutes".
        who: The participating roles and teams.
        coming: The dates in the coming year.
    """

    process: Entry
    id: str
    name: str
    repeats: str
    recurrence: Recurrence
    since: date
    at: str
    lasts: str
    who: tuple[Entry, ...]
    coming: tuple[date, ...]

    @property
    def next(self) -> date | None:
        """The date of the next event; `None` if it is not within the year."""
        return self.coming[0] if self.coming else None

    @property
    def by_month(self) -> bool:
        """Return whether it recurs by month, not by week."""
        return bool(self.recurrence.week)

    @property
    def minutes(self) -> int:
        """The duration in minutes; 0 for all-day events."""
        number, unit = self._amount
        return number * _MINUTES[unit] if self.at and unit in _MINUTES else 0

    @property
    def working_days(self) -> int:
        """The duration in working days."""
        number, unit = self._amount
        return number * _DAYS.get(unit, 0) or 1

    @property
    def _amount(self) -> tuple[int, str]:
        number, _, unit = self.lasts.partition(" ")
        return int(number), unit.removesuffix("s")

    @property
    def time(self) -> str:
        """The time, such as `10:00 to 10:45`, or the duration of an all-day event."""
        if not self.minutes:
            return self.lasts
        end = datetime.fromisoformat(f"{self.since}T{self.at}") + timedelta(minutes=self.minutes)
        return f"{self.at} to {end:%H:%M}"


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
        timezone: The time zone of all times.
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


@figure(_NEEDS)
def calendar(basis: Basis) -> Calendar:
    """Show the recurring processes of the coming year: weekly events, and the dates of all others.

    Monthly and quarterly events are listed under the month in which they begin. Processes with a frequency
    but no dates are listed separately.
    """
    found = appointments(basis)
    weekly = sorted(
        (each for each in found if not each.by_month), key=lambda each: (each.recurrence.weekday, each.at)
    )
    monthly = sorted((each for each in found if each.by_month), key=lambda each: each.next or date.max)
    dated = sorted(
        (_on(each, day) for each in monthly for day in each.coming),
        key=lambda each: (each.day, each.appointment.name),
    )
    months = dict.fromkeys((each.day.year, each.day.month) for each in dated)
    others = [each for each in basis.entries("process") if "calendar" not in each.data]
    return Calendar(
        basis.today,
        _a_year_later(basis.today) - timedelta(days=1),
        basis.settings.timezone,
        tuple(weekly),
        tuple(monthly),
        tuple(
            Month(
                f"{MONTHS[month - 1]} {year}",
                tuple(each for each in dated if (each.day.year, each.day.month) == (year, month)),
            )
            for year, month in months
        ),
        tuple(each for each in others if "cadence" in each.data),
        tuple(each for each in others if "cadence" not in each.data),
    )


def appointments(basis: Basis) -> tuple[Appointment, ...]:
    """Return the recurring events of all processes, by process."""
    return tuple(each for process in basis.entries("process") for each in appointments_of(basis, process))


@figure(_NEEDS, reads={"process": ("calendar.at", "calendar.who")})
def appointments_of(basis: Basis, process: Entry) -> tuple[Appointment, ...]:
    """Return the recurring events of a process.

    Args:
        basis: The data that figures are calculated from.
        process: An entry of the content type `process`.
    """
    return tuple(_appointment(basis, process, item) for item in process.data.get("calendar", ()))


def _appointment(basis: Basis, process: Entry, item: Mapping[str, Any]) -> Appointment:
    recurrence = read_recurrence(item["repeats"])
    since = date.fromisoformat(item["since"])
    days = takewhile(_a_year_later(basis.today).__gt__, recurrence.days(since))
    who = (basis.referred(process, "calendar.who", name) for name in item.get("who", ()))
    return Appointment(
        process=process,
        id=item["id"],
        name=item["name"],
        repeats=item["repeats"],
        recurrence=recurrence,
        since=next(recurrence.days(since), since),
        at=item.get("at", ""),
        lasts=item["lasts"],
        who=tuple(filter(None, who)),
        coming=tuple(day for day in days if day >= basis.today),
    )


def _on(appointment: Appointment, day: date) -> Dated:
    end = last_day(day, appointment.working_days)
    return Dated(appointment, day, end if end > day else None)


def _a_year_later(day: date) -> date:
    """Return the same day of the next year; for 29 February, 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
