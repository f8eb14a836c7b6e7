"""The data that an audit needs of a tool in use or under contract, and what is missing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.base.language import _
from handbook.link.catalogue import Entry
from handbook.read.schemas.shapes import Shape

_REQUIRED: Mapping[str, Sequence[str]] = {
    "owner": (),
    "cost": ("per_seat",),
    "seats": ("licensed", "active"),
    "contract": ("renews_on", "notice_days"),
    "capabilities": (),
    "review": ("next",),
}
"""The required fields, and the fields in them that can be left out."""
_STEP = " › "  # noqa: RUF001 - the sign of a breadcrumb


def missing_fields_of(tool: Entry) -> Iterator[str]:
    """Yield the missing fields; of a field that is only partly known, the parts that the schema has."""
    for field, parts in _REQUIRED.items():
        value, shape = tool.data.get(field), tool.kind.shape.field(field)
        if not value:
            yield field
        elif shape:
            yield from (f"{field}.{part}" for part in parts if part in shape.properties and part not in value)


def titles_of(tool: Entry, fields: Sequence[str]) -> tuple[str, ...]:
    """Return the titles of fields for readers, such as "Seats › Active users" for `seats.active`."""  # noqa: RUF002
    return tuple(_STEP.join(_titles(tool.kind.shape, field.split("."))) for field in fields)


def _titles(shape: Shape, names: Sequence[str]) -> Iterator[str]:
    below: Shape | None = shape
    for name in names:
        below = below.field(name) if below else None
        yield _(below.title) if below and below.title else name
