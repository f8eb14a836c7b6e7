"""Read numbers and dates in the notations of letters and spreadsheets: `1,200`, `$14`, `June 1, 2027`."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from handbook.base.named_tuples import NamedTuple
from handbook.base.thousands import may_be_thousands

_FIRST_FULL_YEAR = 1000
"""Smaller numbers are two-digit years."""
_LAST_DAY = 31

_NUMBER = re.compile(
    r"(?P<before>[A-Za-z]{0,3}[^\w\s.,+-]?)\s*(?P<minus>[-+]?)"
    r"(?P<whole>[1-9]\d{0,2}(?P<mark>[.,'\u2019_ ])\d{3}(?:(?P=mark)\d{3})*|\d+)"
    r"(?P<rest>(?!(?P=mark))[.,]\d+)?"
    r"\s*(?P<after>[^\w\s.,+-]|[A-Za-z]{1,12})?"
)
_THOUSANDS = {"k": 1_000, "m": 1_000_000}
_MARKS = {",": "comma", ".": "point between thousands", " ": "space"}
_BEFORE_DECIMALS = (".", ",")
_OF_THOUSANDS = 3
"""The digits behind a mark between thousands."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_IN_WORDS = tuple(
    re.compile(rf"(?:[A-Za-z]{{3,9}},\s+)?{form}")
    for form in (rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}", rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}")
)
_ONLY_MONTH = re.compile(rf"\b{_MONTH}\s+{_YEAR}$")
_IN_DIGITS = re.compile(r"(\d{1,4})([./\s-])(\d{1,2})\2(\d{1,4})")
_WITHOUT_MARKS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?Z?")


class MeantNumber(NamedTuple):
    """A number in another notation.

    Attributes:
        value: The number.
        other: What it can be, too: 12 for `12.000`, and 1.2 for `1,200` where a comma comes before decimals.
        is_local: Whether it can be the other one only where a comma comes before decimals.
        surplus: What to leave out, in words, such as `no comma`; empty if that is nothing.
        unit: Its unit or currency in letters; empty without one.
        is_percentage: Whether it has a percent sign.
        is_certain: Whether it can be nothing else.
    """

    value: int | float
    other: int | float | None
    is_local: bool
    surplus: str
    unit: str
    is_percentage: bool
    is_certain: bool


def number_meant(text: str) -> MeantNumber | None:
    """Return the number that a text with a sign, commas or a unit means, if it means one."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        return None
    before, after, mark, rest = match["before"], match["after"] or "", match["mark"], match["rest"] or ""
    signs = [sign for sign in before + after if not sign.isalpha()]
    if any(sign != "%" and unicodedata.category(sign) != "Sc" for sign in signs):
        return None
    digits = re.sub(r"\D", "", match["whole"])
    factor = _THOUSANDS.get(after.lower(), 1) * (-1 if match["minus"] == "-" else 1)
    other = None
    if mark and len(rest) > _OF_THOUSANDS:
        other = _times(f"{digits}{rest[1:]}", factor)
    elif not rest and mark in _BEFORE_DECIMALS and may_be_thousands(match["whole"].replace(",", ".")):
        other = _times(match["whole"].replace(",", "."), factor)
    value = _times(f"{digits}.{rest[1:]}", factor)
    unit = re.sub(r"[^A-Za-z]", "", before + after)
    names = [_MARKS.get(mark, "mark") if mark else "", "sign" if signs else "", "unit" if unit else ""]
    surplus = " and ".join(f"no {name}" for name in names if name)
    is_certain = not unit and (bool(mark) or not rest.startswith(","))
    return MeantNumber(value, other, mark == "," and not rest, surplus, unit, "%" in signs, is_certain)


def _times(digits: str, factor: int) -> int | float:
    """Return a number times another, without the digits that floats add."""
    number = Decimal(digits) * factor
    return int(number) if number == number.to_integral_value() else float(number)


def days_meant(text: str) -> Sequence[date]:
    """Return the dates that a text in another notation can mean: `01/08/2026` can be two."""
    text = " ".join(text.split())
    if match := _WITH_TIME.fullmatch(text):
        return _dates([(match[1][:4], match[1][5:7], match[1][8:])])
    if match := _WITHOUT_MARKS.fullmatch(text):
        return _dates([match.groups()])
    for pattern in _IN_WORDS:
        if match := pattern.fullmatch(text):
            month = _month(match["month"])
            return _dates([(match["year"], month, match["day"])]) if month else ()
    match = _IN_DIGITS.fullmatch(text)
    if not match:
        return ()
    first, mark, second, third = match.groups()
    if int(third) <= _LAST_DAY:
        return _dates([(first, second, third)])
    # With dots, the day is first everywhere.
    orders = [(third, second, first)] if mark == "." else [(third, second, first), (third, first, second)]
    return _dates(orders)


def hint_of_month(text: str) -> str:
    """Return the advice to add the day, for a text that has only a month and a year; empty for another."""
    match = _ONLY_MONTH.search(text)
    month = _month(match["month"]) if match else 0
    if not match or not month:
        return ""
    last = monthrange(int(match["year"]), month)[1]
    return f"Add the day, such as `{match['year']}-{month:02}-{last}`"


def hint_of_days(days: Sequence[date]) -> str:
    """Return the advice to use one of some dates; empty without any."""
    return f"Use {' or '.join(f'`{day}` ({day.day} {day:%B})' for day in days)}" if days else ""


def _month(name: str) -> int:
    """Return the number of a month by its English name or the first letters of it; 0 if it is none."""
    found = (number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()))
    return next(found, 0)


def _dates(parts: Sequence[tuple[str | int, ...]]) -> Sequence[date]:
    """Return the dates that exist, each once."""
    found = []
    for year, month, day in parts:
        with suppress(ValueError):
            if int(year) >= _FIRST_FULL_YEAR:
                found.append(date(int(year), int(month), int(day)))
    return list(dict.fromkeys(found))
