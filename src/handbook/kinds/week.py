"""The events of this week, and the next one for which it isn't too late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from handbook.base.sentences import short_weekday
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.process.appointment import Appointment
from handbook.kinds.process.calendar import appointments
from handbook.link.catalogue import Entry

_WORKING_DAYS = 5
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Event:
    """An event of this week.

    Attributes:
        day: Its date.
        appointment: The recurring event.
    """

    day: date
    appointment: Appointment

    @property
    def weekday(self) -> str:
        """The day of the week, in short."""
        return short_weekday(self.day)

    @property
    def number(self) -> int:
        """The day of the month."""
        return self.day.day

    @property
    def due(self) -> date | None:
        """The date of its deadline; `None` without one, or once it has passed."""
        deadline = self.appointment.timing.deadline
        due = deadline.before(self.day) if deadline else None
        return due if due and due >= self.appointment.today else None


@dataclass(frozen=True, slots=True)
class Week:
    """The events of a working week.

    Attributes:
        first: The Monday.
        last: The Friday.
        events: The events, by date and time.
    """

    first: date
    last: date
    events: tuple[Event, ...]


@figure({})
def this_week(basis: Basis) -> Week:
    """Show the events of the processes in this working week; on a weekend, of the next one."""
    today = basis.today
    monday = today - timedelta(days=today.weekday())
    if today.weekday() >= _WEEKEND and monday <= date.max - timedelta(days=2 * 7):
        monday += timedelta(days=7)
    last = min(monday, date.max - timedelta(days=7)) + timedelta(days=_WORKING_DAYS - 1)
    found = [
        Event(day, each)
        for each in _appointments(basis)
        for day in takewhile(last.__ge__, each.timing.days())
        if day >= monday
    ]
    found.sort(key=lambda event: (event.day, event.appointment.at, event.appointment.name))
    return Week(monday, last, tuple(found))


def next_slot(basis: Basis, template: Entry) -> Event | None:
    """Return the next event of a process that uses a template, if it isn't too late to hand in for it.

    Args:
        basis: The data that figures are calculated from.
        template: The template.
    """
    users = {use.entry.id for use in basis.catalogue.uses(template) if use.entry.kind.name == "process"}
    coming = [
        Event(day, each)
        for each in _appointments(basis)
        if each.process.id in users and (day := _in_time(each))
    ]
    return min(coming, key=lambda event: event.day, default=None)


def _in_time(appointment: Appointment) -> date | None:
    if appointment.timing.deadline:
        return appointment.next_due.event if appointment.next_due else None
    return appointment.next


def _appointments(basis: Basis) -> Iterable[Appointment]:
    return appointments(basis) if "process" in basis.catalogue.kinds else ()
