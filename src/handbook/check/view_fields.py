"""Find the fields that a site's own views name, but that the schemas don't have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.base.words import suggestion
from handbook.check.page_names import TemplateProblem
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.view_fields import ENTRY, Field, Mention
from handbook.read.view_files import ViewFiles, kind_of_view
from handbook.read.view_reader import read_view_fields

_ITEM_FIELDS = ("anchor", "id", "name")
"""What a reference to an item of the same entry has in a view."""
_TEXT_FIELDS = ("opening", "rest")
"""What a Markdown text has in a view."""


def unknown_fields(views: ViewFiles, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, TemplateProblem]]:
    """Yield each problem with the name of its view.

    Args:
        views: The views of the site.
        kinds: The content types of the site, by name.
    """
    found: dict[tuple[str, TemplateProblem], None] = {}
    for name in views.to_follow():
        kind = kinds.get(kind_of_view(name))
        if kind is None:
            continue
        fields = read_view_fields(name, views.text, Field(ENTRY))
        optional = {(field.names, view) for field, view in fields.optional}
        for mention in fields.mentions:
            names = mention.field.names
            asked = any((names[:length], mention.view) in optional for length in range(1, len(names) + 1))
            if mention.field.of == ENTRY and mention.view in views.own and not asked:
                found.update({(mention.view, each): None for each in _problems(mention, kind, kinds)})
    yield from found


def _problems(mention: Mention, kind: Kind, kinds: Mapping[str, Kind]) -> Iterator[TemplateProblem]:
    """Yield the problem of a field whose parents are known: the parents are mentions of their own."""
    *above, name = mention.field.names
    shapes, title = [kind.shape], kind.name
    for part in above:
        shapes = [found for shape in shapes if (found := shape.field(part))]
        title = f"`{part}`"
        if any(shape.refs and shape.refs[0].startswith("#") for shape in shapes):
            if mention.field.names[-2] == part and name not in _ITEM_FIELDS:
                yield _unknown(mention, name, title, suggestion(name, _ITEM_FIELDS))
            return
        if any(shape.markdown for shape in shapes):
            if mention.field.names[-2] == part and name not in _TEXT_FIELDS:
                yield _unknown(mention, name, title, suggestion(name, _TEXT_FIELDS))
            return
        shapes = [found for shape in shapes for found in _inside(shape, kinds)]
    # An open schema allows fields that it doesn't name.
    # A field that is off is empty.
    if not shapes or any(shape.is_open or shape.field(name) or name in shape.off_fields for shape in shapes):
        return
    former = next((shape.former_fields[name] for shape in shapes if name in shape.former_fields), None)
    known = {field for shape in shapes for field in shape.properties}
    yield _unknown(mention, name, title, f"Rename it to `{former}`" if former else suggestion(name, known))


def _unknown(mention: Mention, name: str, title: str, hint: str) -> TemplateProblem:
    hint = hint or "Use a field of the schema"
    return TemplateProblem(mention.line, name, f"Unknown field `{name}` in {title}", hint)


def _inside(shape: Shape, kinds: Mapping[str, Kind]) -> Iterator[Shape]:
    """Yield the shapes of the values that a field, or an item of a list, leads to."""
    inner = shape.items or shape
    if inner.refs:
        yield from (kinds[name].shape for name in inner.refs if name in kinds)
    else:
        yield inner
