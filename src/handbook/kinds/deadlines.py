"""What the entries of each built-in kind ask for, and by when. A kind with due dates has a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from handbook.kinds.experiment.dates import experiment_deadlines
from handbook.kinds.flag.dates import flag_deadlines
from handbook.kinds.phase.order import phase_deadlines
from handbook.kinds.tool.dates import tool_deadlines

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
