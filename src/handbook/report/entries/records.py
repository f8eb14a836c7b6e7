"""An entry as plain values: its fields as they are written, where it stands, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.check.context import json_pointer
from handbook.link.catalogue import Catalogue, Entry
from handbook.read.audiences import may_see
from handbook.read.shapes import Shape
from handbook.view.links import Place


@dataclass(frozen=True, slots=True)
class Records:
    """Says the entries of a handbook as plain values.

    Attributes:
        catalogue: The entries, without what the audience may not see.
        directory_urls: How pages are addressed, as in `Place`.
    """

    catalogue: Catalogue
    directory_urls: bool = True

    def of(self, entry: Entry) -> dict[str, Any]:
        """An entry as one object."""
        return {
            "kind": entry.kind.name,
            "id": entry.id,
            "path": entry.path,
            "line": entry.span.line,
            "page": Place("index.md", self.directory_urls).url(entry.page).removeprefix("./"),
            "fields": plain(entry.data),
            "used_by": [
                {"kind": use.entry.kind.name, "id": use.entry.id, "pointer": json_pointer(use.pointer)}
                for use in self.catalogue.uses(entry)
            ],
        }


def plain(value: Any) -> Any:
    """A value in forms that every program knows."""
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value


def columns(shape: Shape, audience: str, before: str = "") -> Iterator[str]:
    """The fields of an entry one by one, in the schema's order; dots lead inside, as in `cost.currency`."""
    for name, field in shape.properties.items():
        if not may_see(audience, field.audience):
            continue
        if field.properties and "array" not in field.types:
            yield from columns(field, audience, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def value_at(data: Any, column: str) -> Any:
    """The value in a column; `None` where there is none."""
    for part in column.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return data
