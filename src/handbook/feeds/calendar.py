"""The calendar as a feed for calendar apps (iCalendar, RFC 5545).

The format is limited to what Outlook, Google Calendar and Apple Calendar all support: a recurrence has one
weekday in one month or in every month, and a time zone has two yearly rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from handbook.base.language import _
from handbook.base.recurrence import MONTHS, WEEKDAYS, last_day
from handbook.feeds.time_zone import describe
from handbook.kinds.any.basis import Basis
from handbook.kinds.process.calendar import Appointment, appointments
from handbook.link.catalogue import Entry
from handbook.link.download import Download
from handbook.link.place import Place
from handbook.read.values import day_at

if TYPE_CHECKING:
    from icalendar import Event

NAME = "calendar.ics"
_PRODUCT = "-//product-handbook//Recurring processes//EN"
_DOMAIN = "product-handbook"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """Create the feed of a handbook.

    It depends on the entries only, not on the date of the build: the same sources give the same bytes.

    Attributes:
        basis: The data that the events are calculated from.
        site_name: The name of the site.
        site_url: The URL of the site, for links to the processes; empty if unknown.
        directory_urls: The form of page URLs, as in `Place`.
    """

    basis: Basis
    site_name: str
    site_url: str = ""
    directory_urls: bool = True

    def all(self) -> Iterator[Download]:
        """Yield the feed of all recurring events; nothing without events."""
        found = appointments(self.basis)
        if not found:
            return
        from icalendar import Calendar, vDuration  # noqa: PLC0415 - only a handbook with a feed loads it

        feed = Calendar()
        feed.add("PRODID", _PRODUCT)
        feed.add("VERSION", "2.0")
        feed.add("CALSCALE", "GREGORIAN")
        feed.add("METHOD", "PUBLISH")
        feed.add("X-WR-CALNAME", self.site_name)
        feed.add("X-WR-TIMEZONE", self._zone.key)
        feed.add("REFRESH-INTERVAL", vDuration(_ONE_DAY), parameters={"VALUE": "DURATION"})
        feed.add("X-PUBLISHED-TTL", vDuration(_ONE_DAY))
        timed = [each.since for each in found if each.minutes]
        if timed and not self._is_utc:
            feed.add_component(describe(self._zone, min(timed).year))
        for each in found:
            for event in self._events(each):
                feed.add_component(event)
        folder = self.basis.catalogue.kind("process").page
        yield Download(f"{folder}/{NAME}", feed.to_ical().decode("utf-8"))

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.basis.settings.timezone)

    @property
    def _is_utc(self) -> bool:
        return self._zone.key in {"UTC", "Etc/UTC"}

    def _events(self, appointment: Appointment) -> Iterator[Event]:
        """Yield a recurring event as one event, or as one event for each of its months."""
        months = appointment.recurrence.months
        if not 0 < len(months) < len(MONTHS):
            yield self._event(appointment, appointment.since, _rule(appointment))
            return
        for month in months:
            first = next(day for day in appointment.recurrence.days(appointment.since) if day.month == month)
            rule = _rule(appointment) | {"FREQ": "YEARLY", "BYMONTH": month}
            yield self._event(appointment, first, rule, MONTHS[month - 1].lower())

    def _event(self, appointment: Appointment, first: date, rule: Mapping[str, Any], part: str = "") -> Event:
        from icalendar import Event, vRecur  # noqa: PLC0415 - as above

        event = Event()
        names = filter(None, (appointment.process.id, appointment.id, part))
        event.add("UID", f"{'.'.join(names)}@{_DOMAIN}")
        event.add("DTSTAMP", datetime.combine(_changed(appointment), time(), UTC))
        event.add("SUMMARY", appointment.name)
        address = self._address(appointment.process)
        event.add("DESCRIPTION", "\n\n".join(filter(None, (*_description(appointment), address))))
        if address:
            event.add("URL", address)
        if appointment.minutes:
            zone = UTC if self._is_utc else self._zone
            begin = datetime.combine(first, time.fromisoformat(appointment.at))
            event.add("DTSTART", begin.replace(tzinfo=zone))
            event.add("DTEND", (begin + timedelta(minutes=appointment.minutes)).replace(tzinfo=zone))
        else:
            event.add("DTSTART", first)
            event.add("DTEND", last_day(first, appointment.working_days) + _ONE_DAY)
            # All-day events do not block time.
            event.add("TRANSP", "TRANSPARENT")
            event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
        event.add("RRULE", vRecur(rule))
        return event

    def _address(self, entry: Entry) -> str:
        """Return the URL of the page of an entry; empty if unknown."""
        if not self.site_url:
            return ""
        return f"{self.site_url.rstrip('/')}/{Place('index.md', self.directory_urls).url(entry.page)}"


def _rule(appointment: Appointment) -> dict[str, Any]:
    recurrence = appointment.recurrence
    day = {"BYDAY": WEEKDAYS[recurrence.weekday][:2].upper()}
    if recurrence.week:
        # Outlook writes BYSETPOS, others write 1MO. All three read it.
        return {"FREQ": "MONTHLY", **day, "BYSETPOS": recurrence.week}
    return {"FREQ": "WEEKLY", "INTERVAL": recurrence.interval, **day}


def _description(appointment: Appointment) -> Iterator[str]:
    process = appointment.process
    yield f"{process.name}: {process.data['summary']}"
    if appointment.who:
        names = ", ".join(entry.name for entry in appointment.who)
        yield _("Participants: %(names)s", names=names)


def _changed(appointment: Appointment) -> date:
    """Return the date of the last change or review of the process."""
    data = appointment.process.data
    days = [date.fromisoformat(change["date"]) for change in data.get("changes", ())]
    reviewed = day_at(data, ("review", "last"))
    return max([*days, reviewed] if reviewed else days, default=appointment.since)
