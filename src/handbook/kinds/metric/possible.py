"""Which values a metric can have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.read.values import number_at, value_at

_ENDS = regex(r"(?:from|von) ([-\u2212]?\d+(?:\.\d+)?) (?:to|bis) ([-\u2212]?\d+(?:\.\d+)?)")
_PERCENT = regex("%|percent|per cent|prozent", re.IGNORECASE)


class Bounds(NamedTuple):
    """The values that a metric can have; `None` for an end without a limit."""

    lowest: Decimal | None
    highest: Decimal | None

    def include(self, value: Decimal) -> bool:
        """Return whether a value is possible."""
        return (self.lowest is None or value >= self.lowest) and (
            self.highest is None or value <= self.highest
        )


def possible_values(metric: Mapping[str, Any]) -> Bounds:
    """Return the values that a metric can have, as its fields or its unit say."""
    lowest, highest = (_decimal(number_at(metric, ("readings", name))) for name in ("lowest", "highest"))
    unit = str(value_at(metric, ("unit",)) or "")
    ends = _ENDS.search(unit)
    if ends:
        usual: tuple[Decimal | None, Decimal | None] = (_end(ends[1]), _end(ends[2]))
    elif is_percentage(metric):
        usual = Decimal(0), Decimal(100)
    else:
        usual = None, None
    return Bounds(usual[0] if lowest is None else lowest, usual[1] if highest is None else highest)


def is_percentage(metric: Mapping[str, Any]) -> bool:
    """Return whether the unit of a metric starts with percent, so that values differ by points."""
    return bool(_PERCENT.match(str(value_at(metric, ("unit",)) or "").strip()))


def unit_of(metric: Mapping[str, Any]) -> str:
    """Return the unit of a metric behind a value: without `%`, which is part of it, and without its ends."""
    unit = str(value_at(metric, ("unit",)) or "").strip()
    return " ".join(_ENDS.sub("", _PERCENT.sub("", unit, 1) if is_percentage(metric) else unit).split())


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _end(text: str) -> Decimal:
    return Decimal(text.replace("\N{MINUS SIGN}", "-"))
