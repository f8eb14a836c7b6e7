"""Resolve plain scalars by the core schema of YAML 1.2.

Source of the patterns: YAML 1.2.2, section 10.3.2 "Tag Resolution". So `no`, `on`, `12:30`,
`2026-08-01` and `1_000` are text, and `0o17` is fifteen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

Scalar: TypeAlias = bool | int | float | str | None
Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"

WORDS: dict[str, Scalar] = {
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
WORDS |= {f"{sign}.{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")}
"""The plain words that are not text."""

SWITCHES = frozenset({"y", "n", "yes", "no", "on", "off"})
"""Words that are true or false in YAML 1.1, in any case."""

_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], Scalar]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), lambda text: int(text, 0)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
)
_FIRST_OF_NUMBER = frozenset("-+.0123456789")

MAX_DIGITS = 250
"""The longest number that is read as one. Handbooks need far less, every shorter number fits a float, and
parsing a million digits takes minutes."""


class NumberTooLongError(ValueError):
    """Raised for a number with more than `MAX_DIGITS` characters."""


def resolve_plain(text: str) -> Scalar:
    """Return the value of a plain (unquoted) scalar.

    Raises:
        NumberTooLongError: The text is a number longer than `MAX_DIGITS` characters.
    """
    if text in WORDS:
        return WORDS[text]
    if text[0] not in _FIRST_OF_NUMBER:
        return text
    read = next((read for pattern, read in _NUMBERS if pattern.fullmatch(text)), None)
    if read is None:
        return text
    if len(text) > MAX_DIGITS:
        raise NumberTooLongError
    return read(text)
