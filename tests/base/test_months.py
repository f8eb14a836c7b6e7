"""Calendar months."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.base.months import last_full_month, month_before, month_in_words, months_between


@pytest.mark.parametrize(
    ("today", "month"), [("2026-11-23", "2026-10"), ("2026-11-01", "2026-10"), ("2027-01-31", "2026-12")]
)
def test_the_last_full_month_is_the_one_before_this(today: str, month: str) -> None:
    assert last_full_month(date.fromisoformat(today)) == month


@pytest.mark.parametrize(("month", "before"), [("2026-10", "2026-09"), ("2026-01", "2025-12")])
def test_before_january_comes_december(month: str, before: str) -> None:
    assert month_before(month) == before


def test_a_month_is_said_in_words() -> None:
    assert month_in_words("2026-03") == "March 2026"


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-05-23", "2026-11-22", 17),
        ("2025-05-23", "2026-11-23", 18),
        ("2026-11-23", "2026-11-23", 0),
        ("2026-10-31", "2026-11-30", 0),
        ("2026-10-31", "2026-12-31", 2),
    ],
)
def test_a_month_is_over_on_the_same_day_of_the_next(first: str, last: str, months: int) -> None:
    assert months_between(date.fromisoformat(first), date.fromisoformat(last)) == months
