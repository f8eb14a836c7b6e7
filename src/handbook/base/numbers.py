"""Round and format numbers for readers, in one way everywhere: half away from zero.

A float counts as the decimal number that it is written as: 2.675 is 2675/1000 and gives 2.68, although the
nearest binary number is a little less. Sums and shares are calculated from unrounded numbers, and only what
a reader sees is rounded. Readers of another language see its separators. The scripts of the pages do the same
in `browser/words.js`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TypeAlias

from handbook.base.language import current

Number: TypeAlias = int | float | Fraction | Decimal

MINUS = "\N{MINUS SIGN}"
_SMALL, _LARGE = Fraction(1, 10**4), 10**15
"""Beyond these limits a reader cannot count the zeros."""


def exact(number: Number) -> Fraction:
    """Return a number exactly as it is written: 0.1 is a tenth, not the nearest binary number.

    Raises:
        TypeError: It is no number. A text such as "1e999999999" would take minutes to read.
        OverflowError: It is infinite.
        ValueError: It is the float "not a number".
    """
    value: object = number  # views can pass anything
    if isinstance(value, float) and isfinite(value):
        return Fraction(repr(float(value)))
    if isinstance(value, (int, float, Fraction, Decimal)):
        return Fraction(value)
    message = f"{type(value).__name__} is not a number"
    raise TypeError(message)


def round_half_away(number: Number, places: int = 0) -> Fraction:
    """Return a number rounded to decimal places; a half is rounded away from zero.

    Args:
        number: The number.
        places: The decimal places to keep; below zero, the zeros to end with.
    """
    value = exact(number)
    if places >= 0 and 10**places % value.denominator == 0:  # as most numbers are
        return value
    unit = Fraction(10) ** -places
    rounded = unit * ((2 * abs(value) + unit) // (2 * unit))
    return -rounded if value < 0 else rounded


def round_significant(number: Number, digits: int) -> Fraction:
    """Return a number rounded to significant digits; a half is rounded away from zero."""
    value = exact(number)
    return round_half_away(value, digits - 1 - _magnitude(value)) if value else value


def places_for(number: Number, digits: int) -> int:
    """Return the decimal places with which a number has a number of significant digits; 0 for zero."""
    value = exact(number)
    return max(digits - 1 - _magnitude(value), 0) if value else 0


def format_number(number: Number, places: int = 1) -> str:
    """Return a number as readers see it: `4.5`, `1,200`, with a real minus and no needless zeros.

    Args:
        number: The number.
        places: The most decimal places to show.
    """
    return _strip_zeros(format_fixed(number, places))


def format_fixed(number: Number, places: int) -> str:
    """Return a number with exactly these decimal places: `1,234.50`."""
    return _write(round_half_away(number, places), places)


def format_percent(part: Number, whole: Number = 1, places: int = 1) -> str:
    """Return a part of a whole in percent: `26.7%`.

    Args:
        part: The part.
        whole: The whole, which is not 0.
        places: The most decimal places to show.
    """
    return in_percent(format_number(100 * exact(part) / exact(whole), places))


def in_percent(number: str) -> str:
    """Return a number that is already for readers with the sign of percent."""
    return current().symbols.percent.replace("#", number)


def format_significant(number: Number, digits: int = 3) -> str:
    """Return a number with significant digits: `0.0167`, `1,230`, and `1.5e-07` where zeros are too many."""
    rounded = round_significant(number, digits)
    if not rounded:
        return "0"
    power = _magnitude(rounded)
    if _SMALL <= abs(rounded) < _LARGE:
        return _strip_zeros(_write(rounded, max(digits - 1 - power, 0)))
    mantissa = _strip_zeros(_write(rounded / Fraction(10) ** power, digits - 1))
    return f"{mantissa}e{'-' if power < 0 else '+'}{abs(power):02}"


def _write(number: Fraction, places: int) -> str:
    """Return a rounded number in digits."""
    whole, rest = divmod(abs(number.numerator) * 10**places // number.denominator, 10**places)
    symbols = current().symbols
    sign = MINUS if number < 0 else ""
    digits = f"{whole:,}" if symbols.group == "," else f"{whole:,}".replace(",", symbols.group)
    return f"{sign}{digits}{symbols.decimal}{rest:0{places}}" if places > 0 else f"{sign}{digits}"


def _strip_zeros(text: str) -> str:
    decimal = current().symbols.decimal
    return text.rstrip("0").rstrip(decimal) if decimal in text else text


def _magnitude(value: Fraction) -> int:
    """Return the power of ten of the first digit of a number that is not 0."""
    power = len(str(abs(value.numerator))) - len(str(value.denominator))
    return power - (abs(value) < Fraction(10) ** power)
