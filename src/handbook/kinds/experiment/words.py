"""Format the numbers of an experiment."""

from __future__ import annotations

from handbook.base.language import current
from handbook.base.numbers import Number, exact, format_number, format_significant

_LEAST_P = 0.0001


def value(number: Number, *, is_proportion: bool) -> str:
    """Return a proportion in percent, or a mean, with three significant digits."""
    return percentage(100 * exact(number)) if is_proportion else digits(number)


def percentage(number: Number) -> str:
    """Return a percentage with three significant digits."""
    return current().symbols.percent.replace("#", digits(number))


def signed(number: Number) -> str:
    """Return a difference with its sign and three significant digits."""
    return f"+{digits(number)}" if number > 0 else digits(number)


def signed_percentage(number: Number) -> str:
    """Return a difference in percent with its sign and three significant digits."""
    return f"+{percentage(number)}" if number > 0 else percentage(number)


def digits(number: Number) -> str:
    """Return a number with three significant digits."""
    return format_significant(number, 3)


def chance(p: float) -> str:
    """Return a p-value with two significant digits; below one in ten thousand, only that it is below."""
    return f"p < {format_number(_LEAST_P, 4)}" if p < _LEAST_P else f"p = {format_significant(p, 2)}"
