"""Open points of an entry: fields in which a decision is pending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.language import _
from handbook.base.mappings import MAPPINGS
from handbook.base.prose import prose
from handbook.check.texts import OPEN_POINT
from handbook.link.catalogue import Entry


def open_points(entry: Entry) -> Iterator[str]:
    """Yield the title of each field with an open point, by the same pattern as HB333."""
    for name, value in entry.data.items():
        if any(_may_be_open(text) and OPEN_POINT.search(prose(text)) for text in _strings(value)):
            shape = entry.kind.shape.field(name)
            yield _(shape.title) if shape and shape.title else name


def _may_be_open(text: str) -> bool:
    """Return whether a text can have an open point. Most can't, and need no search."""
    return ("?" in text or "tb" in text.lower()) and bool(OPEN_POINT.search(text))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, MAPPINGS):
        for part in value.values():
            yield from _strings(part)
