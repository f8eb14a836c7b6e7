"""Fill in what a file doesn't say: values that people decided once for all, and open points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.imports.fields import is_list_of_mappings, is_money, known_words, shape_at_path
from handbook.imports.mapping import Mapped
from handbook.imports.nesting import in_order
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.values import state_of

OPEN = "TBC"
"""What is written if the file doesn't say what readers are owed. It is listed as an open point."""

_PER_SEAT = "per_seat"
_NOT_IN_USE = frozenset({"proposed", "retired", "replaced"})


def filled(kind: Kind, entry: Mapping[str, Any], mapped: Mapped) -> dict[str, Any]:
    """Return an entry with the values that the mapping sets, and with open points.

    Args:
        kind: Its kind.
        entry: What the file says of it.
        mapped: The mapping.
    """
    found = _copied(entry)
    for path, value in mapped.set.items():
        _fill(found, kind.shape, path, value)
    points: Mapping[str, list[str]] = known_words()["open_points"]
    for path in points.get(kind.name, ()):
        is_optional = "." in path
        if shape_at_path(kind.shape, path) and not (is_optional and state_of(found) in _NOT_IN_USE):
            _fill(found, kind.shape, path, OPEN)
    for path in costs_without_pricing(kind, found):
        _fill(found, kind.shape, f"{path}.{_PER_SEAT}", filling=False)
    ordered: dict[str, Any] = in_order(found, kind.shape)
    return ordered


def costs_without_pricing(kind: Kind, entry: Mapping[str, Any]) -> list[str]:
    """Return the amounts of an entry that don't say whether they are per seat. Lists of costs have totals."""
    return [
        name
        for name, shape in kind.shape.properties.items()
        if is_money(shape)
        and _PER_SEAT in shape.properties
        and "amount" in entry.get(name, ())
        and _PER_SEAT not in entry[name]
    ]


def missing_fields(value: Any, shape: Shape | None, path: str = "") -> Iterator[str]:
    """Yield the paths of required fields that an entry lacks."""
    if isinstance(value, list):
        for item in value:
            yield from missing_fields(item, shape.items if shape else None, path)
    elif isinstance(value, Mapping) and shape:
        for name in sorted(shape.required - value.keys() - {"id"}):
            yield f"{path}.{name}".lstrip(".")
        for name, part in value.items():
            yield from missing_fields(part, shape.field(name), f"{path}.{name}".lstrip("."))


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(part) for name, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _fill(value: Any, shape: Shape | None, path: str, filling: Any) -> None:
    """Give a field a value wherever it is missing, also in the items of a list."""
    if isinstance(value, list):
        for item in value:
            _fill(item, shape.items if shape else None, path, filling)
        return
    name, _, rest = path.partition(".")
    below = shape.field(name) if shape else None
    if not isinstance(value, dict) or (rest and name not in value and is_list_of_mappings(below)):
        return
    if rest:
        _fill(value.setdefault(name, {}), below, rest, filling)
    else:
        value.setdefault(name, filling)
