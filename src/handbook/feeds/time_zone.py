"""Describe a time zone in iCalendar format, for apps that do not know its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from handbook.base.named_tuples import NamedTuple
from handbook.base.recurrence import WEEKDAYS

if TYPE_CHECKING:
    from icalendar import Component, Timezone

_YEARS = 15
"""The number of years for which a yearly rule must hold."""
_WEEKS = (1, 2, 3, 4, -1)
_FIRST = 3
"""The first year with a year before it whose start exists in every zone."""
_DAY = timedelta(days=1)


class Change(NamedTuple):
    """A clock change in a time zone.

    Attributes:
        at: The local time before the change.
        before: The UTC offset before the change.
        after: The UTC offset after the change.
        name: The name of the time after the change.
    """

    at: datetime
    before: timedelta
    after: timedelta
    name: str


def describe(zone: ZoneInfo, year: int) -> Timezone:
    """Return the description of a time zone from the beginning of a year.

    Outlook reads yearly rules, but no lists of dates, so clock changes are written as a rule if possible.
    Otherwise, as with summer time that pauses for Ramadan, the dates are listed for other apps.

    Args:
        zone: The zone.
        year: The year of the first event.
    """
    from icalendar import Timezone  # noqa: PLC0415 - only a handbook with a feed loads it

    alike: dict[tuple[timedelta, timedelta, str], list[Change]] = defaultdict(list)
    year = max(_FIRST, min(year, date.max.year - _YEARS))
    for change in changes(zone, year - 1, year + _YEARS):
        alike[change[1:]].append(change)
    found = Timezone()
    found.add("TZID", zone.key)
    if not alike:
        start = datetime(year - 1, 1, 1, tzinfo=zone)
        offset = start.utcoffset() or timedelta()
        always = Change(start.replace(tzinfo=None), offset, offset, start.tzname() or zone.key)
        found.add_component(_part([always], {}))
    rules = {kind: _rule(of_kind) for kind, of_kind in alike.items()}
    for kind, of_kind in alike.items():
        found.add_component(_part(of_kind, rules[kind] if all(rules.values()) else {}))
    return found


def changes(zone: ZoneInfo, begin: int, end: int) -> Iterator[Change]:
    """Yield the clock changes of a zone, from the beginning of one year to that of another."""
    moment, last = datetime(begin, 1, 1, tzinfo=UTC), datetime(end, 1, 1, tzinfo=UTC)
    while moment < last:
        following = moment + _DAY
        if _offset(zone, moment) != _offset(zone, following):
            yield _change(zone, moment, following)
        moment = following


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> Change:
    """Return the clock change between two moments with different offsets, to the second."""
    before = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
    local = (late + before).replace(tzinfo=None)
    return Change(local, before, _offset(zone, late), late.astimezone(zone).tzname() or zone.key)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(alike: Sequence[Change]) -> dict[str, Any]:
    """Return the yearly rule of similar changes; empty without a rule."""
    years = [change.at.year for change in alike]
    places = {(change.at.month, change.at.weekday(), change.at.time()) for change in alike}
    weeks = [week for week in _WEEKS if all(_is_in(change.at, week) for change in alike)]
    if years != list(range(years[0], years[0] + _YEARS + 1)) or len(places) > 1 or not weeks:
        return {}
    first = alike[0].at
    day = WEEKDAYS[first.weekday()][:2].upper()
    return {"FREQ": "YEARLY", "BYDAY": f"{weeks[0]}{day}", "BYMONTH": first.month}


def _is_in(day: datetime, week: int) -> bool:
    """Return whether a date is the first, second, … or last of its weekday in its month."""
    return (day + 7 * _DAY).month != day.month if week < 0 else (day.day + 6) // 7 == week


def _part(alike: Sequence[Change], rule: dict[str, Any]) -> Component:
    """Return one part of a zone: the changes to summer time, or from it."""
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur  # noqa: PLC0415 - as above

    first = alike[0]
    part = TimezoneDaylight() if first.after > first.before else TimezoneStandard()
    part.add("DTSTART", first.at)
    part.add("TZOFFSETFROM", first.before)
    part.add("TZOFFSETTO", first.after)
    part.add("TZNAME", first.name)
    if rule:
        part.add("RRULE", vRecur(rule))
    elif len(alike) > 1:
        part.add("RDATE", [change.at for change in alike[1:]])
    return part
