"""Plain scalars under the core schema of YAML 1.2.

Source of the patterns: YAML 1.2.2, section 10.3.2 "Tag Resolution". So `no`, `on`, `12:30`,
`2026-08-01` and `1_000` are text, and `0o17` is fifteen.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Scalar: TypeAlias = None | bool | int | float | str

_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    ".nan": float("nan"),
    ".NaN": float("nan"),
    ".NAN": float("nan"),
}
_WORDS |= {f"{sign}.{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")}

_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|0o(?P<oct>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
)
_FIRST_OF_NUMBER = frozenset("-+.0123456789")

MAX_DIGITS = 1000
"""Longest number that is read as one. Nothing a handbook counts comes near, and turning a million
digits into a number takes minutes."""


class NumberTooLongError(ValueError):
    """A number with more than `MAX_DIGITS` characters."""


def resolve_plain(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar.

    Raises:
        NumberTooLongError: The text is a number longer than `MAX_DIGITS` characters.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST_OF_NUMBER:
        return text
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if len(text) > MAX_DIGITS:
        raise NumberTooLongError
    if match["int"] is not None:
        return int(text)
    if match["oct"] is not None:
        return int(match["oct"], 8)
    if match["hex"] is not None:
        return int(match["hex"], 16)
    return float(text)
