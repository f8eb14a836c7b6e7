"""What a reader of a rule sees of its examples: one file before and after, with the place marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from handbook.check.rule import Rule

_OPEN, _CLOSE = "«", "»"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONGEST = 96


@dataclass(frozen=True, slots=True)
class Example:
    """A file with the mistake, in the parts before, at and behind the place; and the file without it.

    Attributes:
        path: The file.
        before: The text up to the reported place.
        place: The text that is reported; empty when the whole file is.
        after: The rest.
        mended: The file when it is right; empty when it should not be there.
    """

    path: str
    before: str
    place: str
    after: str
    mended: str


def example(rule: Rule[Any]) -> Example:
    """The example of a rule, without the files that only have to be there."""
    path = next((path for path, text in rule.bad.items() if _OPEN in text), next(iter(rule.bad)))
    before, _, rest = rule.bad[path].partition(_OPEN)
    place, _, after = rest.partition(_CLOSE)
    mended = _readable(rule.good[path]) if path in rule.good else ""
    return Example(_readable(path), *_fitting(*map(_readable, (before, place, after))), mended)


def _fitting(before: str, place: str, after: str) -> tuple[str, str, str]:
    """The parts around the place, with the middle of a very long line left out."""
    above, end, start = before.rpartition("\n")
    rest, begin, below = after.partition("\n")
    if len(start) + len(place) + len(rest) <= _LONGEST:
        return before, place, after
    start, place, rest = (
        part if len(part) <= _LONGEST // 3 else f"{part[: _LONGEST // 6]}…{part[-_LONGEST // 6 :]}"
        for part in (start, place, rest)
    )
    return f"{above}{end}{start}", place, f"{rest}{begin}{below}"


def _readable(text: str) -> str:
    """A text in which bytes that are no characters, and control characters, are written in hexadecimal."""
    raw = text.encode("utf-8", "surrogateescape")
    lines = raw.decode("utf-8", "backslashreplace").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", lines)
