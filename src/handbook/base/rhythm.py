"""Read how often something takes place, as people write it: `every other Thursday`."""

from __future__ import annotations

import re
from datetime import date

from handbook.base.recurrence import EVERY_MONTH, MONTHS, WEEKDAYS, WORKING_DAYS, Recurrence
from handbook.base.rhythm_words import NUMBERS, POSITIONS, recurrence_in_words
from handbook.base.words import Names, one_of, shown

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
_WEEKDAYS = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_NUMBERS = {name: number for number, name in NUMBERS.items()}
_POSITIONS = {name: number for number, name in POSITIONS.items()}
_QUARTERLY = 3
_LAST_DAY = 31
_ALIKE = {"each": "every", "in": "of", "workday": "weekday"}
_VOCABULARY = Names(
    word
    for name in (*WEEKDAYS, *MONTHS, *_NUMBERS, *_POSITIONS, *FORMS, "year", "and", "other")
    for word in re.findall("[A-Za-z]+", name)
)
_SHORTEST_ABBREVIATION = 3
_LONGEST = 200
"""The length up to which a text might be a misspelt rhythm. Longer ones are something else."""


def _any_of(*names: str) -> str:
    return f"(?:{'|'.join(names)})"


def _list_of(name: str) -> str:
    return f"{name}(?:(?:, | and |, and ){name})*"


_DAYS = f"(?P<days>{_list_of(_any_of(*_WEEKDAYS))})"
_DAILY = re.compile("daily|every day")
_EACH_WORKING_DAY = re.compile("every (?:weekday|working day)")
_WEEKLY = re.compile(f"every (?P<other>other )?{_DAYS}")
_WEEKS = re.compile(
    f"every (?:week|(?P<number>other|[1-9][0-9]?|{_any_of(*_NUMBERS)}) weeks?) on {_DAYS}",
)
_MONTHLY = re.compile(
    f"(?:every )?(?:(?P<position>{_any_of(*_POSITIONS)}) "
    f"(?P<what>{_any_of(*_WEEKDAYS)}|working day|weekday|day)"
    f"|(?P<day>[0-9]{{1,2}})[a-z]{{2}}) of (?:every )?"
    f"(?P<when>month|quarter|year|{_list_of(_any_of(*_MONTHS))})"
)
_ONCE = re.compile("once,? on (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_UNCLEAR = re.compile(f"every (?P<position>{_any_of(*_POSITIONS)}) {_DAYS}")


class RhythmError(Exception):
    """A text that is not a rhythm.

    Attributes:
        message: The problem.
        hint: The fix.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


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


def _read(plain: str) -> Recurrence | None:
    if _DAILY.fullmatch(plain):
        return Recurrence("day")
    if _EACH_WORKING_DAY.fullmatch(plain):
        return Recurrence("week", weekdays=WORKING_DAYS)
    match = _WEEKLY.fullmatch(plain)
    if match:
        return Recurrence("week", 2 if match["other"] else 1, _weekdays(match["days"]))
    match = _WEEKS.fullmatch(plain)
    if match:
        return Recurrence("week", _number(match["number"]), _weekdays(match["days"]))
    match = _ONCE.fullmatch(plain)
    if match:
        return _read_once(match["date"])
    match = _MONTHLY.fullmatch(plain)
    return _read_monthly(match) if match else None


def _read_monthly(match: re.Match[str]) -> Recurrence | None:
    day, position = int(match["day"] or 0), _POSITIONS.get(match["position"] or "", 0)
    weekdays: tuple[int, ...] = ()
    if match["what"] == "day":
        day, position = position, 0
    elif match["what"]:
        weekdays = (_WEEKDAYS[match["what"]],) if match["what"] in _WEEKDAYS else WORKING_DAYS
    if not position and not (day == -1 or 0 < day <= _LAST_DAY):
        return None
    is_last = position < 0 or day < 0
    named = {_MONTHS[name] for name in _words(match["when"]) if name in _MONTHS}
    months = {
        "month": EVERY_MONTH,
        "quarter": EVERY_MONTH[2::3] if is_last else EVERY_MONTH[::3],
        "year": EVERY_MONTH[-1:] if is_last else EVERY_MONTH[:1],
    }.get(match["when"], tuple(sorted(named)))
    interval = _QUARTERLY if match["when"] == "quarter" else 1
    return Recurrence("month", interval, weekdays, position, day, months)


def _read_once(text: str) -> Recurrence:
    try:
        return Recurrence("once", single=date.fromisoformat(text))
    except ValueError:
        raise RhythmError(f"{shown(text)} is not a valid date", "Use a date that exists") from None


def _plain(text: str) -> str:
    """Return a text in lowercase, without articles and extra spaces."""
    kept = (_ALIKE.get(word, word) for word in text.lower().replace(" ,", ",").split() if word != "the")
    return " ".join(kept)


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", text)


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(sorted({_WEEKDAYS[name] for name in _words(text) if name in _WEEKDAYS}))


def _number(text: str | None) -> int:
    if not text:
        return 1
    return 2 if text == "other" else _NUMBERS.get(text) or int(text)


def _hint(text: str) -> str:
    plain = re.sub("[a-z]+", _corrected, _plain(text)) if len(text) <= _LONGEST else ""
    match = _UNCLEAR.fullmatch(plain)
    if match and _POSITIONS[match["position"]] > 1:
        days = recurrence_in_words(Recurrence("week", weekdays=_weekdays(match["days"])))
        weeks = Recurrence("week", _POSITIONS[match["position"]], _weekdays(match["days"]))
        monthly = f"{match['position']} {days.removeprefix('every ')} of the month"
        return f"Use {one_of([recurrence_in_words(weeks), monthly])}"
    try:
        meant = _read(plain)
    except RhythmError:
        meant = None
    if meant and meant.unit != "once":
        return f"Did you mean `{recurrence_in_words(meant)}`?"
    return f"Use a form such as {one_of(FORMS)}"


def _corrected(match: re.Match[str]) -> str:
    """Return the word of a rhythm that a word probably means: a misspelt or abbreviated one."""
    word = match[0]
    names = [name for name in (*_WEEKDAYS, *_MONTHS) if name.startswith(word)]
    if len(word) >= _SHORTEST_ABBREVIATION and len(names) == 1:
        return names[0]
    near = _VOCABULARY.nearest(word)
    return near.lower() if near else word
