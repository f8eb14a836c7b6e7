"""What several content rules ask of an entry, whatever its other fields say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from handbook.check.context import Context, RawEntry
from handbook.read.document import Pointer


def sound(context: Context, kind: str) -> Iterator[RawEntry]:
    """The entries of a kind that their schema has nothing to say against."""
    return (entry for entry in context.sound_entries if entry.kind.name == kind)


def value_at(entry: RawEntry, pointer: Pointer) -> Any:
    """The value at a place of an entry, or `None`."""
    value: Any = entry.value
    for part in pointer:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def day_at(entry: RawEntry, pointer: Pointer) -> date | None:
    """The day that stands at a place of an entry, if one does."""
    try:
        return date.fromisoformat(str(value_at(entry, pointer)))
    except ValueError:
        return None


def days(number: int) -> str:
    """`today`, `in 3 days` or `3 days ago`."""
    if number == 0:
        return "today"
    amount = f"{abs(number)} day{'' if abs(number) == 1 else 's'}"
    return f"in {amount}" if number > 0 else f"{amount} ago"
