"""A month of the calendar and its agenda. In the browser, `calendar_month.js` does the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from handbook.base.days import days_after, last_of_month
from handbook.base.language import _
from handbook.base.sentences import day_and_month, in_part, month_in_words, weekday_in_words
from handbook.kinds.process.occasion import Occasion, minutes_of

WEEKS = 4
"""How many weeks a month shows at least, from that of today."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """An event of several days in a week of the month.

    Attributes:
        occasion: The event.
        begin: Its first day in the week; Monday is 0.
        end: Its last day in the week.
        lane: Its place among the bars of the week, from the top.
        goes_on: Whether it goes on after the week.
        went_on: Whether it began before the week.
    """

    occasion: Occasion
    begin: int
    end: int
    lane: int
    goes_on: bool
    went_on: bool


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month.

    Attributes:
        day: The date.
        is_outside: Whether it belongs to the month before or after.
        occasions: Its events, without those of several days.
    """

    day: date
    is_outside: bool
    occasions: tuple[Occasion, ...]

    @property
    def name(self) -> str:
        """The date in words, such as "Tuesday 24 November"."""
        return _in_words(self.day)

    @property
    def number(self) -> str:
        """The day of the month; where another month begins, with its name."""
        if self.is_outside and (self.day.day == 1 or not self.day.weekday()):
            return day_and_month(self.day, short=True)
        return str(self.day.day)


@dataclass(frozen=True, slots=True)
class MonthWeek:
    """A week of the month.

    Attributes:
        days: Its days, from Monday.
        bars: Its events of several days.
        lanes: How many bars are above each other.
    """

    days: tuple[MonthDay, ...]
    bars: tuple[Bar, ...]
    lanes: int


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """A day of the agenda.

    Attributes:
        day: The date.
        occasions: Its events and deadlines.
    """

    day: date
    occasions: tuple[Occasion, ...]

    @property
    def name(self) -> str:
        """The date in words, such as "Tuesday 24 November"."""
        return _in_words(self.day)


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month, what comes next in it, and the time that it takes.

    Attributes:
        name: The month and year.
        weekdays: The names of the days of the week, from Monday.
        past_weeks: The weeks that are over.
        weeks: The week of the date and the three after it, and the others of the month.
        has_weekends: Whether something takes place on a Saturday or Sunday.
        soon: The agenda of this week and the next.
        later: The agenda of the rest of the month.
        meetings: How many events with a known duration the month has.
        hours: How long these take together, in words.
        further: The names of its events of several days.
    """

    name: str
    weekdays: tuple[str, ...]
    past_weeks: tuple[MonthWeek, ...]
    weeks: tuple[MonthWeek, ...]
    has_weekends: bool
    soon: tuple[AgendaDay, ...]
    later: tuple[AgendaDay, ...]
    meetings: int
    hours: str
    further: tuple[str, ...]

    @property
    def later_number(self) -> int:
        """How many events and deadlines the rest of the month has."""
        return sum(len(each.occasions) for each in self.later)


def view_month(found: Sequence[Occasion], today: date) -> MonthView:
    """Return the month of a date with the agenda from that date.

    Args:
        found: The events and deadlines, from the first week of the month to the end of the agenda.
        today: The date.
    """
    first, last = today.replace(day=1), last_of_month(today.year, today.month)
    soon_until = end_of_week(today, 2)
    weeks = tuple(
        _week(found, monday, today.month) for monday in _mondays(first, max(last, end_of_week(today, WEEKS)))
    )
    in_month = [each for each in found if not each.event and first <= each.day <= last]
    timed = [minutes for each in in_month if (minutes := minutes_of(each.appointment))]
    return MonthView(
        name=month_in_words(first),
        weekdays=tuple(in_part(each.day, "EEE", f"{each.day:%a}") for each in weeks[0].days),
        past_weeks=tuple(week for week in weeks if week.days[-1].day < today),
        weeks=tuple(week for week in weeks if week.days[-1].day >= today),
        has_weekends=any(day.occasions for week in weeks for day in week.days[5:]),
        soon=_agenda(found, today, soon_until),
        later=_agenda(found, days_after(soon_until, 1), last, running=False),
        meetings=len(timed),
        hours=hours_in_words(sum(timed)),
        further=tuple(
            dict.fromkeys(
                each.appointment.name
                for each in found
                if each.is_long and each.day <= last and each.last >= first
            )
        ),
    )


def _in_words(day: date) -> str:
    return _("%(weekday)s %(day)s", weekday=weekday_in_words(day), day=day_and_month(day))


def end_of_week(day: date, number: int) -> date:
    """Return the Sunday of a week, from that of a date, which is number 1."""
    return days_after(day, number * _WEEK - 1 - day.weekday())


def hours_in_words(minutes: int) -> str:
    """Return a number of minutes as readers see it: `9 h 45 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min", minutes=rest)
    if not rest:
        return _("%(hours)s h", hours=hours)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def _mondays(first: date, last: date) -> Iterator[date]:
    day = days_after(first, -first.weekday())
    while day <= last and day <= days_after(date.max, -_WEEK):
        yield day
        day += timedelta(_WEEK)


def _week(found: Sequence[Occasion], monday: date, month: int) -> MonthWeek:
    days = [days_after(monday, number) for number in range(_WEEK)]
    events = [each for each in found if not each.event and each.day <= days[-1] and each.last >= monday]
    bars = tuple(_bars([each for each in events if each.is_long], monday))
    return MonthWeek(
        tuple(
            MonthDay(
                day,
                day.month != month,
                tuple(each for each in events if not each.is_long and each.day == day),
            )
            for day in days
        ),
        bars,
        max((bar.lane + 1 for bar in bars), default=0),
    )


def _bars(events: Iterable[Occasion], monday: date) -> Iterator[Bar]:
    ends: list[int] = []
    for each in events:
        begin = max((each.day - monday).days, 0)
        end = min((each.last - monday).days, _WEEK - 1)
        lane = next((number for number, taken in enumerate(ends) if taken < begin), len(ends))
        ends[lane : lane + 1] = [end]
        yield Bar(each, begin, end, lane, (each.last - monday).days >= _WEEK, each.day < monday)


def _agenda(
    found: Iterable[Occasion], first: date, last: date, *, running: bool = True
) -> tuple[AgendaDay, ...]:
    """Return the agenda of a range of dates; what began before it is on its first day, if `running`."""
    shown = [
        (max(each.day, first), each)
        for each in found
        if each.day <= last and (each.day >= first or (running and each.last >= first))
    ]
    days = groupby(sorted(shown, key=lambda pair: pair[0]), lambda pair: pair[0])
    return tuple(AgendaDay(day, tuple(each for _day, each in pairs)) for day, pairs in days)
