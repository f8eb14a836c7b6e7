"""The calendar as a feed for calendar apps (iCalendar, RFC 5545).

The format is limited to what Outlook, Google Calendar and Apple Calendar all support: a recurrence is daily,
weekly, or one day of one month, of every month or of every quarter, and a time zone has two yearly rules.
Deadlines before monthly events follow no such rule, and the apps ignore reminders in a calendar that they
subscribe to. So each deadline is an event of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from handbook.base.days import days_after
from handbook.base.language import _, ngettext
from handbook.base.recurrence import EVERY_MONTH, MONTHS, last_day
from handbook.base.sentences import in_words
from handbook.feeds.recurrence_rule import exceptions, recurrence_rule
from handbook.feeds.time_zone import describe
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.ownership import owners_of
from handbook.kinds.metric.readings import metric_values
from handbook.kinds.metric.value import MetricValue
from handbook.kinds.process.appointment import Appointment, Due
from handbook.kinds.process.calendar import appointments
from handbook.link.catalogue import Entry
from handbook.link.download import Download
from handbook.link.place import Place
from handbook.read.values import day_at

if TYPE_CHECKING:
    from icalendar import Event, Timezone

NAME = "calendar.ics"
_PRODUCT = "-//product-handbook//Recurring processes//EN"
_DOMAIN = "product-handbook"
_ONE_DAY = timedelta(days=1)
_UTC = ("UTC", "Etc/UTC")


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """Create the feed of a handbook.

    Recurring events depend on the entries only, not on the date of the build. Deadlines are those of the
    events of this year and the next, so on any day of a year, the same sources give the same bytes.

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
        """Yield the feed of all recurring events and due readings; nothing without events."""
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
        for zone in self._described_zones(found):
            feed.add_component(zone)
        for each in found:
            for event in (*self._events(each), *self._deadlines(each)):
                feed.add_component(event)
        for event in self._readings():
            feed.add_component(event)
        folder = self.basis.catalogue.kind("process").page
        yield Download(f"{folder}/{NAME}", feed.to_ical().decode("utf-8"))

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.basis.settings.timezone)

    def _described_zones(self, found: Sequence[Appointment]) -> Iterator[Timezone]:
        """Yield the descriptions of the time zones of events, from the year of the first event in each."""
        years: dict[str, int] = {}
        for each in found:
            if each.first and (each.at or (each.timing.deadline and each.timing.deadline.at)):
                zone = self._zone_of(each).key
                years[zone] = min(years.get(zone, each.first.year), each.first.year)
        for zone, year in years.items():
            if zone not in _UTC:
                yield describe(ZoneInfo(zone), year)

    def _zone_of(self, appointment: Appointment) -> ZoneInfo:
        return ZoneInfo(appointment.timezone) if appointment.timezone else self._zone

    def _events(self, appointment: Appointment) -> Iterator[Event]:
        """Yield a recurring event as one event, or as one event for each of its months."""
        recurrence = appointment.timing.recurrence
        months: tuple[int, ...] = (0,)
        if recurrence.interval == 1 and recurrence.months != EVERY_MONTH:
            months = recurrence.months or months
        for month in months:
            # A day of a few months, such as 31 June, might not exist.
            days = (day for day in appointment.timing.rule_days() if month in {0, day.month})
            first = next(days, None)
            if first:
                yield self._recurring(appointment, first, month)

    def _recurring(self, appointment: Appointment, first: date, month: int) -> Event:
        from icalendar import vRecur  # noqa: PLC0415 - as above

        timing = appointment.timing
        event = self._event(appointment, appointment.name, MONTHS[month - 1].lower() if month else "")
        if timing.at:
            begin = self._moment(appointment, first, timing.at)
            event.add("DTSTART", begin)
            if timing.minutes:
                event.add("DTEND", self._moment(appointment, first, timing.at, timing.minutes))
        else:
            event.add("DTSTART", first)
            event.add("DTEND", days_after(last_day(first, timing.working_days), 1))
            _block_no_time(event)
        rule = recurrence_rule(timing.recurrence, month)
        if rule:
            event.add("RRULE", vRecur(rule | self._end(appointment)))
        excepted = [
            self._moment(appointment, day, timing.at) if timing.at else day
            for day in exceptions(timing)
            if not month or day.month == month
        ]
        if excepted:
            event.add("EXDATE", excepted, parameters={} if timing.at else {"VALUE": "DATE"})
        return event

    def _end(self, appointment: Appointment) -> dict[str, Any]:
        timing = appointment.timing
        if not timing.until:
            return {}
        if not timing.at:
            return {"UNTIL": timing.until}
        return {"UNTIL": self._moment(appointment, timing.until, timing.at).astimezone(UTC)}

    def _deadlines(self, appointment: Appointment) -> Iterator[Event]:
        """Yield the deadlines before the events of this year and the next."""
        deadline = appointment.timing.deadline
        if not deadline:
            return
        year = self.basis.today.year
        ahead = takewhile(lambda day: day.year <= year + 1, appointment.timing.days())
        for due in appointment.dues(day for day in ahead if day.year >= year):
            name = f"{appointment.task}: {appointment.name}"
            event = self._event(appointment, name, f"deadline.{due.day}", due)
            event.add("DTSTART", self._moment(appointment, due.day, deadline.at) if deadline.at else due.day)
            _block_no_time(event)
            yield event

    def _readings(self) -> Iterator[Event]:
        """Yield an event for each day by which values of metrics are due, with who records them.

        Everyone gets the feed, so the metrics of a day share an event.
        """
        from icalendar import Event  # noqa: PLC0415 - as above

        found: dict[date, list[MetricValue]] = {}
        for value in metric_values(self.basis) if "metric" in self.basis.catalogue.kinds else ():
            if value.due:
                found.setdefault(value.due, []).append(value)
        for day, values in sorted(found.items()):
            event = Event()
            event.add("UID", f"readings.{day}@{_DOMAIN}")
            event.add("DTSTAMP", datetime.combine(max(each.day for each in values), time(), UTC))
            title = ngettext("Record %(num)s metric value", "Record %(num)s metric values", len(values))
            names = ", ".join(each.metric.name for each in values)
            event.add("SUMMARY", f"{title}: {names}")
            event.add("DTSTART", day)
            _block_no_time(event)
            event.add("DESCRIPTION", "\n\n".join(map(self._reading, values)))
            yield event

    def _reading(self, value: MetricValue) -> str:
        """Return who records the value of a metric, the last one, and the URL of its page."""
        owners = ", ".join(owner.name for owner in owners_of(self.basis, value.metric))
        last = _("Last value: %(value)s on %(day)s", value=value.value, day=in_words(value.day))
        name = f"{value.metric.name} ({owners})" if owners else value.metric.name
        return "\n".join(filter(None, (name, last, self._address(value.metric))))

    def _moment(self, appointment: Appointment, day: date, at: str, minutes: int = 0) -> datetime:
        """Return a time in the time zone of an event, a number of minutes later by the clock."""
        zone = self._zone_of(appointment)
        local = datetime.combine(day, time.fromisoformat(at)) + timedelta(minutes=minutes)
        return local.replace(tzinfo=UTC if zone.key in _UTC else zone)

    def _event(self, appointment: Appointment, name: str, part: str, due: Due | None = None) -> Event:
        from icalendar import Event  # noqa: PLC0415 - as above

        event = Event()
        names = filter(None, (appointment.process.id, appointment.id, part))
        event.add("UID", f"{'.'.join(names)}@{_DOMAIN}")
        event.add("DTSTAMP", datetime.combine(_changed(appointment), time(), UTC))
        event.add("SUMMARY", name)
        address = self._address(appointment.process)
        event.add("DESCRIPTION", "\n\n".join(filter(None, (*_description(appointment, due), address))))
        if address:
            event.add("URL", address)
        return event

    def _address(self, entry: Entry) -> str:
        """Return the URL of the page of an entry; empty if unknown."""
        if not self.site_url:
            return ""
        return f"{self.site_url.rstrip('/')}/{Place('index.md', self.directory_urls).url(entry.page)}"


def _block_no_time(event: Event) -> None:
    event.add("TRANSP", "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")


def _description(appointment: Appointment, due: Due | None) -> Iterator[str]:
    process = appointment.process
    if due:
        yield _("For %(event)s on %(day)s", event=appointment.name, day=in_words(due.event))
    yield ": ".join(filter(None, (process.name, process.data.get("summary"))))
    if appointment.deadline and not due:
        yield appointment.deadline
    if appointment.who:
        yield _("Participants: %(names)s", names=", ".join(entry.name for entry in appointment.who))


def _changed(appointment: Appointment) -> date:
    """Return the date of the last change or review of the process."""
    data = appointment.process.data
    days = [date.fromisoformat(change["date"]) for change in data.get("changes", ())]
    reviewed = day_at(data, ("review", "last"))
    return max([*days, reviewed] if reviewed else days, default=appointment.timing.since)
