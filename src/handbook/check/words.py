"""Words for messages: the nearest name to a mistyped one, lists, values of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

_LONGEST_LIST = 30
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def nearest(name: str, names: Iterable[str], likeness: float = 0.6) -> str | None:
    """The name that was probably meant, if any is near.

    Args:
        name: What was written.
        names: What may have been meant.
        likeness: How much of both must agree, from 0 to 1.
    """
    by_folded = {candidate.casefold(): candidate for candidate in sorted(names)}
    found = get_close_matches(name.casefold()[:200], by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else None


def suggestion(name: str, names: Iterable[str]) -> str:
    """A hint for a mistyped name: the nearest one, or those there are."""
    known = sorted(names)
    near = nearest(name, known)
    if near:
        return f"did you mean `{near}`?"
    return f"use {one_of(known)}" if 0 < len(known) <= _LONGEST_LIST else ""


def one_of(names: Iterable[Any], word: str = "or") -> str:
    """`a`, `b` or `c`."""
    shown = [f"`{name}`" for name in names]
    return f" {word} ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def shown(value: Any, most: int = 60) -> str:
    """A value of the file for a message: one line, not too long, never the whole instance."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = one_line(str(value))
    return f"`{text if len(text) <= most else text[: most - 1] + '…'}`"


def one_line(text: str) -> str:
    """A text on one line, fit for a terminal: YAML can write characters that a terminal would obey."""
    return _CONTROL.sub("\ufffd", " ".join(text.split()))


def count(number: int, noun: str) -> str:
    """`1 item`, `2 items`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def lower_first(text: str) -> str:
    """A description as the tail of a sentence."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
