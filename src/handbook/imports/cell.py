"""What a cell says, and what is known of its column."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import says_unknown
from handbook.imports.table import is_empty

MISSING = object()
"""The value of a cell that says nothing."""

_NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "\u2013",
        "\u2014",
        ".",
        "/",
        "n.a.",
        "n.a",
        "k.a.",
        "k. a.",
        "keine angabe",
        "unbekannt",
        "nil",
        "#n/a",
        "not applicable",
        "not available",
        "entfällt",
        "s.o.",
    }
)


class Cell(NamedTuple):
    """What a cell says.

    Attributes:
        value: The value of the field; `MISSING` without one.
        rest: What of the text the value doesn't say.
        problem: Why it can't be read; empty if it can.
        asks: The setting that would tell, with its choices: `dates`, `currency`, `period` or `word`.
        note: How the text was taken, if that isn't all that it can mean.
    """

    value: Any = MISSING
    rest: str = ""
    problem: str = ""
    asks: tuple[str, tuple[str, ...]] = ("", ())
    note: str = ""


class Hints(NamedTuple):
    """What is known of the cells of a column.

    Attributes:
        column: Its title.
        dates: The order of day and month.
        currency: The currency of amounts without one.
        period: The period of amounts without one.
        words: The values of words in its cells.
        is_open: Whether the field can have words that no one knows yet.
        seen_currency: The currency that most cells of the column have.
        unit: The unit of time of the field.
        at_least: Whether the field can have more than the exact length of time.
    """

    column: str
    dates: str = ""
    currency: str = ""
    period: str = ""
    words: Mapping[str, Any] = MappingProxyType({})
    is_open: bool = False
    seen_currency: str = ""
    unit: str = ""
    at_least: bool = False


_WORDS = frozenset({"open", "pending"})
"""Words of lists that say something there, such as a state."""


def says_nothing(value: Any) -> bool:
    """Return whether a cell says that nothing is known."""
    if not isinstance(value, str):
        return is_empty(value)
    word = value.strip().casefold()
    return word in _NOTHING or (says_unknown(value) and word not in _WORDS)
