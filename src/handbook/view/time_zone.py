"""A time zone explained in iCalendar's words, for programs that do not know its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from handbook.figures.recurrence import WEEKDAYS

if TYPE_CHECKING:
    from icalendar import Component, Timezone

_YEARS = 15
"""Years for which a rule has to hold to be called one."""
_WEEKS = (1, 2, 3, 4, -1)
_DAY = timedelta(days=1)


class Change(NamedTuple):
    """One time that the clocks of a zone are changed.

    Attributes:
        at: When, by the clock as it is before.
        before: How far the clock is ahead of UTC until then.
        after: How far from then on.
        name: What the time is called from then on.
    """

    at: datetime
    before: timedelta
    after: timedelta
    name: str


def describe(zone: ZoneInfo, year: int) -> Timezone:
    """What a zone means from the beginning of a year on.

    Outlook reads yearly rules and no lists of days, so a zone whose clocks change by a rule is written as
    one. Where they do not, as with summer time that pauses for Ramadan, the days are listed for others.

    Args:
        zone: The zone.
        year: The year of the first appointment.
    """
    from icalendar import Timezone  # noqa: PLC0415 - a handbook without a feed does not wait for it

    alike: dict[tuple[timedelta, timedelta, str], list[Change]] = defaultdict(list)
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
    """The changes of a zone's clocks, from the beginning of one year to that of another."""
    moment, last = datetime(begin, 1, 1, tzinfo=UTC), datetime(end, 1, 1, tzinfo=UTC)
    while moment < last:
        following = moment + _DAY
        if _offset(zone, moment) != _offset(zone, following):
            yield _change(zone, moment, following)
        moment = following


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> Change:
    """The change between two moments of which the clocks disagree, to the second."""
    before = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
    local = (late + before).replace(tzinfo=None)
    return Change(local, before, _offset(zone, late), late.astimezone(zone).tzname() or zone.key)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(alike: Sequence[Change]) -> dict[str, Any]:
    """The yearly rule of changes that are alike; empty when they follow none."""
    years = [change.at.year for change in alike]
    places = {(change.at.month, change.at.weekday(), change.at.time()) for change in alike}
    weeks = [week for week in _WEEKS if all(_is_in(change.at, week) for change in alike)]
    if years != list(range(years[0], years[0] + _YEARS + 1)) or len(places) > 1 or not weeks:
        return {}
    first = alike[0].at
    day = WEEKDAYS[first.weekday()][:2].upper()
    return {"FREQ": "YEARLY", "BYDAY": f"{weeks[0]}{day}", "BYMONTH": first.month}


def _is_in(day: datetime, week: int) -> bool:
    """Whether a day is the first, second, … or last of its weekday in its month."""
    return (day + 7 * _DAY).month != day.month if week < 0 else (day.day + 6) // 7 == week


def _part(alike: Sequence[Change], rule: dict[str, Any]) -> Component:
    """One half of a zone: the changes to summer time, or those from it."""
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
