"""Get values from entries as they are written: at a place, as a date, and the review that every kind has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handbook.base.choices import meaning_of
from handbook.base.mappings import MAPPINGS
from handbook.read.yaml.document import Pointer

EXAMPLE = "example"
"""The field of an entry that only shows how to write one."""


def value_at(value: Any, pointer: Pointer) -> Any:
    """Return the value at a place of an entry, or `None`."""
    for part in pointer:
        if value is None:
            break
        value = value.get(part) if isinstance(value, MAPPINGS) else None
    return value


def state_of(value: Mapping[str, Any], pointer: Pointer = ("status",)) -> str:
    """Return the built-in state that the state of an entry means; empty without one.

    A company can have states of its own. Rules and figures know only what they mean.

    Args:
        value: The fields of the entry.
        pointer: The place of the state.
    """
    return str(meaning_of(value_at(value, pointer)) or "")


def day_at(value: Any, pointer: Pointer) -> date | None:
    """Return the date at a place of an entry, if it is valid."""
    found = value_at(value, pointer)
    if found is None:  # Most entries lack most dates, and an exception takes long.
        return None
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        return None


def number_at(value: Any, pointer: Pointer) -> float | None:
    """Return the number at a place of an entry, if there is one."""
    number = value_at(value, pointer)
    return number if isinstance(number, (int, float)) and not isinstance(number, bool) else None


def list_at(value: Any, pointer: Pointer) -> Sequence[Any]:
    """Return the items of the list at a place of an entry; none without a list."""
    items = value_at(value, pointer)
    return items if isinstance(items, (list, tuple)) else ()


def as_mapping(value: Any) -> Mapping[Any, Any]:
    """Return a value if it is a mapping, otherwise an empty one."""
    return value if isinstance(value, Mapping) else {}


def owner_ids(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the IDs of the owners of an entry or page, the accountable one first."""
    owner = value.get("owner")
    ids = owner if isinstance(owner, (list, tuple)) else (owner,)
    return tuple(dict.fromkeys(each for each in ids if isinstance(each, str)))


def is_example(value: Mapping[str, Any]) -> bool:
    """Return whether an entry only shows how to write one."""
    return value.get(EXAMPLE) is True


def review_due(value: Mapping[str, Any]) -> date | None:
    """Return the next review date of an entry; `None` if it is retired or an example, or has none."""
    is_due = state_of(value) != "retired" and not is_example(value)
    return day_at(value, ("review", "next")) if is_due else None
