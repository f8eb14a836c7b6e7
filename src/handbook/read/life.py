"""The life of an entry by the meaning of its state: in use, ending or gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from handbook.base.choices import within_sentence
from handbook.read.values import state_of

LookUp: TypeAlias = Callable[[str], Mapping[str, Any] | None]

_ENDING = frozenset({"sunset", "deprecated"})
_GONE = frozenset({"retired", "replaced"})
ENDED = _ENDING | _GONE
"""The states of what should not be used for anything new, or no longer at all."""

_DONE = frozenset({"decided", "stopped", "out-of-date", "resolved", "accepted", "shipped", "declined"})
RECORD_STATES = ENDED | _DONE
"""The states of what only tells of the past."""


def is_gone(value: Mapping[str, Any]) -> bool:
    """Return whether an entry is no longer available."""
    return state_of(value) in _GONE


def has_ended(value: Mapping[str, Any]) -> bool:
    """Return whether an entry should not be used for anything new, or no longer at all."""
    return state_of(value) in ENDED


def is_used(value: Mapping[str, Any]) -> bool:
    """Return whether people can use an entry today: it isn't only proposed, and hasn't ended."""
    return state_of(value) != "proposed" and not has_ended(value)


def ended_state(value: Mapping[str, Any]) -> str:
    """Return the state of an entry that has ended, to show next to its name; empty for any other entry."""
    return within_sentence(value["status"]) if has_ended(value) else ""


def is_record(value: Mapping[str, Any]) -> bool:
    """Return whether an entry only tells of the past: it has ended, or is done."""
    return state_of(value) in RECORD_STATES


def successors(entry_id: str, look_up: LookUp) -> Iterator[str]:
    """Yield the ID of the replacement of an entry that has ended, that of its replacement, and so on.

    The last one is in use, unknown, without a replacement, or the first that comes again.

    Args:
        entry_id: The entry.
        look_up: Returns the fields of an entry of its kind by its ID, or `None`.
    """
    visited = {entry_id}
    value = look_up(entry_id) or {}
    while has_ended(value):
        name = value.get("replaced_by")
        if not isinstance(name, str):
            return
        yield name
        if name in visited:
            return
        visited.add(name)
        value = look_up(name) or {}


def in_use_instead(entry_id: str, look_up: LookUp) -> str:
    """Return the ID of the entry to use instead of one that has ended; empty if none is known.

    Args:
        entry_id: The entry.
        look_up: Returns the fields of an entry of its kind by its ID, or `None`.
    """
    *_, last = ("", *successors(entry_id, look_up))
    value = look_up(last)
    return "" if value is None or has_ended(value) else last
