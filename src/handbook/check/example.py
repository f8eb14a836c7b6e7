"""Prepare a rule's example for readers: one file before and after the fix, with the place marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from handbook.base.rule import Rule

_OPEN, _CLOSE = "«", "»"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONGEST = 96


@dataclass(frozen=True, slots=True)
class Example:
    """A file with the mistake, split at the reported place, and the file without it.

    Attributes:
        path: The file.
        before: The text up to the reported place.
        place: The reported text; empty if the whole file is reported.
        after: The rest.
        fixed: The fixed file; empty if it should not exist.
    """

    path: str
    before: str
    place: str
    after: str
    fixed: str


def example(rule: Rule[Any]) -> Example:
    """Return the example of a rule, without its supporting files."""
    path = next((path for path, text in rule.bad.items() if _OPEN in text), next(iter(rule.bad)))
    before, _, rest = rule.bad[path].partition(_OPEN)
    place, _, after = rest.partition(_CLOSE)
    fixed = _readable(rule.good[path]) if path in rule.good else ""
    return Example(_readable(path), *_fitting(*map(_readable, (before, place, after))), fixed)


def _fitting(before: str, place: str, after: str) -> tuple[str, str, str]:
    """Return the parts around the place, with the middle of a very long line left out."""
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
    """Return a text with invalid bytes and control characters in hexadecimal."""
    raw = text.encode("utf-8", "surrogateescape")
    lines = raw.decode("utf-8", "backslashreplace").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", lines)
