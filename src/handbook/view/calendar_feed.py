"""The calendar as a feed that calendar programs subscribe to (iCalendar, RFC 5545).

Written so that Outlook, which knows the least of the three, reads it as Google's and Apple's calendars do: a
recurrence has one weekday in one month or in every month, and a time zone is two yearly rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from handbook.figures.basis import Basis
from handbook.figures.process_calendar import Appointment, appointments
from handbook.figures.recurrence import MONTHS, WEEKDAYS, last_day
from handbook.link.catalogue import Entry
from handbook.view.downloads import Download
from handbook.view.links import Place
from handbook.view.time_zone import describe

if TYPE_CHECKING:
    from icalendar import Event

NAME = "calendar.ics"
_PRODUCT = "-//product-handbook//Recurring processes//EN"
_DOMAIN = "product-handbook"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """Makes the feed of one handbook.

    It depends on the entries only, not on the day of the build: the same sources give the same bytes.

    Attributes:
        basis: What the appointments are worked out from.
        site_name: What the site is called.
        site_url: Where it is published, for links to the processes; empty when that is not known.
        directory_urls: How pages are addressed, as in `Place`.
    """

    basis: Basis
    site_name: str
    site_url: str = ""
    directory_urls: bool = True

    def all(self) -> Iterator[Download]:
        """The feed of everything that processes put into the calendar; nothing when that is nothing."""
        found = appointments(self.basis)
        if not found:
            return
        from icalendar import Calendar, vDuration  # noqa: PLC0415 - a handbook without a feed does not wait for it

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
        """An appointment as events: one, or one for each month when it is not in every month."""
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
            # It marks days, and does not make those in it busy.
            event.add("TRANSP", "TRANSPARENT")
            event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
        event.add("RRULE", vRecur(rule))
        return event

    def _address(self, entry: Entry) -> str:
        """Where an entry's page is published; empty when that is not known."""
        if not self.site_url:
            return ""
        return f"{self.site_url.rstrip('/')}/{Place('index.md', self.directory_urls).url(entry.page)}"


def _rule(appointment: Appointment) -> dict[str, Any]:
    recurrence = appointment.recurrence
    day = {"BYDAY": WEEKDAYS[recurrence.weekday][:2].upper()}
    if recurrence.week:
        # Outlook writes BYSETPOS where others write 1MO. All three read it.
        return {"FREQ": "MONTHLY", **day, "BYSETPOS": recurrence.week}
    return {"FREQ": "WEEKLY", "INTERVAL": recurrence.interval, **day}


def _description(appointment: Appointment) -> Iterator[str]:
    process = appointment.process
    yield f"{process.name}: {process.data['summary']}"
    if appointment.who:
        yield f"Who takes part: {', '.join(entry.name for entry in appointment.who)}"


def _changed(appointment: Appointment) -> date:
    """The last day of which the process says that something about it changed or was checked."""
    data = appointment.process.data
    days = [change["date"] for change in data.get("changes", ())]
    days += [data["review"]["last"]] if "review" in data else []
    return max(map(date.fromisoformat, days), default=appointment.since)
