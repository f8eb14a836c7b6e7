"""Read numbers as people write them: `1,200.50`, `3.600`, `1'200`, `24k`. What can't be told is no number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.base.numbers import round_half_away

Number: TypeAlias = int | float

_FORMS = (
    r"\d{1,3}(?:[\s'\u2019]\d{3})+(?:[.,]\d{1,6})?",
    r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?",
    r"\d{1,3}(?:\.\d{3})+(?:,\d{1,6})?",
    r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,6})?",  # as in India
    r"\d{1,15}(?:[.,]\d{1,9})?",
    r"[.,]\d{1,2}",
)
_BEFORE = r"(?<![\w.,'\u2019])"
_WHOLE = _BEFORE + r"(?P<digits>" + "|".join(_FORMS) + r")(?:[.,][\u2013\u2014-]{1,2})?"
_END = r"\.?(?!\w|[.,']\d)"
NUMBER = re.compile(rf"{_WHOLE}\s?(?P<factor>[kK]|[mM](?:io|n|illion)s?|[tT]sd)?{_END}")
_SHORT_MILLION = re.compile(rf"{_WHOLE}M{_END}")
"""With a small letter, it can be a month."""
_FACTORS = {"k": 1_000, "t": 1_000, "m": 1_000_000}
_TWO_MARKS = re.compile(rf"{_BEFORE}\d{{1,3}}(?:(?:,\d{{3}})+\.|(?:\.\d{{3}})+,)\d{{3}}(?![\d.,])")
LONGEST = 300
"""The most characters in which a number or a date is looked for."""
_DECIMALS = 3
_LARGEST = 10**15
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2079\u00bc-\u00be\u2150-\u215f]")
"""Marks of footnotes and fractions, which would become digits."""
_OF_SPREADSHEETS = re.compile(r"[=#]")
"""What formulas and errors start with."""


class Found(NamedTuple):
    """A number in a text.

    Attributes:
        number: The number.
        is_scaled: Whether a word or letter says thousands or millions.
        start: Where it starts.
        end: Where it ends.
    """

    number: Number
    is_scaled: bool
    start: int
    end: int


def one_line(value: Any) -> str:
    """Return a cell as a text on one line; empty if it is a formula, an error, long, or has raised digits."""
    text = str(value)
    if len(text) > LONGEST or _RAISED.search(text) or _OF_SPREADSHEETS.match(text.strip()):
        return ""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def numbers_in(text: str) -> Iterator[Found]:
    """Yield the numbers in a text."""
    millions = {match.start(): match for match in _SHORT_MILLION.finditer(text)}
    for match in (*NUMBER.finditer(text), *millions.values()):
        word = "m" if match.start() in millions else match["factor"] or ""
        yield Found(scaled(match["digits"], word), bool(word), match.start(), match.end())


def usable(value: Any) -> Number | None:
    """Return a value if it is a number that means something: not infinite, and not of hundreds of digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if abs(value) < _LARGEST else None


def plain_number(digits: str) -> Number:
    """Return a number with its marks: `1,200.50`, `1.200,50`, `3.600`, `12,5`.

    A single mark before three digits separates thousands. No price has three decimals.
    """
    text = re.sub(r"[\s'\u2019]", "", digits)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return int(text)
    last = marks[-1]
    decimals = text.rpartition(last)[2]
    if len(set(marks)) == 1 and (len(marks) > 1 or (len(decimals) == _DECIMALS and text[0] not in "0.,")):
        return int(re.sub("[.,]", "", text))
    whole = re.sub("[.,]", "", text.rpartition(last)[0]) or "0"
    return float(f"{whole}.{decimals}") if decimals.strip("0") else int(whole)


def readings(text: str) -> tuple[str, ...]:
    """Return what an amount can mean if it can mean two: with thousands, three digits behind another mark.

    `1,234.500` is 1234.5 with more decimals than a price has, or 1234500 with a mark that is wrong.
    """
    found = _TWO_MARKS.search(text)
    if not found:
        return ()
    digits = re.sub(r"\D", "", found[0])
    return f"{digits[:-_DECIMALS]}.{digits[-_DECIMALS:]}", digits


def shortened(value: Any) -> str:
    """Return a number as a text, which is long enough to see what it is."""
    return repr(value) if isinstance(value, float) or abs(value) < 10**40 else "a number of many digits"


def scaled(digits: str, word: str | None) -> Number:
    """Return a number times what the word behind it says, without the digits that floats add."""
    product = round_half_away(plain_number(digits) * (_FACTORS[word[0].lower()] if word else 1), 6)
    return int(product) if product.denominator == 1 else float(product)
