"""What a reader of a rule sees of its examples: one file before and after, with the place marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handbook.check.rule import Rule

_OPEN, _CLOSE = "«", "»"


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
    before, _, rest = _readable(rule.bad[path]).partition(_OPEN)
    place, _, after = rest.partition(_CLOSE)
    return Example(path, before, place, after, _mended(rule.good, path))


def _mended(good: Mapping[str, str], path: str) -> str:
    return _readable(good[path]) if path in good else ""


def _readable(text: str) -> str:
    """A text in which bytes that are no characters are written out in hexadecimal."""
    raw = text.encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "backslashreplace").replace("\r\n", "\n").replace("\r", "\n")
