"""What several content rules ask of an entry, whatever its other fields say."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context, RawEntry


def sound(context: Context, kind: str) -> Iterator[RawEntry]:
    """The entries of a kind that their schema has nothing to say against."""
    return (entry for entry in context.sound_entries if entry.kind.name == kind)
