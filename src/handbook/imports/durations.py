"""Read numbers with a unit of time for fields that have one: `6 weeks to year end` in days.

A number never goes into a field without its unit: 3 months aren't 3 days. Nor without its direction: 2 weeks
before a day are day -14, except as notice, which is always before.
"""

from __future__ import annotations

import re
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.imports.numbers import one_line, plain_number
from handbook.read.schemas.shapes import Shape

_WORDS = {
    "minute": r"min(?:s|uten?|utes?)?",
    "hour": r"h(?:rs?|ours?)?|std|stunden?|heures?|horas?",
    "day": r"d(?:ays?)?|t(?:ag|agen?)?|kalendertagen?|jours?|d[i\u00ed]as?",
    "week": r"w(?:ks?|eeks?)?|wochen?|semaines?|semanas?",
    "month": r"mo(?:s|nths?|naten?|nat|is)?|mths?|mes(?:es)?",
    "quarter": r"qtrs?|quarters?|quartalen?|quartal|trimestres?",
    "year": r"y(?:rs?|ears?)?|jahr(?:en?)?|ans|ann\u00e9es?|a\u00f1os?",
}
_UNIT = {unit: re.compile(rf"(?:{form})\.?", re.IGNORECASE) for unit, form in _WORDS.items()}
_EXACT = {
    ("week", "day"): 7,
    ("year", "month"): 12,
    ("quarter", "month"): 3,
    ("hour", "minute"): 60,
}
_MOST_DAYS = {"month": 31, "quarter": 92, "year": 366}
_AT_START = re.compile(
    r"(?P<number>\d{1,9}(?:[.,]\d{1,9})?)\s*[-(\[,;:]?\s*(?P<unit>[^\W\d_]+\.?)(?P<rest>.*)", re.DOTALL
)
_BEFORE = re.compile(r"\s*(?:before|prior|ahead|vor|vorher|davor|avant|antes)\b", re.IGNORECASE)
_IN_TITLE = re.compile(r"[^\W\d_]{3,}")


class Lasting(NamedTuple):
    """A length of time in the unit of a field.

    Attributes:
        number: How many of the unit; `None` if that can't be told.
        is_all: Whether the text says no more than that.
        note: How it was taken; empty if it is exact.
    """

    number: int | None
    is_all: bool = False
    note: str = ""


def unit_of(text: str) -> str:
    """Return the unit of time that a word means; empty if it is none."""
    return next((unit for unit, form in _UNIT.items() if form.fullmatch(text)), "")


def unit_in_title(title: str) -> str:
    """Return the unit of time that the title of a column names, such as `Notice (months)`."""
    found = {unit_of(word) for word in _IN_TITLE.findall(title)} - {""}
    return found.pop() if len(found) == 1 else ""


def unit_of_field(name: str, shape: Shape) -> str:
    """Return the unit of time of a field, by its name, its title or its description; empty without one."""
    named = unit_in_title(re.sub(r"[_\W]+", " ", f"{name} {shape.title}"))
    said = re.search(r"\b(?:in|number of|first|last) (\w+)", shape.description)
    return named or (unit_of(said[1]) if said else "")


def read_lasting(value: Any, column: str, unit: str, *, at_least: bool) -> Lasting | None:
    """Return the length of time in a cell; `None` without a unit in it or in its column.

    Args:
        value: The cell.
        column: The title of its column.
        unit: The unit of the field; empty if it has none.
        at_least: Whether more than the exact number is right: an early reminder misses no deadline.
    """
    text = one_line(value)
    match = _AT_START.fullmatch(text)
    said = unit_of(match["unit"]) if match else ""
    if match and said:
        number, is_all = plain_number(match["number"]), not match["rest"].strip(" )].")
        if not at_least and _BEFORE.match(match["rest"]):
            number = -number
    elif unit and (said := unit_in_title(column)) and re.fullmatch(r"\d{1,9}(?:[.,]\d{1,9})?", text):
        number, is_all = plain_number(text), True
    else:
        return None
    if said == unit:
        factor = 1
    elif unit == "day" and at_least and said in _MOST_DAYS:
        days = number * _MOST_DAYS[said]
        note = (
            f"{number:g} {said}{'' if number == 1 else 's'} taken as {days:g} days, so that no date is missed"
        )
        return Lasting(int(days) if float(days).is_integer() else int(days) + 1, is_all=False, note=note)
    else:
        factor = _EXACT.get((said, unit), 0)
    exact = number * factor
    return Lasting(int(exact), is_all) if exact and float(exact).is_integer() else Lasting(None)
