"""Dates at the ends of the calendar: entries can name them, and nothing fails."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from handbook.base.days import days_after, last_of_month
from handbook.base.months import last_full_month
from handbook.base.quarters import Quarter
from handbook.base.recurrence import last_day, working_days_before
from handbook.feeds.calendar import CalendarFeed
from handbook.kinds.attention import attention
from handbook.kinds.phase.order import phases_in_order
from handbook.kinds.process.calendar import calendar
from handbook.loaded.handbook import load
from tests.conftest import MakeSite

PHASE = """name: Start
summary: Starts.
weeks: {from: 1, to: 4}
period: A month
starts_on: DAY
review: {last: DAY, next: DAY}
tasks: [{id: a, name: A, what: Do it., state: open}]
"""
RITUAL = """# An event with an end is quick to follow through the years.
name: Meeting
summary: Meets.
why: To talk.
cadence: monthly
calendar:
  - repeats: every second Tuesday of the month
    until: 2027-06-01
    at: "9:00"
    lasts: 30 minutes
    deadline: {name: Plan, weekday: Friday}
"""


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (days_after(date.max, 1), date.max),
        (days_after(date.min, -(10**9)), date.min),
        (days_after(date(2027, 12, 31), 60), date(2028, 2, 29)),
        (last_of_month(9999, 12), date.max),
        (last_of_month(2028, 2), date(2028, 2, 29)),
        (Quarter.of(date.max).last_day, date.max),
        (Quarter.of(date(2028, 1, 1)).last_day, date(2028, 3, 31)),
        (last_day(date.max, 30), date.max),
        (working_days_before(date.min, 12), date.min),
        (last_full_month(date.min), "0001-01"),
        (last_full_month(date(2027, 1, 15)), "2026-12"),
    ],
)
def test_the_calendar_has_a_first_and_a_last_day(found: object, expected: object) -> None:
    assert found == expected


def test_months_end_on_the_day_before_the_next_begins() -> None:
    firsts = [date(year, month, 1) for year in (1999, 2000, 2028, 2100) for month in range(1, 13)]
    for first, following in pairwise(firsts):
        if following.year == first.year:
            assert days_after(last_of_month(first.year, first.month), 1) == following


@pytest.mark.parametrize(
    ("day", "today"), [("0001-01-01", date(2026, 11, 23)), ("9999-12-31", date.min), ("2026-11-23", date.max)]
)
def test_extreme_dates_are_shown(make_site: MakeSite, day: str, today: date) -> None:
    files = {
        "sources/adoption/phases/start.yaml": PHASE.replace("DAY", day),
        "sources/processes/meet.yaml": RITUAL,
    }
    basis = load(make_site(files), today).basis
    for figure in (attention, calendar, phases_in_order):
        assert figure(basis) is not None
    assert list(CalendarFeed(basis, "Test", "", directory_urls=True).all())
