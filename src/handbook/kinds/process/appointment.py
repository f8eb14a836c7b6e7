"""The calendar events of a process, with their dates and deadlines."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from handbook.base.language import _
from handbook.base.recurrence import Recurrence, last_day
from handbook.base.rhythm import RhythmError
from handbook.base.rhythm_words import deadline_in_words, rhythm_in_words
from handbook.base.sentences import duration_in_words
from handbook.kinds.any.basis import Basis
from handbook.kinds.process.timing import Deadline, Timing, default_start, read_timing
from handbook.link.catalogue import Entry
from handbook.read.schemas.validation import is_time_zone
from handbook.read.values import list_at


@dataclass(frozen=True, slots=True)
class Due:
    """The deadline of one event.

    Attributes:
        day: The date of the deadline.
        event: The date of the event.
    """

    day: date
    event: date


@dataclass(frozen=True, slots=True)
class Appointment:
    """A recurring event.

    Attributes:
        process: The process of the event.
        id: Its ID, unique within the process; empty for the first event if it has none.
        own_name: Its name, if it has one of its own.
        written: Its days, as in the sources.
        timing: The same days, for calculations, with the time and the deadline.
        excepted: The exceptions from today on.
        timezone: The time zone of its times, if it is not the one of the handbook; otherwise empty.
        lasts: The duration, such as "45 minutes"; empty if unknown.
        who: The participating roles and teams.
        running: The first day of the event that has begun and isn't over; `None` if there is none.
        coming: The dates in the coming year.
        next_due: The next deadline, which can be the one of a later event than the next.
        today: The date that counts as today.
    """

    process: Entry
    id: str
    own_name: str
    written: str
    timing: Timing
    excepted: tuple[date, ...]
    timezone: str
    lasts: str
    who: tuple[Entry, ...]
    running: date | None
    coming: tuple[date, ...]
    next_due: Due | None
    today: date

    @property
    def name(self) -> str:
        """Its name in the calendar."""
        return self.own_name or self.process.name

    @property
    def repeats(self) -> str:
        """Its days, such as "every Tuesday"; as written if they could not be read."""
        timing = self.timing
        return rhythm_in_words(timing.recurrence, timing.until, self.excepted) or self.written

    @property
    def when(self) -> str:
        """Its days, with a capital letter."""
        return self.repeats[:1].upper() + self.repeats[1:]

    @property
    def next(self) -> date | None:
        """The date of the next event; `None` if it is not within the year."""
        return self.coming[0] if self.coming else None

    @property
    def is_too_late(self) -> bool:
        """Return whether the deadline of the next event is over, and that of a later one is not."""
        return self.next_due is not None and self.next_due.event != self.next

    @property
    def is_over(self) -> bool:
        """Return whether it took place for the last time."""
        later = (day for day in self.timing.days() if day >= self.today or day == self.running)
        return self.first is not None and next(later, None) is None

    @property
    def first(self) -> date | None:
        """The first date, which can be an exception; `None` for an event without dates."""
        return next(self.timing.rule_days(), None)

    @property
    def by_month(self) -> bool:
        """Return whether it recurs by month, or not at all."""
        return self.timing.recurrence.unit in {"month", "once"}

    @property
    def at(self) -> str:
        """The start time, such as `10:00`; empty for all-day events."""
        return self.timing.at

    @property
    def time(self) -> str:
        """The time, such as `10:00 to 10:45`, or the duration of an all-day event."""
        if not self.at:
            return duration_in_words(self.lasts)
        time = self.at
        if self.timing.minutes:
            end = datetime.fromisoformat(f"2000-01-01T{self.at}") + timedelta(minutes=self.timing.minutes)
            time = _("%(first)s to %(last)s", first=self.at, last=f"{end:%H:%M}")
        return f"{time} ({self.timezone})" if self.timezone else time

    @property
    def deadline(self) -> str:
        """What to do before each event, and by when; empty without a deadline."""
        found = self.timing.deadline
        if not found:
            return ""
        return f"{self.task} {deadline_in_words(found.weekday, found.working_days, self.due_time)}"

    @property
    def due_time(self) -> str:
        """The time of the deadlines; empty without one."""
        at = self.timing.deadline.at if self.timing.deadline else ""
        return f"{at} ({self.timezone})" if at and self.timezone else at

    @property
    def task(self) -> str:
        """What to do before each event; empty without a deadline."""
        found = self.timing.deadline
        return (found.name or _("Hand in")) if found else ""

    def dues(self, days: Iterable[date]) -> Iterator[Due]:
        """Yield the deadlines of the events on some dates; two events with the same deadline have one."""
        return _dues(self.timing.deadline, days)


def read_appointment(
    basis: Basis, process: Entry, item: Mapping[str, Any], number: int, end: date
) -> Appointment:
    """Return a calendar event of a process.

    Args:
        basis: The data that figures are calculated from.
        process: The process.
        item: The event, as in the sources.
        number: Its position in the process, for the ID of an event without one.
        end: The day after the coming year.
    """
    try:
        timing = read_timing(item, default_start(process.data))
    except RhythmError:  # rule HB334 reports it; here, only a site that switched it off gets this far
        timing = Timing(Recurrence("never"), basis.today)
    coming = tuple(day for day in takewhile(end.__gt__, timing.days()) if day >= basis.today)
    who = (basis.referred(process, "calendar.who", name) for name in list_at(item, ("who",)))
    zone = str(item.get("timezone", ""))
    return Appointment(
        process=process,
        id=str(item.get("id", f"event-{number}" if number > 1 else "")),
        own_name=str(item.get("name", "")),
        written=str(item.get("repeats")),
        timing=timing,
        excepted=tuple(sorted(day for day in timing.excepted if day >= basis.today)),
        timezone=zone if is_time_zone(zone) and zone != basis.settings.timezone else "",
        lasts=str(item.get("lasts", "")),
        who=tuple(filter(None, who)),
        running=_running(timing, basis.today),
        coming=coming,
        next_due=next((due for due in _dues(timing.deadline, coming) if due.day >= basis.today), None),
        today=basis.today,
    )


def _running(timing: Timing, today: date) -> date | None:
    """Return the first day of the event of several days that goes on today."""
    begun = deque(takewhile(today.__gt__, timing.days()), maxlen=1)
    return next((day for day in begun if last_day(day, timing.working_days) >= today), None)


def _dues(deadline: Deadline | None, days: Iterable[date]) -> Iterator[Due]:
    if not deadline:
        return
    latest = date.min
    for day in days:
        due = deadline.before(day)
        if due > latest:
            latest = due
            yield Due(due, day)
