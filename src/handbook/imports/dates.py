"""Read dates as people write them. One that can be two is never guessed: other cells of its column decide."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DIGITS = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?:,?\s+\d{1,2}:\d\d.*)?")
_WORDS = re.compile(r"[^\W\d_]{3,}\.?|\d+")
_HAS_MONTH = re.compile(r"[\w\s.,'-]{6,60}")
_CENTURY = 2000
_MOST_OF_A_MONTH = 31


def days_of(value: Any, order: str = "") -> list[dt.date]:
    """Return the dates that a cell can mean: none, one, or both of `01/08/2026`.

    Args:
        value: The cell.
        order: The order that the column has, if it is known.
    """
    if isinstance(value, dt.datetime):
        return [value.date()]
    if isinstance(value, dt.date):
        return [value]
    text = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    if match := _ISO.fullmatch(text):
        return _real([(match[1], match[2], match[3])])
    if match := _DIGITS.fullmatch(text):
        year = match[4] if len(match[4]) > 2 else str(_CENTURY + int(match[4]))  # noqa: PLR2004 - two digits
        day_first, month_first = (year, match[3], match[1]), (year, match[1], match[3])
        orders = {DAY_FIRST: [day_first], MONTH_FIRST: [month_first]}.get(order, [day_first, month_first])
        # With dots, the day is first everywhere.
        return _real([day_first] if match[2] == "." else orders)
    return _in_words(text) if _HAS_MONTH.fullmatch(text) else []


def order_of(values: Iterable[Any]) -> str:
    """Return the order of the dates in a column, if those that can be read in one way all have the same."""
    orders = set()
    for value in values:
        match = _DIGITS.fullmatch(str(value).strip())
        if match and match[2] != ".":
            found = days_of(value)
            if len(found) == 1 and match[1] != match[3]:
                orders.add(DAY_FIRST if found[0].day == int(match[1]) else MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else ""


def _in_words(text: str) -> list[dt.date]:
    """Return the date in a text such as `March 1st, 2027` or `1. März 2027`."""
    words = [
        word.strip(".").casefold() for word in _WORDS.findall(re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text))
    ]
    months = [_months()[word] for word in words if word in _months()]
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(months) != 1 or len(numbers) != 2:  # noqa: PLR2004 - a day and a year
        return []
    day, year = sorted(numbers)
    if year <= _MOST_OF_A_MONTH or day > _MOST_OF_A_MONTH:
        return []
    return _real([(str(year), str(months[0]), str(day))])


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    from babel.dates import get_month_names  # noqa: PLC0415 - dates in words only

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault(name.strip(".").casefold(), number)
    return {**found, "sept": 9}


def _real(parts: Iterable[tuple[str, str, str]]) -> list[dt.date]:
    found = []
    for year, month, day in parts:
        with suppress(ValueError):
            found.append(dt.date(int(year), int(month), int(day)))
    return list(dict.fromkeys(found))
