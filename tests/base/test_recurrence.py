"""Days that come again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice

import pytest
from dateutil.rrule import FR, MONTHLY, TU, WEEKLY, rrule  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from handbook.base.recurrence import MONTHS, WEEKDAYS, last_day, read_recurrence
from tests.shipped_kinds import KINDS

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
WEEKS = st.sampled_from(["first", "second", "third", "fourth", "last"])


@pytest.mark.parametrize(
    ("words", "since", "expected"),
    [
        ("every Tuesday", "2026-11-24", ["2026-11-24", "2026-12-01", "2026-12-08"]),
        ("every Tuesday", "2026-11-25", ["2026-12-01", "2026-12-08", "2026-12-15"]),
        ("every other Thursday", "2026-11-23", ["2026-11-26", "2026-12-10", "2026-12-24"]),
        ("first Monday of the month", "2026-11-03", ["2026-12-07", "2027-01-04", "2027-02-01"]),
        ("fourth Monday of the month", "2026-11-23", ["2026-11-23", "2026-12-28", "2027-01-25"]),
        ("last Friday of the month", "2026-11-28", ["2026-12-25", "2027-01-29", "2027-02-26"]),
        ("first Monday of March and December", "2026-11-23", ["2026-12-07", "2027-03-01", "2027-12-06"]),
        ("last Sunday of December, January", "2026-11-23", ["2026-12-27", "2027-01-31", "2027-12-26"]),
    ],
)
def test_the_words_of_an_entry_give_its_days(words: str, since: str, expected: list[str]) -> None:
    days = islice(read_recurrence(words).days(date.fromisoformat(since)), 3)
    assert [day.isoformat() for day in days] == expected


@given(DAYS, WEEKS)
def test_the_days_of_a_month_are_those_of_dateutil(since: date, week: str) -> None:
    place = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[week]
    expected = rrule(MONTHLY, dtstart=_noon(since), byweekday=FR(place), count=20)
    days = islice(read_recurrence(f"{week} Friday of the month").days(since), 20)
    assert list(days) == [day.date() for day in expected]


@given(DAYS)
def test_every_other_week_counts_from_the_first_day(since: date) -> None:
    days = list(islice(read_recurrence("every other Tuesday").days(since), 20))
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


@given(st.sampled_from(WEEKDAYS), WEEKS, st.lists(st.sampled_from(MONTHS), min_size=1, max_size=12))
def test_everything_that_the_schema_allows_can_be_read(day: str, week: str, months: list[str]) -> None:
    steps = [{"id": "a", "name": "A", "role": "pm", "what": "Do."}]
    entry = {"id": "a", "name": "A", "summary": "B.", "trigger": "C.", "steps": steps}
    for words in (f"every {day}", f"every other {day}", f"{week} {day} of {', '.join(months)}"):
        item = {"id": "a", "name": "A", "repeats": words, "since": "2026-01-01", "lasts": "1 day"}
        assert KINDS["process"].validator.fits({**entry, "calendar": [item]})
        assert next(read_recurrence(words).days(date(2026, 1, 1))).weekday() == WEEKDAYS.index(day)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
