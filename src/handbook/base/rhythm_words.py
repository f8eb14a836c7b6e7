"""Say how often something takes place. All words about rhythms for readers are here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from handbook.base.language import N_, _, current, ngettext, pgettext
from handbook.base.recurrence import EVERY_MONTH, WORKING_DAYS, Recurrence
from handbook.base.sentences import in_part, in_words, listed, weekday_in_words

NUMBERS = MappingProxyType(
    {
        2: N_("two"),
        3: N_("three"),
        4: N_("four"),
        5: N_("five"),
        6: N_("six"),
        7: N_("seven"),
        8: N_("eight"),
        9: N_("nine"),
        10: N_("ten"),
        11: N_("eleven"),
        12: N_("twelve"),
    }
)
POSITIONS = MappingProxyType({1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"})
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_MOST_DAYS = 3
_TEENS = range(11, 14)
_MONDAY = date(2024, 1, 1)


def rhythm_in_words(recurrence: Recurrence, until: date | None, excepted: Collection[date]) -> str:
    """Return a recurrence with its end and exceptions: "every Tuesday, until 30 June 2027".

    Args:
        recurrence: The recurrence.
        until: The last possible date; `None` for no end.
        excepted: The exceptions to name.
    """
    words = recurrence_in_words(recurrence)
    if until:
        words = _("%(rhythm)s, until %(day)s", rhythm=words, day=in_words(until))
    if not excepted:
        return words
    days = [in_words(day) for day in sorted(excepted)]
    if len(days) <= _MOST_DAYS:
        return _("%(rhythm)s, except %(days)s", rhythm=words, days=listed(days))
    number = len(days) - 1
    return _("%(rhythm)s, except %(day)s and %(number)s more dates", rhythm=words, day=days[0], number=number)


def deadline_in_words(weekday: int, working_days: int, at: str) -> str:
    """Return a deadline before an event: "by 12:00 on the Friday before".

    Args:
        weekday: The day of the week; Monday is 0. If it is negative, `working_days` counts.
        working_days: The number of working days before the event.
        at: The time; empty for any time that day.
    """
    if weekday < 0:
        amount = _(NUMBERS[working_days]) if working_days in NUMBERS else str(working_days)
        before = ngettext(
            "one working day before", "%(amount)s working days before", working_days, amount=amount
        )
        if at:
            return _("by %(time)s, %(before)s", time=at, before=before)
        return _("at least %(before)s", before=before)
    day = _weekday(weekday)
    if at:
        return _("by %(time)s on the %(weekday)s before", time=at, weekday=day)
    return _("by the %(weekday)s before", weekday=day)


def recurrence_in_words(recurrence: Recurrence) -> str:
    """Return a recurrence for readers: "every other Thursday", "first Monday of the month"."""
    if recurrence.unit == "day":
        return _("daily")
    if recurrence.unit == "week":
        return _weekly(recurrence)
    if recurrence.unit == "month":
        return _monthly(recurrence)
    return _("once, on %(day)s", day=in_words(recurrence.single)) if recurrence.single else ""


def _weekly(recurrence: Recurrence) -> str:
    days = listed([_weekday(weekday) for weekday in recurrence.weekdays])
    if recurrence.interval == 1:
        is_each = recurrence.weekdays == WORKING_DAYS
        return _("every weekday") if is_each else _("every %(days)s", days=days)
    if recurrence.interval == 2 and len(recurrence.weekdays) == 1:  # noqa: PLR2004 - "every other"
        return _("every other %(day)s", day=days)
    number = recurrence.interval
    words = _(NUMBERS[number]) if number in NUMBERS else str(number)
    return _("every %(number)s weeks on %(days)s", number=words, days=days)


def _monthly(recurrence: Recurrence) -> str:
    day = _day(recurrence)
    if recurrence.interval > 1:
        return _("%(day)s of the quarter", day=day)
    if recurrence.months == EVERY_MONTH:
        return _("%(day)s of the month", day=day)
    return _("%(day)s of %(months)s", day=day, months=_names(recurrence.months))


def _day(recurrence: Recurrence) -> str:
    if recurrence.day:
        return _("last day") if recurrence.day < 0 else _ordinal(recurrence.day)
    is_one = len(recurrence.weekdays) == 1
    what = _weekday(recurrence.weekdays[0]) if is_one else _("working day")
    return _("%(position)s %(weekday)s", position=_position(recurrence.position), weekday=what)


def _position(number: int) -> str:
    """Return the ordinal of a day; other languages have other forms of it for other words."""
    return {
        1: pgettext("day", "first"),
        2: pgettext("day", "second"),
        3: pgettext("day", "third"),
        4: pgettext("day", "fourth"),
        -1: pgettext("day", "last"),
    }[number]


def _weekday(number: int) -> str:
    return weekday_in_words(_MONDAY + timedelta(number))


def _names(months: Sequence[int]) -> str:
    first_days = (_MONDAY.replace(month=month) for month in months)
    return listed([in_part(day, "LLLL", f"{day:%B}") for day in first_days])


def _ordinal(number: int) -> str:
    if not current().is_english:
        return f"{number}."
    ending = "th" if number in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
