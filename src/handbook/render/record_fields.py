"""The fields of a record with their titles, for views that show records of any schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.choices import label_of
from handbook.base.language import _
from handbook.base.text import Plain
from handbook.render.links import ItemLink
from handbook.render.values import Record


def fields(record: Record) -> Iterator[tuple[Plain, Any]]:
    """Yield the fields of a record that have a value, with their titles, in the order of the schema."""
    return ((title, value) for _name, title, value in named_fields(record))


def named_fields(record: Record) -> Iterator[tuple[str, Plain, Any]]:
    """Yield the fields of a record that have a value: name, title and value, in the order of the schema."""
    known = record._shape.properties if record._shape else {}  # noqa: SLF001  # itself
    names = [*known, *(name for name in record._data if name not in known)]  # noqa: SLF001
    for name in names:
        if record._data.get(name) is not None:  # noqa: SLF001
            shape = known.get(name)
            title = Plain(_(shape.title) if shape and shape.title else name)
            yield name, title, _named(record[name])


def _named(value: Any) -> Any:
    """Return a value with labels of choices and names of items: only their own view knows their anchors."""
    if isinstance(value, tuple):
        return tuple(map(_named, value))
    if label_of(value):
        return Plain(label_of(value))
    return Plain(value.name) if isinstance(value, ItemLink) else value
