"""Read durations and times in the notations of letters: `15min`, `one day`, `1.5 h`, `9:15 am`."""

from __future__ import annotations

import re

from handbook.base.named_tuples import NamedTuple

_UNITS = {
    "minute": ("m", "min", "mins", "minute", "minutes"),
    "hour": ("h", "hr", "hrs", "hour", "hours"),
    "day": ("d", "day", "days"),
    "week": ("w", "wk", "wks", "week", "weeks"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"a": 1, "an": 1}
_DURATION = re.compile(
    r"(?:(?P<digits>\d{1,4})(?:[.,](?P<tenths>\d))?[\s-]*|(?P<word>[a-z]+)[\s-]+)"
    r"(?:(?:working|work|business)[\s-]+)?(?P<unit>[a-z]+)\.?"
)
_HALF = {"half an hour": "30 minutes", "half hour": "30 minutes", "a half hour": "30 minutes"}
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\.?|h|uhr)?")
_NOON = 12
_HOURS = 24
_MINUTES = 60


class MeantText(NamedTuple):
    """The notation that was meant, and whether it can be no other."""

    text: str
    is_certain: bool = True


def duration_meant(text: str) -> MeantText | None:
    """Return the number and the unit that a text means as a duration, if it means one."""
    line = " ".join(text.lower().split())
    if line in _HALF:
        return MeantText(_HALF[line])
    match = _DURATION.fullmatch(line)
    if not match or match["unit"] not in _UNIT_OF:
        return None
    unit, tenths = _UNIT_OF[match["unit"]], int(match["tenths"] or 0)
    number = int(match["digits"]) if match["digits"] else _NUMBERS.get(match["word"], 0)
    if tenths and unit == "hour":
        number, unit = number * _MINUTES + tenths * _MINUTES // 10, "minute"
    elif tenths or not number:
        return None  # The number of hours in a working day is not known.
    # `3m` can be months, too.
    return MeantText(f"{number} {unit}{'' if number == 1 else 's'}", match["unit"] != "m")


def time_meant(text: str) -> MeantText | None:
    """Return the time of day that a text means as hours and minutes from `00:00`, if it means one."""
    line = " ".join(text.lower().split())
    if line in {"noon", "midday"}:
        return MeantText(f"{_NOON}:00")
    match = _TIME.fullmatch(line)
    if not match or line.isdigit():
        return None
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
    if half in {"a", "p"} and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif half == "a" and hour:
        return None
    return MeantText(f"{hour:02}:{minute:02}") if hour < _HOURS and minute < _MINUTES else None
