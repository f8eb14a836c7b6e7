"""What lists say of entries beyond their fields: labels, words for empty fields, calculated amounts.

A kind with any of these has a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from handbook.base.language import N_, _
from handbook.kinds.process.frequency import frequency_by_calendar
from handbook.kinds.process.ritual import is_ritual
from handbook.kinds.tool.cost import cost_of
from handbook.kinds.tool.money import Money
from handbook.link.catalogue import Entry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape

_LABELS: Mapping[str, tuple[str, Callable[[Mapping[str, Any], Shape, str], bool]]] = MappingProxyType(
    {"process": (N_("ritual"), is_ritual)}
)

_WORDS: Mapping[tuple[str, str], Callable[[Entry, str], str]] = MappingProxyType(
    {("process", "cadence"): frequency_by_calendar}
)

_CALCULATED: Mapping[tuple[str, str], tuple[str, Callable[[Entry], Money | None]]] = MappingProxyType(
    {("tool", "cost"): (N_("Annual cost"), lambda tool: cost_of(tool).yearly)}
)


def calculated(entry: Entry, field: str) -> Money | None:
    """Return the amount that a list shows in place of a field; `None` without one.

    Args:
        entry: The entry.
        field: The field.
    """
    _title, calculate = _CALCULATED.get((entry.kind.name, field), ("", None))
    return calculate(entry) if calculate else None


def calculated_title(kind: Kind, field: str) -> str:
    """Return the title of the column with the calculated amounts; empty if a list shows the field itself."""
    return _CALCULATED.get((kind.name, field), ("", None))[0]


def entry_label(entry: Entry, audience: str) -> str:
    """Return the label of an entry in lists; empty without one.

    Args:
        entry: The entry.
        audience: The audience of the list.
    """
    label, applies = _LABELS.get(entry.kind.name, ("", None))
    return _(label) if applies and applies(entry.data, entry.kind.shape, audience) else ""


def words_for_empty(entry: Entry, field: str, audience: str) -> str:
    """Return what a list shows for a field without a value; empty for nothing.

    Args:
        entry: The entry.
        field: The field.
        audience: The audience of the list.
    """
    find = _WORDS.get((entry.kind.name, field))
    return find(entry, audience) if find else ""
