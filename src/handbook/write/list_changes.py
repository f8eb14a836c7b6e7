"""Find the changes that make one list of another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal


def list_changes(
    before: Sequence[Any], after: Sequence[Any]
) -> Iterator[tuple[Literal["set", "insert", "remove"], int, Any]]:
    """Yield the changes in order. Each position is the one at the time of its change.

    Items with the same ID are the same item, whatever else is in them.

    Args:
        before: The items.
        after: The items afterwards.
    """
    names = [_name(item) for item in before], [_name(item) for item in after]
    shift = 0
    for what, start, end, new_start, new_end in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        pairs = min(end - start, new_end - new_start)
        for offset in range(pairs):
            if what == "replace" or before[start + offset] != after[new_start + offset]:
                yield "set", start + shift + offset, after[new_start + offset]
        for _ in range(start + pairs, end):
            yield "remove", start + shift + pairs, None
        shift -= end - start - pairs
        for offset in range(new_start + pairs, new_end):
            yield "insert", offset, after[offset]
            shift += 1


def _name(item: Any) -> str:
    """Return what identifies an item."""
    known = item.get("id") if isinstance(item, dict) else None
    return f"id {known}" if isinstance(known, str) else json.dumps(item, sort_keys=True, default=str)
