"""Put values into an entry by their paths. Rows can fill items of lists in it, as those of a checklist."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from handbook.imports.fields import folded, is_links, is_list_of_mappings, shape_at_path
from handbook.imports.ids import made_id, unused_id
from handbook.read.schemas.shapes import Shape

_NAMES = frozenset({"id", "name"})
_UNNAMED = "Items"
"""The name of a group if the file has none."""


def list_levels(shape: Shape, paths: Mapping[str, Any]) -> list[str]:
    """Return the paths of the lists whose items the columns fill, the outer ones first."""
    found = set()
    for path in paths:
        steps = path.split(".")
        for number in range(1, len(steps)):
            level = ".".join(steps[:number])
            field = shape_at_path(shape, level)
            if is_list_of_mappings(field) and not (field and is_links(field)):
                found.add(level)
    found -= {path.rpartition(".")[0] for path in paths if names_items(shape, path, paths)}
    return sorted(found, key=lambda level: level.count("."))


def names_items(shape: Shape, path: str, paths: Collection[str]) -> bool:
    """Return whether one cell names all items of a list, such as the tools that a tool is connected to.

    Args:
        shape: The schema of an entry.
        path: The field of the cell.
        paths: The fields of all columns. If others are about the same items, each row is one.
    """
    level, _, name = path.rpartition(".")
    field = shape_at_path(shape, level) if level else None
    key = field.items.field(name) if field and field.items and field.key == name else None
    others = [each for each in paths if each != path and each.startswith(f"{level}.")]
    return bool(key and key.refs and not key.refs[0].startswith("#") and not others)


def put_row(
    entry: dict[str, Any], shape: Shape, values: Mapping[str, Any], levels: list[str]
) -> tuple[dict[str, Any], list[str]]:
    """Put the values of a row into an entry.

    Args:
        entry: The entry, which can have values of other rows.
        shape: Its schema.
        values: The values by path.
        levels: The lists whose items rows fill.

    Returns:
        The innermost item that they went to, and the paths where another row has said something else.
    """
    items: dict[str, dict[str, Any]] = {"": entry}
    for level in levels:
        own = {
            path.removeprefix(f"{level}."): each
            for path, each in values.items()
            if path.startswith(f"{level}.")
        }
        if own:
            above = next((each for each in reversed(levels) if level.startswith(f"{each}.")), "")
            around: list[dict[str, Any]] = items[above].setdefault(level.rpartition(".")[2], [])
            is_outer = any(each.startswith(f"{level}.") for each in levels)
            same = _named(around, own.get("name") or _UNNAMED) if is_outer else None
            if same is None:
                named = {"name": _UNNAMED, **own} if is_outer else own
                same = _new_item(shape_at_path(shape, level), named, _ids(entry, level))
                around.append(same)
            items[level] = same
    lost = []
    for path, value in values.items():
        level = next((each for each in reversed(levels) if path.startswith(f"{each}.")), "")
        known = _put(items[level], path.removeprefix(level).lstrip("."), value)
        # The names and IDs of items have told which ones the row is about.
        if known != value and not (level and path.rpartition(".")[2] in _NAMES):
            lost.append(path)
    return next((items[level] for level in reversed(levels) if level in items), entry), lost


def _put(mapping: dict[str, Any], path: str, value: Any) -> Any:
    """Put a value at a path, unless there is one, and return the one that is there."""
    *above, name = path.split(".")
    for step in above:
        mapping = mapping.setdefault(step, {})
    return mapping.setdefault(name, value)


def _named(items: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    return next((each for each in items if folded(str(each.get("name"))) == folded(name)), None)


def _new_item(field: Shape | None, own: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    """Return a new item with its name, and an ID if it needs one."""
    shape = field.items if field else None
    name, written = own.get("name", ""), own.get("id", "")
    item: dict[str, Any] = {}
    if shape and "id" in shape.properties and ("id" in shape.required or written):
        item["id"] = unused_id(made_id(folded(str(written)) or str(name)) or "item", taken)
    if name:
        item["name"] = name
    return item


def _ids(value: Any, level: str) -> set[str]:
    """Return the IDs of the items of a list in all places."""
    step, _, rest = level.partition(".")
    found: set[str] = set()
    for item in value.get(step, ()) if isinstance(value, Mapping) else ():
        found |= _ids(item, rest) if rest else {str(item.get("id"))}
    return found


def in_order(value: Any, shape: Shape | None) -> Any:
    """Return a value with its fields in the order of the schema."""
    if isinstance(value, Mapping):
        known = list(shape.properties) if shape else []
        names = sorted(value, key=lambda name: known.index(name) if name in known else len(known))
        return {name: in_order(value[name], shape.field(name) if shape else None) for name in names}
    if isinstance(value, list):
        return [in_order(item, shape.items if shape else None) for item in value]
    return value
