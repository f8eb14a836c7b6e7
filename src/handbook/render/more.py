"""Find the fields of an entry that its view leaves out, so that pages show them anyway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from handbook.kinds.figures import FIGURES
from handbook.read.audiences import FIELD
from handbook.read.former_ids import FORMER
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.view_fields import ENTRY, Field, Load, ViewFields
from handbook.read.view_reader import read_view_fields

Rest: TypeAlias = Mapping[str, "Rest | None"]
"""The fields that a view leaves out, by name: `None` for all of a field, otherwise its parts."""

_ON_EVERY_PAGE = frozenset(
    {"id", "name", "summary", "status", "owner", "review", "tags", "aliases", FIELD, FORMER}
)
"""The fields that pages show above the view, or that are for the search and the engine."""
_ID = "id"
_LABELS = ("name", "title")
"""The fields that name an item of a list."""


def left_out(kind: Kind, view: str, load: Load) -> Rest:
    """Return the fields of a content type that a view leaves out.

    Args:
        kind: The content type.
        view: The name of the view.
        load: Returns the text of a view by its name.
    """
    fields = read_view_fields(view, load, Field(ENTRY))
    figures = [FIGURES[name] for name in fields.figured if name in FIGURES]
    figured = [path for figure in figures for path in figure.shown_fields(kind.name)]
    whole = fields.whole | {Field(ENTRY, tuple(path.split("."))) for path in figured}
    if Field(ENTRY) in whole:
        return {}
    return _rest(kind.shape, Field(ENTRY), whole, _named(fields, whole))


def _named(fields: ViewFields, whole: frozenset[Field]) -> frozenset[Field]:
    """Return the fields of which a view names any part."""
    found = {*(mention.field for mention in fields.mentions), *whole}
    return frozenset(Field(of, names[:length]) for of, names in found for length in range(1, len(names) + 1))


def _rest(shape: Shape, at: Field, whole: frozenset[Field], named: frozenset[Field]) -> Rest:
    found: dict[str, Rest | None] = {}
    for name, below in shape.properties.items():
        field = at.below(name)
        is_content = below.more and name != _ID and (at.names or name not in _ON_EVERY_PAGE)
        if not is_content or field in whole:
            continue
        if field not in named:
            found[name] = None
        elif rest := _rest(below.items or below, field, whole, named):
            found[name] = rest
    return found


def parts_left_out(value: Any, shape: Shape | None, rest: Rest | None) -> Any:
    """Return the parts of a value that a view leaves out; `None` if there are none.

    An item of a list keeps its name, so that readers know what the parts belong to.

    Args:
        value: The value, such as the data of an entry.
        shape: Its schema.
        rest: The fields that the view leaves out; `None` for all.
    """
    if rest is None or shape is None:
        return value
    if isinstance(value, tuple):
        items = [_item_left_out(item, shape, rest) for item in value]
        return tuple(item for item in items if item) or None
    if not isinstance(value, Mapping):
        return None
    named = [name for name in rest if name in value]
    parts = {name: parts_left_out(value[name], shape.field(name), rest[name]) for name in named}
    return {name: part for name, part in parts.items() if part is not None} or None


def _item_left_out(item: Any, shape: Shape, rest: Rest) -> Any:
    parts = parts_left_out(item, shape.items, rest)
    if not isinstance(parts, Mapping):
        return parts
    label = next(name for name in (*_LABELS, shape.key, *item) if name in item)
    return {label: item[label], **parts}
