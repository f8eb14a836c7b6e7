"""Days before and after a date. The calendar has a first and a last day, and entries can name both."""

from __future__ import annotations

from datetime import date


def days_after(day: date, number: int) -> date:
    """Return the date that is a number of days later; at the ends of the calendar, its first or last day.

    Args:
        day: The date.
        number: The number of days; below zero for a date before it.
    """
    return date.fromordinal(max(1, min(day.toordinal() + number, date.max.toordinal())))


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    december = 12
    return date(year, month, 31) if month == december else days_after(date(year, month + 1, 1), -1)
