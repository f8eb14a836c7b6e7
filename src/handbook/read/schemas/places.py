"""Find places by their shapes: what is at a pointer, and where an entry has references and their targets."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Pointer


def shape_at(shape: Shape, pointer: Pointer) -> Shape | None:
    """Return the shape of the place at a pointer; `None` if the schema doesn't describe it."""
    found: Shape | None = shape
    for part in pointer:
        if found is None:
            return None
        found = found.items if isinstance(part, int) else found.field(part)
    return found


def is_optional(shape: Shape, pointer: Pointer) -> bool:
    """Return whether the value at a pointer can be left out of the field or the list around it."""
    around = shape_at(shape, pointer[:-1])
    return bool(pointer) and (around is None or pointer[-1] not in around.required)


def item_keys(shape: Shape, value: Any, reference: str) -> set[str]:
    """Return the keys of the items of an entry that a `#list/list` reference can name."""
    below: Shape | None = shape
    values: list[Any] = [value]
    key = "id"
    for part in reference.removeprefix("#").split("/"):
        below = below.field(part) if below else None
        key = (below.key if below else None) or key
        below = below.items if below else None
        lists = [value.get(part) for value in values if isinstance(value, (dict, MappingProxyType))]
        values = [item for items in lists if isinstance(items, (list, tuple)) for item in items]
    named = (item.get(key) for item in values if isinstance(item, (dict, MappingProxyType)))
    return {name for name in named if isinstance(name, str)}


def walk(shape: Shape, value: Any) -> Sequence[tuple[Pointer, Shape, Any]]:
    """Return every connected value at a place and below it, with its pointer and its shape.

    Values of the wrong type are skipped: the schema check reports them.
    """
    found: list[tuple[Pointer, Shape, Any]] = []
    _collect(shape, value, (), found)
    return found


def _collect(
    shape: Shape, value: Any, pointer: tuple[str | int, ...], found: list[tuple[Pointer, Shape, Any]]
) -> None:
    if shape.is_connected:
        found.append((pointer, shape, value))
    if isinstance(value, str):
        return
    if isinstance(value, (dict, MappingProxyType)):
        ways, named = shape.ways, shape.properties
        for name, part in value.items():
            below = ways.get(name) or (None if name in named else shape.field(name))
            if below is not None and below.leads_to_connections:
                _collect(below, part, (*pointer, name), found)
    elif isinstance(value, (list, tuple)):
        below = shape.items
        if below is not None and below.leads_to_connections:
            for index, part in enumerate(value):
                _collect(below, part, (*pointer, index), found)
