"""The filters of views for dates, numbers and texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import isfinite
from typing import Any

from jinja2.filters import FILTERS as DEFAULT_FILTERS
from markupsafe import Markup, escape

from handbook.base.numbers import (
    Number,
    exact,
    format_fixed,
    format_number,
    format_percent,
    format_significant,
    in_percent,
    round_half_away,
    round_significant,
)
from handbook.base.sentences import period_in_words
from handbook.base.text import Plain, finalize, in_words
from handbook.render.missing import passes_missing

_WIDE = re.compile(r"\*|\d{3}")
_FORM = re.compile(r"%[#0\- +]*\d*(?:\.(?P<places>\d*))?[hlL]?(?P<form>.)", re.DOTALL)
_MOST_PLACES = 20


@passes_missing
def day(value: str) -> Plain:
    """Return a date for readers: `2026-09-01` becomes "1 September 2026"."""
    return Plain(in_words(value))


@passes_missing
def period(first: str, last: str) -> Plain:
    """Return a first and a last day for readers, in short and without what they share."""
    return Plain(period_in_words(date.fromisoformat(first), date.fromisoformat(last)))


@passes_missing
def number(value: Number, places: int | None = None) -> Plain:
    """Return a number with thousands separators and two decimal places, or none for a whole number.

    Args:
        value: The number.
        places: The most decimal places to show, instead.
    """
    if places is None:
        return Plain(format_fixed(value, 0 if exact(value).denominator == 1 else 2))
    return Plain(format_number(value, _places(places)))


@passes_missing
def percent(part: Number, whole: Number = 1, places: int | None = None) -> Plain:
    """Return a part of a whole as a percentage, such as "26.7%" for `4` of `15`.

    Args:
        part: The part.
        whole: The whole.
        places: The decimal places, to compare values; without it, one or none for a whole number.
    """
    if places is None:
        return Plain(format_percent(part, whole))
    return Plain(in_percent(format_fixed(100 * exact(part) / exact(whole), _places(places))))


@passes_missing
def significant(value: Number, digits: int = 3) -> Plain:
    """Return a number with significant digits: `0.016667 | significant` is "0.0167"."""
    return Plain(format_significant(value, max(_places(digits), 1)))


def round_number(value: Any, precision: int = 0, method: str = "common") -> Any:
    """Replace the rounding filter of Jinja with ours: half away from zero, by the decimal digits."""
    is_usual = method == "common" and isinstance(precision, int)
    if not is_usual or not isinstance(value, (int, float, Fraction)) or not _is_finite(value):
        return DEFAULT_FILTERS["round"](value, precision, method)
    rounded = round_half_away(value, precision)
    return int(rounded) if isinstance(value, int) else float(rounded)


def _is_finite(value: Number) -> bool:
    return isinstance(value, Fraction) or isfinite(value)


def _places(places: int) -> int:
    if isinstance(places, bool) or not isinstance(places, int):
        raise TypeError("the number of decimal places must be a whole number")
    if not 0 <= places <= _MOST_PLACES:
        raise ValueError(f"a number has from 0 to {_MOST_PLACES} decimal places")
    return places


def quoted(text: str) -> str:
    """Return a text as a Markdown quotation, for downloads."""
    return "\n".join(f"> {line}".rstrip() for line in str(text).strip().splitlines())


def join(values: Iterable[Any], separator: str = ", ") -> Markup:
    """Join displayed values. The join of Jinja escapes plain text for HTML only."""
    return escape(separator).join(escape(finalize(value)) for value in values)


def formatted(pattern: str, *values: object) -> str:
    """Insert values into a text, as in `"%.1f" | format(0.25)`, rounded half away from zero.

    Raises:
        ValueError: The width is too large.
    """
    if _WIDE.search(pattern) or not all(isinstance(value, (str, int, float)) for value in values):
        raise ValueError("a format takes texts and numbers, and widths below a hundred")
    forms = [match for match in _FORM.finditer(str(pattern)) if match["form"] != "%"]
    rounded = [_rounded_for(form, value) for form, value in zip(forms, values, strict=False)]
    return str(pattern) % (*rounded, *values[len(rounded) :])


def _rounded_for(form: re.Match[str], value: Any) -> Any:
    """Return a value rounded to what a conversion shows, so that Python has no half left to round."""
    if isinstance(value, str) or not isfinite(value):
        return value
    places = int(form["places"] or 0) if form["places"] is not None else 6
    if form["form"] in "diu":
        return int(round_half_away(value))
    if form["form"] in "fF":
        return float(round_half_away(value, places))
    if form["form"] in "eEgG":
        return float(round_significant(value, places + 1 if form["form"] in "eE" else max(places, 1)))
    return value
