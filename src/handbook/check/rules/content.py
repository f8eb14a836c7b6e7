"""Select the entries for content rules."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.read.context import Context
from handbook.read.raw import RawEntry


def sound(context: Context, kind: str) -> Iterator[RawEntry]:
    """Return the entries of a kind that match their schema."""
    return (entry for entry in context.sound_entries if entry.kind.name == kind)
