"""Read dates as people write them. One that can be two is never guessed: other cells of its column decide."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.imports.numbers import LONGEST

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_TIME = (
    r"(?:(?:T|,? )\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?"
    r"(?: ?(?:[AP]\.?M\.?|Uhr|Z|UTC|GMT|[+-]\d\d:?\d\d)(?!\w))?)?"
)
_NUMBERED = r"(?:\.|st|nd|rd|th)?"
_FORMS = (
    r"(?P<iso_year>\d{4})(?P<mark>[-/.])(?P<iso_month>\d{1,2})(?P=mark)(?P<iso_day>\d{1,2})"
    r"|(?P<first>\d{1,2}) ?(?P<sign>[./-]) ?(?P<second>\d{1,2}) ?(?P=sign) ?(?P<third>\d{4}|\d{2})"
    rf"|(?P<day>\d{{1,2}}){_NUMBERED}(?: |-|(?<=\.))(?:(?:of|de|del) )?(?P<month>[^\W\d_]{{3,}})\.?"
    r"(?:,? |-)(?:de )?(?P<year>\d{4})"
    rf"|(?P<month_first>[^\W\d_]{{3,}})\.?[ -](?P<day_second>\d{{1,2}}){_NUMBERED}"
    r"(?:,? |-)(?P<year_third>\d{4})"
)
_DATE = re.compile(rf"(?<![\w.,/-])(?:{_FORMS}){_TIME}(?![\w/-]|[.,:]\d)", re.IGNORECASE)
_CENTURY = 2000
_SERIALS = range(36_526, 73_051)
"""The numbers that are days from 2000 to 2100 in a spreadsheet, if their cells have no form of a date."""
_SERIAL_ZERO = dt.date(1899, 12, 30)

_Parts: TypeAlias = tuple[str, str, str]


class Days(NamedTuple):
    """What a cell says of a date.

    Attributes:
        dates: The dates that it can mean: none, one, or both of `01/08/2026`.
        rest: The whole text, if it says more than a date.
    """

    dates: Sequence[dt.date] = ()
    rest: str = ""


def days_of(value: Any, order: str = "") -> Days:
    """Return what a cell says of a date. A text with two dates or other numbers tells none.

    Args:
        value: The cell.
        order: The order that the column has, if it is known.
    """
    if isinstance(value, dt.datetime):
        return Days([value.date()])
    if isinstance(value, dt.date):
        return Days([value])
    if is_serial(value):
        return Days([_SERIAL_ZERO + dt.timedelta(days=value)])
    text = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    match = _DATE.search(text) if len(text) <= LONGEST else None
    if not match:
        return Days(rest=text)
    around = f"{text[: match.start()]} {text[match.end() :]}"
    found = _real(_readings(match, order))
    if not found or any(each.isdecimal() for each in around):
        return Days(rest=text)
    words = {word.casefold() for word in re.findall(r"\w+", around)}
    return Days(found, "" if words <= _weekdays() else text)


def is_serial(value: Any) -> bool:
    """Return whether a cell can be the number of a day in a spreadsheet. Text never is."""
    return type(value) is int and value in _SERIALS


def _readings(match: re.Match[str], order: str) -> Iterator[_Parts]:
    """Yield the year, month and day that a date can have."""
    if match["iso_year"]:
        yield match["iso_year"], match["iso_month"], match["iso_day"]
    elif match["third"]:
        third = match["third"]
        year = third if len(third) > 2 else str(_CENTURY + int(third))  # noqa: PLR2004 - two digits
        # With dots, the day is first everywhere.
        if order != MONTH_FIRST or match["sign"] == ".":
            yield year, match["second"], match["first"]
        if order != DAY_FIRST and match["sign"] != ".":
            yield year, match["first"], match["second"]
    else:
        month = _months().get((match["month"] or match["month_first"]).casefold())
        if month:
            yield match["year"] or match["year_third"], str(month), match["day"] or match["day_second"]


def order_of(values: Iterable[Any]) -> str:
    """Return the order of the dates in a column, if those that can be read in one way all have the same."""
    orders = set()
    for value in values:
        match = _DATE.search(" ".join(str(value).split())[:LONGEST])
        if match and match["third"] and match["sign"] != ".":
            found = days_of(value).dates
            if len(found) == 1 and match["first"] != match["second"]:
                orders.add(DAY_FIRST if found[0].day == int(match["first"]) else MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else ""


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    from babel.dates import get_month_names  # noqa: PLC0415 - dates in words only

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault(name.strip(".").casefold(), number)
    return {**found, "sept": 9}


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    from babel.dates import get_day_names  # noqa: PLC0415 - dates in words only

    names = (get_day_names(width, locale=each) for each in _LANGUAGES for width in ("wide", "abbreviated"))
    return frozenset(name.strip(".").casefold() for each in names for name in each.values())


def _real(parts: Iterable[_Parts]) -> list[dt.date]:
    found = []
    for year, month, day in parts:
        with suppress(ValueError):
            found.append(dt.date(int(year), int(month), int(day)))
    return list(dict.fromkeys(found))
