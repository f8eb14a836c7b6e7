"""Former names of fields and values, as the schemas' `x-former` declares them.

A renamed field or value is accepted under its former name until the next release. The reader of entries
replaces it before validation, so everything that comes later knows only the current names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Pointer


class FormerName(NamedTuple):
    """A former name in an entry.

    Attributes:
        pointer: The field or value, from the entry's root, as the file has it.
        former: The name in the file.
        current: The name that replaces it.
        is_field: Whether it is the name of a field; otherwise it is a value.
    """

    pointer: Pointer
    former: str
    current: str
    is_field: bool


def with_current_names(
    shape: Shape, entry: Mapping[str, Any]
) -> tuple[Mapping[str, Any], tuple[FormerName, ...]]:
    """Return an entry with current names only, and the former names that were replaced.

    Args:
        shape: The fields that an entry has.
        entry: The entry as its file has it.
    """
    if not shape.has_former_names:
        return entry, ()
    replaced: list[FormerName] = []
    renamed = _with_current_names(shape, entry, (), replaced)
    return (renamed, tuple(replaced)) if replaced else (entry, ())


def _with_current_names(
    shape: Shape, value: Any, pointer: tuple[str | int, ...], replaced: list[FormerName]
) -> Any:
    if isinstance(value, str):
        current = shape.former_values.get(value, value)
        if current != value:
            replaced.append(FormerName(pointer, value, current, is_field=False))
        return current
    if not shape.has_former_names:
        return value
    if isinstance(value, list):
        return [
            part if below is None else _with_current_names(below, part, (*pointer, index), replaced)
            for index, part in enumerate(value)
            for below in (shape.item(index),)
        ]
    return _mapping(shape, value, pointer, replaced) if isinstance(value, dict) else value


def _mapping(
    shape: Shape, value: Mapping[str, Any], pointer: tuple[str | int, ...], replaced: list[FormerName]
) -> dict[str, Any]:
    renamed: dict[str, Any] = {}
    for name, part in value.items():
        current = shape.former_fields.get(name, name)
        if current != name and (current in value or current in renamed):
            # Both names are there. The schema rejects the former one.
            current = name
        if current != name:
            replaced.append(FormerName((*pointer, name), name, current, is_field=True))
        below = shape.field(current)
        renamed[current] = (
            part if below is None else _with_current_names(below, part, (*pointer, name), replaced)
        )
    return renamed
