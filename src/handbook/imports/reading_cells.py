"""Read the cells of a table of readings: periods and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from handbook.base.days import last_of_month
from handbook.base.numbers import round_half_away
from handbook.base.thousands import may_be_thousands
from handbook.imports.numbers import numbers_in, one_line

_PLAIN = re.compile(r"[-\u2212]?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_GROUPED = re.compile(r"[-\u2212]?[0-9]{1,3}(?:\.[0-9]{3})+")
_WITH_COMMA = re.compile(r"[-\u2212]?[0-9]{1,3}(?:\.?[0-9]{3})*,(?:[0-9]{1,2}|[0-9]{4,9})\s*%?")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})[- ]?Q([1-4])|Q([1-4])[ /-]?([0-9]{4})", re.IGNORECASE)
_SUNDAY = 7
_DECIMALS = 9


def last_days(text: str) -> Iterator[date]:
    """Yield the last day of a month, an ISO week or a quarter."""
    try:
        if match := _MONTH.fullmatch(text):
            yield last_of_month(int(match[1]), int(match[2]))
        elif match := _WEEK.fullmatch(text):
            yield date.fromisocalendar(int(match[1]), int(match[2]), _SUNDAY)
        elif match := _QUARTER.fullmatch(text):
            year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
            yield last_of_month(year, 3 * quarter)
    except (ValueError, OverflowError):
        return


def has_comma(value: Any) -> bool:
    """Return whether a cell is a number with a comma before decimals, so that points separate thousands."""
    return isinstance(value, str) and _WITH_COMMA.fullmatch(value.strip()) is not None


def has_percent_sign(value: Any) -> bool:
    """Return whether a cell ends with a percent sign."""
    return isinstance(value, str) and one_line(value).endswith("%")


def with_grouping_comma(value: Any) -> str:
    """Return a number whose one comma can separate thousands, with a point: `1.234`; empty for any other."""
    text = value.strip().removesuffix("%").strip().replace(",", ".") if isinstance(value, str) else ""
    return text if "," in str(value) and may_be_thousands(text) else ""


def number_in(value: Any, *, has_commas: bool) -> Decimal | None:
    """Return the number in a cell; `None` if it has none, or more than a number and a unit."""
    if isinstance(value, (bool, date, timedelta, list, dict)):
        return None
    if isinstance(value, float):
        # Spreadsheets have nothing else, also for whole numbers, with digits that no one wrote.
        if not isfinite(value):
            return None
        rounded = round_half_away(value, _DECIMALS)
        return Decimal(rounded.numerator) / rounded.denominator
    text = str(value).strip().removesuffix("%").strip()
    if has_commas:
        text = with_grouping_comma(text) or (text.replace(".", "") if _GROUPED.fullmatch(text) else text)
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace("\N{MINUS SIGN}", "-"))
    line = one_line(text)
    digits = line.lstrip("-\N{MINUS SIGN} ")
    found = list(numbers_in(digits))
    if len(found) != 1 or found[0].start or digits[found[0].end :].strip(" %"):
        return None
    return Decimal(str(found[0].number)) * (1 if line.startswith(digits) else -1)
