"""Format the numbers of an experiment."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.base.numbers import (
    Number,
    exact,
    format_fixed,
    format_number,
    format_significant,
    in_percent,
    places_for,
)

_LEAST_P = 0.0001
_DIGITS = 3
"""Significant digits."""


def values(numbers: Sequence[Number], *, is_proportion: bool) -> tuple[str, ...]:
    """Return values to compare: means with three significant digits, or proportions in percent.

    Percentages have the same number of decimal places: 12.3% and 16.0%.
    """
    if not is_proportion:
        return tuple(map(digits, numbers))
    percent = [100 * exact(number) for number in numbers]
    places = max((places_for(number, _DIGITS) for number in percent), default=0)
    return tuple(in_percent(format_fixed(number, places)) for number in percent)


def percentage(number: Number) -> str:
    """Return a percentage with three significant digits."""
    return in_percent(digits(number))


def signed(number: Number) -> str:
    """Return a difference with its sign and three significant digits."""
    return f"+{digits(number)}" if number > 0 else digits(number)


def signed_percentage(number: Number) -> str:
    """Return a difference in percent with its sign and three significant digits."""
    return f"+{percentage(number)}" if number > 0 else percentage(number)


def digits(number: Number) -> str:
    """Return a number with three significant digits."""
    return format_significant(number, _DIGITS)


def chance(p: float) -> str:
    """Return a p-value with two significant digits; below one in ten thousand, only that it is below."""
    return f"p < {format_number(_LEAST_P, 4)}" if p < _LEAST_P else f"p = {format_significant(p, 2)}"
