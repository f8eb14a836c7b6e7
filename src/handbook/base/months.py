"""Calendar months."""

from __future__ import annotations

from datetime import date

from handbook.base import sentences


def month_before(month: str) -> str:
    """Return the previous month, with both in the form `2026-10`. Before the first month, there is none."""
    year, number = (int(part) for part in month.split("-"))
    if (year, number) == (1, 1):
        return month
    return f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"


def month_in_words(month: str) -> str:
    """Return a month for readers: `2026-10` becomes "October 2026"."""
    return sentences.month_in_words(date.fromisoformat(f"{month}-01"))


def last_full_month(today: date) -> str:
    """Return the last full month, such as `2026-10`."""
    return month_before(today.isoformat()[:7])


def months_between(first: date, last: date) -> int:
    """Return the full months between two dates: 2 June is one month after 2 May, and 1 June is none."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)
