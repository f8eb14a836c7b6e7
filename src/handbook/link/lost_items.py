"""Leave out references to hidden items of the same entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from handbook.read.schemas.shapes import Shape

GONE = object()
"""What replaces a value that is left out."""


def without_lost_items(value: Any, shape: Shape | None, keys: Callable[[str], set[str]]) -> Any:
    """Return a value without references to hidden items of the same entry.

    Args:
        value: The value, a part of the entry.
        shape: Its part of the schema.
        keys: Returns the keys of the visible items, by the reference to their list.
    """
    if shape is None or not shape.has_item_names:
        return value
    if isinstance(value, Mapping):
        parts = {name: without_lost_items(part, shape.field(name), keys) for name, part in value.items()}
        return MappingProxyType({name: part for name, part in parts.items() if part is not GONE})
    if isinstance(value, tuple):
        kept = (without_lost_items(part, shape.item(index), keys) for index, part in enumerate(value))
        return tuple(part for part in kept if part is not GONE)
    if shape.refs and shape.refs[0].startswith("#") and isinstance(value, str):
        return value if value in keys(shape.refs[0]) else GONE
    return value
