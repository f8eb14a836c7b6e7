"""What the entries of each built-in kind ask for, and by when. A kind with due dates has a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from handbook.kinds.experiment.dates import experiment_deadlines
from handbook.kinds.flag.dates import flag_deadlines
from handbook.kinds.phase.order import phase_deadlines
from handbook.kinds.tool.dates import tool_deadlines

AHEAD = timedelta(days=30)
"""The time before a due date in which it needs attention."""

Deadlines = Callable[[Mapping[str, Any], date], Iterator[tuple[str, date | None]]]
"""A function of the fields of an entry and of today that yields actions with their due dates. An action
without a date is due now if the entry has no owner."""

DEADLINES: Mapping[str, Deadlines] = MappingProxyType(
    {
        "experiment": experiment_deadlines,
        "flag": flag_deadlines,
        "phase": phase_deadlines,
        "tool": tool_deadlines,
    }
)


def due_state(kind: str, data: Mapping[str, Any], day: date, today: date) -> str:
    """Return whether a date of an entry asks for something: `soon` or `overdue`; empty if it doesn't.

    Args:
        kind: The content type.
        data: The fields of the entry.
        day: The date, from one of them.
        today: The date that counts as today.
    """
    due = {day for _action, day in DEADLINES[kind](data, today)} if kind in DEADLINES else ()
    if day not in due or day > today + AHEAD:
        return ""
    return "overdue" if day < today else "soon"
