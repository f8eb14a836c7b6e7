"""Read how often something takes place, as people write it: `every other Thursday`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from handbook.base.errors import HandbookError
from handbook.base.recurrence import EVERY_MONTH, MONTHS, WEEKDAYS, WORKING_DAYS, Recurrence
from handbook.base.rhythm_words import NUMBERS, POSITIONS, recurrence_in_words
from handbook.base.words import nearest, one_of, shown

FORMS = (
    "every Tuesday",
    "every Monday and Thursday",
    "every weekday",
    "daily",
    "every other Thursday",
    "every three weeks on Tuesday",
    "first Monday of the month",
    "third Thursday of the month",
    "last Friday of March, June, September and December",
    "first Monday of the quarter",
    "last working day of each quarter",
    "15th of each month",
    "last day of the month",
    "once, on 2027-03-01",
)
"""An example of each form, for hints and documentation."""
WEEKDAY_NUMBERS = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
NUMBER_WORDS = {name: number for number, name in NUMBERS.items()}
POSITION_WORDS = {name: number for number, name in POSITIONS.items()}
ANY_WEEKDAY = ("weekday", "working day")
_QUARTERLY = 3
_LAST_DAY = 31
_MOST_DIGITS = 2
ALIKE = {"each": "every", "in": "of", "workday": "weekday"}
_MEANT = {"weekly": "every week", "fortnightly": "every other week"}
_SHORTEST_ABBREVIATION = 3
_LONGEST = 200
"""The length up to which a text might be a misspelt rhythm. Longer ones are something else."""


class RhythmError(HandbookError):
    """Raised for a text that is not a rhythm."""


def read_rhythm(text: str) -> Recurrence:
    """Return the recurrence that a text says.

    Capitals, articles and extra spaces don't matter.

    Args:
        text: A text such as `every other Thursday` or `last working day of each quarter`.

    Raises:
        RhythmError: The text has none of the known forms, or a day that doesn't exist.
    """
    found = _read(_plain(text))
    if found:
        return found
    raise RhythmError(f"Invalid value {shown(text)} for `repeats`", _hint(text))


def _plain(text: str) -> str:
    """Return a text in lowercase, with single spaces, also before commas, and without articles."""
    words = text.lower().replace(",", " , ").split()
    return " ".join(ALIKE.get(word, word) for word in words if word != "the")


def _read(plain: str) -> Recurrence | None:
    if plain in {"daily", "every day"}:
        return Recurrence("day")
    if plain.startswith("once "):
        return _read_once(plain)
    day, of, months = plain.partition(" of ")
    if of:
        return _read_monthly(day.removeprefix("every "), months.removeprefix("every "))
    every, _, days = plain.partition(" ")
    return _read_weekly(days) if every == "every" else None


def _read_weekly(text: str) -> Recurrence | None:
    """Read what follows `every`, such as `other Thursday` or `three weeks on Monday and Friday`."""
    if text in ANY_WEEKDAY:
        return Recurrence("week", weekdays=WORKING_DAYS)
    weeks, on, days = text.partition(" on ")
    if not on:
        weeks, days = ("other week" if text.startswith("other ") else "week"), text.removeprefix("other ")
    number, _, unit = weeks.rpartition(" ")
    interval = _number(number) if unit in {"week", "weeks"} else 0
    weekdays = _numbers_of(days, WEEKDAY_NUMBERS)
    return Recurrence("week", interval, weekdays) if interval and weekdays else None


def _read_monthly(text: str, months: str) -> Recurrence | None:
    """Read a day, such as `first Monday`, `last working day` or `15th`, and its months."""
    first, _, what = text.partition(" ")
    position, day = POSITION_WORDS.get(first, 0), 0
    weekdays: tuple[int, ...] = ()
    if what == "day":
        position, day = 0, position
    elif what:
        weekdays = (
            WORKING_DAYS
            if what in ANY_WEEKDAY
            else (WEEKDAY_NUMBERS[what],)
            if what in WEEKDAY_NUMBERS
            else ()
        )
    else:
        day = _small_number(first[:-2])  # without "th"
    is_day = day == -1 or 0 < day <= _LAST_DAY
    numbers = _months(months, is_last=position < 0 or day < 0)
    if not numbers or not (is_day or (position and weekdays)):
        return None
    return Recurrence("month", _QUARTERLY if months == "quarter" else 1, weekdays, position, day, numbers)


def _months(text: str, *, is_last: bool) -> tuple[int, ...]:
    """Return the months of a rule; of a quarter or a year, the first or the last one."""
    if text == "month":
        return EVERY_MONTH
    if text == "quarter":
        return EVERY_MONTH[2::3] if is_last else EVERY_MONTH[::3]
    if text == "year":
        return EVERY_MONTH[-1:] if is_last else EVERY_MONTH[:1]
    return _numbers_of(text, MONTH_NUMBERS)


def _read_once(plain: str) -> Recurrence | None:
    text = plain.removeprefix("once ").removeprefix(", ")
    if not text.startswith("on "):
        return None
    try:
        return Recurrence("once", single=date.fromisoformat(text.removeprefix("on ")))
    except ValueError:
        message = f"{shown(text.removeprefix('on '))} is not a valid date"
        raise RhythmError(message, "Use a date that exists, in YYYY-MM-DD format") from None


def _numbers_of(text: str, numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Return the numbers of a list of names, such as `monday and thursday`; none if it is no such list."""
    names = text.replace(" , and ", " , ").replace(" and ", " , ").split(" , ")
    return tuple(sorted({numbers[name] for name in names})) if numbers.keys() >= set(names) else ()


def _number(text: str) -> int:
    """Return the number before `weeks`, which can be missing; 0 if it is none."""
    if text in {"", "other"}:
        return 2 if text else 1
    return NUMBER_WORDS.get(text) or _small_number(text)


def _small_number(text: str) -> int:
    """Return a number of one or two digits; 0 for any other text."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 0


def _hint(text: str) -> str:
    plain = re.sub("[a-z]+", _corrected, _plain(text).strip(" .")) if len(text) <= _LONGEST else ""
    meant = _ambiguous(plain)
    if meant:
        return f"Use {one_of(meant)}"
    try:
        found = _read(plain) or _read(f"every {plain}")
    except RhythmError:
        found = None
    if found and found.unit != "once":
        return f"Did you mean `{recurrence_in_words(found)}`?"
    return f"Use a form such as {one_of(FORMS)}"


def _ambiguous(plain: str) -> Sequence[str]:
    """Return the two meanings of `every second Tuesday`; nothing for another text."""
    every, _, rest = plain.partition(" ")
    which, _, day = rest.partition(" ")
    number = POSITION_WORDS.get(which, 0)
    if every != "every" or number <= 1 or day not in WEEKDAY_NUMBERS:
        return ()
    weekdays = (WEEKDAY_NUMBERS[day],)
    weekly = Recurrence("week", number, weekdays)
    monthly = Recurrence("month", 1, weekdays, number, 0, EVERY_MONTH)
    return recurrence_in_words(weekly), recurrence_in_words(monthly)


def _corrected(match: re.Match[str]) -> str:
    """Return the word of a rhythm that a word probably means: a misspelt or abbreviated one."""
    word = match[0]
    if word in _MEANT:
        return _MEANT[word]
    names = [name for name in (*WEEKDAY_NUMBERS, *MONTH_NUMBERS) if name.startswith(word)]
    if len(word) >= _SHORTEST_ABBREVIATION and len(names) == 1:
        return names[0]
    said = " ".join((*WEEKDAYS, *MONTHS, *NUMBER_WORDS, *POSITION_WORDS, *FORMS, "year")).lower()
    return nearest(word, re.findall("[a-z]+", said)) or word
