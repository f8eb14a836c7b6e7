"""The recurring events of the processes over the coming year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handbook.base.days import days_after, last_of_month
from handbook.base.recurrence import last_day
from handbook.base.sentences import month_in_words
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.process.appointment import Appointment, read_appointment
from handbook.kinds.process.month import WEEKS, MonthView, end_of_week, view_month
from handbook.kinds.process.occasion import Occasion, hues, minutes_of, occasions, occasions_of
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
class Series:
    """A recurring event with its dates, for the script of the page. Dates are days after the first one.

    Attributes:
        name: Its name.
        process: Its process.
        hue: The hue of the process.
        at: The time at which it begins; empty for the whole day.
        time: The time in words.
        minutes: How long it takes; 0 if it isn't known or takes days.
        task: What to do before it.
        due_at: The time of its deadlines.
        who: The IDs of the roles and teams that take part.
        days: The day of each event, such as `4 11`, or the first and last day: `7-25`.
        dues: The day of each deadline and of its event, such as `10-16`.
    """

    name: str
    process: Entry
    hue: int
    at: str
    time: str
    minutes: int
    task: str
    due_at: str
    who: tuple[str, ...]
    days: str
    dues: str


@dataclass(frozen=True, slots=True)
class Participant:
    """A role or team that takes part in an event.

    Attributes:
        id: Its ID.
        name: Its name.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The coming year.

    Attributes:
        begin: The first day, which is today.
        last: The last day.
        origin: The first day of the first week of this month.
        pinned: Today, if the settings pin it; empty if readers see their own day.
        month: This month, and what comes next.
        series: All events, for the script of the page.
        participants: Who takes part in them, by name.
        timezone: The time zone of all times that name no other one.
        weekly: The events that recur by week, by weekday and time.
        monthly: The events that recur by month, by the next date.
        months: The same events, month by month.
        undated: The recurring processes without dates.
        started: The processes that an event triggers, without dates.
    """

    begin: date
    last: date
    origin: str
    pinned: str
    month: MonthView
    series: tuple[Series, ...]
    participants: tuple[Participant, ...]
    timezone: str
    weekly: tuple[Appointment, ...]
    monthly: tuple[Appointment, ...]
    months: tuple[Month, ...]
    undated: tuple[Entry, ...]
    started: tuple[Entry, ...]

    @property
    def events(self) -> tuple[Appointment, ...]:
        """The weekly events, then the others."""
        return (*self.weekly, *self.monthly)

    @property
    def has_other_zones(self) -> bool:
        """Return whether an event has a time zone of its own."""
        return any(each.at and each.timezone for each in self.events)


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
    last = days_after(_a_year_later(basis.today), -1)
    first = basis.today.replace(day=1)
    month_end = max(last_of_month(first.year, first.month), end_of_week(basis.today, WEEKS))
    origin = days_after(first, -first.weekday())
    return Calendar(
        basis.today,
        last,
        origin.isoformat(),
        basis.today.isoformat() if basis.settings.as_of else "",
        view_month(occasions(found, origin, month_end), basis.today),
        tuple(
            _series(each, hue, tuple(occasions_of(each, hue, origin, last)), origin)
            for each, hue in zip(found, hues(found), strict=True)
        ),
        _participants(found),
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


def _series(appointment: Appointment, hue: int, shown: Sequence[Occasion], origin: date) -> Series:
    def number(*days: date) -> str:
        return "-".join(str((day - origin).days) for day in dict.fromkeys(days))

    return Series(
        appointment.name,
        appointment.process,
        hue,
        appointment.at,
        appointment.time,
        minutes_of(appointment),
        appointment.task,
        appointment.due_time,
        tuple(entry.id for entry in appointment.who),
        " ".join(number(each.day, each.last) for each in shown if not each.event),
        " ".join(number(each.day, each.event) for each in shown if each.event),
    )


def _participants(found: Sequence[Appointment]) -> tuple[Participant, ...]:
    entries = {entry.id: entry.name for each in found for entry in each.who}
    return tuple(Participant(*each) for each in sorted(entries.items(), key=lambda each: each[1]))


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
