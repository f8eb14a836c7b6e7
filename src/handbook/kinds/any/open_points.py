"""Open points of an entry: fields in which a decision is pending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.base.language import _
from handbook.base.prose import prose
from handbook.check.texts import OPEN_POINT
from handbook.link.catalogue import Entry


def open_points(entry: Entry) -> Iterator[str]:
    """Yield the title of each field with an open point, by the same pattern as HB333."""
    for name, value in entry.data.items():
        if any(OPEN_POINT.search(text) and OPEN_POINT.search(prose(text)) for text in _strings(value)):
            shape = entry.kind.shape.field(name)
            yield _(shape.title) if shape and shape.title else name


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, tuple)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(part)
