"""Days that come again, and the words that say so."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice

import pytest
from dateutil.rrule import FR, MONTHLY, TU, WEEKLY, rrule  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from handbook.base.recurrence import (
    EVERY_MONTH,
    MONTHS,
    WEEKDAYS,
    WORKING_DAYS,
    Recurrence,
    last_day,
    working_days_before,
)
from handbook.base.rhythm import FORMS, RhythmError, read_rhythm
from handbook.base.rhythm_words import deadline_in_words, recurrence_in_words

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
WEEKS = st.sampled_from(["first", "second", "third", "fourth", "last"])
POSITIONS = st.sampled_from([1, 2, 3, 4, -1])
SOME_WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
PERIODS = st.sampled_from([(1, EVERY_MONTH), (1, (3, 6)), (1, (2,))])
"""The interval and the months of a monthly rule; quarterly ones depend on the end that is counted from."""


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """Every rule that words can say, but single dates."""
    unit = draw(st.sampled_from(["day", "week", "month", "quarter"]))
    if unit == "day":
        return Recurrence("day")
    if unit == "week":
        return Recurrence("week", draw(st.integers(1, 20)), draw(SOME_WEEKDAYS))
    position = draw(POSITIONS)
    day = draw(st.sampled_from([0, 0, -1, 1, 15, 28, 29, 31]))
    weekdays = draw(st.sampled_from([(0,), (4,), (6,), WORKING_DAYS])) if not day else ()
    is_last = (day or position) < 0
    interval, months = (3, EVERY_MONTH[2 if is_last else 0 :: 3]) if unit == "quarter" else draw(PERIODS)
    return Recurrence("month", interval, weekdays, 0 if day else position, day, months)


@pytest.mark.parametrize(
    ("words", "since", "expected"),
    [
        ("every Tuesday", "2026-11-24", ["2026-11-24", "2026-12-01", "2026-12-08"]),
        ("every Tuesday", "2026-11-25", ["2026-12-01", "2026-12-08", "2026-12-15"]),
        ("every other Thursday", "2026-11-23", ["2026-11-26", "2026-12-10", "2026-12-24"]),
        ("every two weeks on Friday and Monday", "2026-11-24", ["2026-11-27", "2026-12-07", "2026-12-11"]),
        ("first Monday of the month", "2026-11-03", ["2026-12-07", "2027-01-04", "2027-02-01"]),
        ("fourth Monday of the month", "2026-11-23", ["2026-11-23", "2026-12-28", "2027-01-25"]),
        ("last Friday of the month", "2026-11-28", ["2026-12-25", "2027-01-29", "2027-02-26"]),
        ("first Monday of March and December", "2026-11-23", ["2026-12-07", "2027-03-01", "2027-12-06"]),
        ("last Sunday of December, January", "2026-11-23", ["2026-12-27", "2027-01-31", "2027-12-26"]),
        ("last Friday of the quarter", "2026-11-23", ["2026-12-25", "2027-03-26", "2027-06-25"]),
        ("second working day of each month", "2026-11-23", ["2026-12-02", "2027-01-04", "2027-02-02"]),
        ("last working day of the year", "2026-11-23", ["2026-12-31", "2027-12-31", "2028-12-29"]),
        ("last day of February", "2026-11-23", ["2027-02-28", "2028-02-29", "2029-02-28"]),
        ("29th of February", "2026-11-23", ["2028-02-29", "2032-02-29", "2036-02-29"]),
        ("the 31st of each month", "2026-11-23", ["2026-12-31", "2027-01-31", "2027-03-31"]),
        ("THE  first monday of each Month", "2026-11-23", ["2026-12-07", "2027-01-04", "2027-02-01"]),
        ("once, on 2027-03-01", "2026-11-23", ["2027-03-01"]),
        ("once, on 2026-03-01", "2026-11-23", []),
    ],
)
def test_the_words_of_an_entry_give_its_days(words: str, since: str, expected: list[str]) -> None:
    days = islice(read_rhythm(words).days(date.fromisoformat(since)), 3)
    assert [day.isoformat() for day in days] == expected


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("every tusday", "Did you mean `every Tuesday`?"),
        ("every othr thursday", "Did you mean `every other Thursday`?"),
        ("every mon and thurs", "Did you mean `every Monday and Thursday`?"),
        ("lst working day of the quartr", "Did you mean `last working day of the quarter`?"),
        ("every 2 week on Fri", "Did you mean `every other Friday`?"),
        ("Mondays", "Did you mean `every Monday`?"),
        ("Weekly on Monday.", "Did you mean `every Monday`?"),
        ("every second Tuesday", "Use `every other Tuesday` or `second Tuesday of the month`"),
        ("every third Friday", "Use `every three weeks on Friday` or `third Friday of the month`"),
    ],
)
def test_a_near_miss_is_told_what_was_probably_meant(words: str, hint: str) -> None:
    with pytest.raises(RhythmError) as caught:
        read_rhythm(words)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "words",
    ["", "now and then", "every", "0th of the month", "32nd of the month", "9" * 9999 + "th of the month"],
)
def test_anything_else_is_shown_the_forms(words: str) -> None:
    with pytest.raises(RhythmError) as caught:
        read_rhythm(words)
    assert caught.value.hint.startswith("Use a form such as `every Tuesday`, ")


def test_a_day_that_does_not_exist_is_named() -> None:
    with pytest.raises(RhythmError, match=r"^`2027-02-30` is not a valid date$"):
        read_rhythm("once, on 2027-02-30")


@given(recurrences())
def test_what_is_said_can_be_read_back(recurrence: Recurrence) -> None:
    assert read_rhythm(recurrence_in_words(recurrence)) == recurrence


@given(recurrences(), DAYS)
def test_days_are_in_order_and_never_before_the_first(recurrence: Recurrence, since: date) -> None:
    days = list(islice(recurrence.days(since), 30))
    assert days == sorted(set(days))
    assert not days or days[0] >= since


@pytest.mark.parametrize("words", FORMS)
def test_every_form_that_is_offered_can_be_read(words: str) -> None:
    assert read_rhythm(words)


@given(DAYS, WEEKS)
def test_the_days_of_a_month_are_those_of_dateutil(since: date, week: str) -> None:
    place = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[week]
    expected = rrule(MONTHLY, dtstart=_noon(since), byweekday=FR(place), count=20)
    days = islice(read_rhythm(f"{week} Friday of the month").days(since), 20)
    assert list(days) == [day.date() for day in expected]


@given(DAYS)
def test_every_other_week_counts_from_the_first_day(since: date) -> None:
    days = list(islice(read_rhythm("every other Tuesday").days(since), 20))
    expected = rrule(WEEKLY, interval=2, dtstart=_noon(days[0]), byweekday=TU, count=20)
    assert days == [day.date() for day in expected]
    assert (days[0] - since).days in range(7)


@given(DAYS.filter(lambda day: day.weekday() < 5), st.integers(1, 300))
def test_working_days_are_counted_without_weekends(first: date, number: int) -> None:
    """From a working day, as many of them lie up to the last day as were asked for."""
    last = last_day(first, number)
    between = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    assert len([day for day in between if day.weekday() < 5]) == number
    assert last.weekday() < 5


@given(DAYS, st.integers(1, 300))
def test_so_many_working_days_before_a_day_is_a_working_day(day: date, number: int) -> None:
    before = working_days_before(day, number)
    between = [date.fromordinal(each) for each in range(before.toordinal(), day.toordinal())]
    assert len([each for each in between if each.weekday() < 5]) == number
    assert before.weekday() < 5


@given(st.sampled_from(WEEKDAYS), WEEKS, st.lists(st.sampled_from(MONTHS), min_size=1, max_size=12))
def test_the_forms_of_earlier_versions_are_still_read(day: str, week: str, months: list[str]) -> None:
    for words in (f"every {day}", f"every other {day}", f"{week} {day} of {', '.join(months)}"):
        assert next(read_rhythm(words).days(date(2026, 1, 1))).weekday() == WEEKDAYS.index(day)


@pytest.mark.parametrize(
    "day", ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "31st"]
)
def test_a_day_of_the_month_has_its_ending(day: str) -> None:
    assert recurrence_in_words(read_rhythm(f"{day} of each month")) == f"{day} of the month"


def test_a_deadline_is_said_with_and_without_its_time() -> None:
    assert deadline_in_words(4, 0, "12:00") == "by 12:00 on the Friday before"
    assert deadline_in_words(4, 0, "") == "by the Friday before"
    assert deadline_in_words(-1, 1, "12:00") == "by 12:00, one working day before"
    assert deadline_in_words(-1, 5, "") == "at least five working days before"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
