"""What the processes put into people's calendars: the coming year, and what comes again and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from handbook.figures.basis import Basis
from handbook.figures.recurrence import MONTHS, Recurrence, last_day, read_recurrence
from handbook.link.catalogue import Catalogue, Entry

_DAYS = {"day": 1, "week": 5}
_MINUTES = {"minute": 1, "hour": 60}


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something that comes again.

    Attributes:
        process: The process it belongs to.
        id: Its id, unique within the process.
        name: What the calendar calls it.
        repeats: On which days, in words.
        recurrence: The same, to count with.
        since: The first day on which it takes place.
        at: When it begins, such as `10:00`; empty when it fills whole days.
        lasts: How long it takes, in words.
        who: The roles and teams that keep the time free.
        coming: The days of the coming year.
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
        """The day on which it takes place next; `None` when that is not within the year."""
        return self.coming[0] if self.coming else None

    @property
    def by_month(self) -> bool:
        """Whether it goes by months, not by weeks."""
        return bool(self.recurrence.week)

    @property
    def minutes(self) -> int:
        """How long it takes when it has a time; 0 when it fills whole days."""
        number, unit = self._amount
        return number * _MINUTES[unit] if self.at and unit in _MINUTES else 0

    @property
    def working_days(self) -> int:
        """How many working days it goes on for."""
        number, unit = self._amount
        return number * _DAYS.get(unit, 0) or 1

    @property
    def _amount(self) -> tuple[int, str]:
        number, _, unit = self.lasts.partition(" ")
        return int(number), unit.removesuffix("s")

    @property
    def time(self) -> str:
        """From when to when: `10:00 to 10:45`, or how long when it fills whole days."""
        if not self.minutes:
            return self.lasts
        end = datetime.fromisoformat(f"{self.since}T{self.at}") + timedelta(minutes=self.minutes)
        return f"{self.at} to {end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Dated:
    """An appointment on one of its days.

    Attributes:
        appointment: The appointment.
        day: The day, or the first of several.
        until: The last of several days; `None` for one.
    """

    appointment: Appointment
    day: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Month:
    """What goes by months, in one of them.

    Attributes:
        name: The month with its year.
        dates: What takes place, by day.
    """

    name: str
    dates: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The coming year.

    Attributes:
        begin: Its first day, which is today.
        last: Its last day.
        timezone: The time zone of every time.
        weekly: What goes by weeks, by weekday and time.
        monthly: What goes by months, by the next day.
        months: What goes by months, month by month.
        undated: Processes that run by the calendar and do not say on which days.
        started: Processes that an event starts, and that put nothing into the calendar.
    """

    begin: date
    last: date
    timezone: str
    weekly: tuple[Appointment, ...]
    monthly: tuple[Appointment, ...]
    months: tuple[Month, ...]
    undated: tuple[Entry, ...]
    started: tuple[Entry, ...]


def calendar(basis: Basis) -> Calendar:
    """The recurring processes of the coming year: what comes every week, and the days of everything else.

    What goes by months stands under the month in which it begins. A process that has a cadence but no days is
    named, so that nothing is missing without a word.
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
    others = [each for each in basis.catalogue.entries("process").values() if "calendar" not in each.data]
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
    """Everything that the processes put into the calendar, by process."""
    return tuple(
        each
        for process in basis.catalogue.entries("process").values()
        for each in appointments_of(basis, process)
    )


def appointments_of(basis: Basis, process: Entry) -> tuple[Appointment, ...]:
    """What one process puts into the calendar.

    Args:
        basis: What figures are worked out from.
        process: An entry of the kind `process`.
    """
    return tuple(
        _appointment(process, item, basis.catalogue, basis.today) for item in process.data.get("calendar", ())
    )


def _appointment(process: Entry, item: Mapping[str, Any], catalogue: Catalogue, today: date) -> Appointment:
    recurrence = read_recurrence(item["repeats"])
    since = date.fromisoformat(item["since"])
    days = takewhile(_a_year_later(today).__gt__, recurrence.days(since))
    who = (catalogue.resolve(("role", "team"), name) for name in item.get("who", ()))
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
        coming=tuple(day for day in days if day >= today),
    )


def _on(appointment: Appointment, day: date) -> Dated:
    end = last_day(day, appointment.working_days)
    return Dated(appointment, day, end if end > day else None)


def _a_year_later(day: date) -> date:
    """The same day of the next year; for 29 February the 1st of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
