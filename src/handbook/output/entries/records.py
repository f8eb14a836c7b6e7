"""Turn entries into plain values: their fields, locations and uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.mappings import MAPPINGS
from handbook.base.named_tuples import NamedTuple
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.place import Place
from handbook.read.audiences import may_see
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import json_pointer


class Records(NamedTuple):
    """Turns the entries of a handbook into plain values.

    Attributes:
        catalogue: The entries, without content hidden from the audience.
        directory_urls: The form of page addresses, as in `Place`.
    """

    catalogue: Catalogue
    directory_urls: bool = True

    def of(self, entry: Entry) -> dict[str, Any]:
        """Return an entry as one object."""
        return {
            "kind": entry.kind.name,
            "id": entry.id,
            "path": entry.path,
            "line": entry.span.line,
            "page": self.page(entry),
            "fields": plain(entry.data),
            "used_by": [
                {"kind": use.entry.kind.name, "id": use.entry.id, "pointer": json_pointer(use.pointer)}
                for use in self.catalogue.uses(entry)
            ],
        }

    def page(self, entry: Entry) -> str:
        """Return the address of the page of an entry, relative to the home page."""
        return Place("index.md", self.directory_urls).url(entry.page).removeprefix("./")


def plain(value: Any) -> Any:
    """Return a value as plain lists, dictionaries and scalars."""
    if isinstance(value, str):  # as most are
        return value
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, MAPPINGS):
        return {name: plain(part) for name, part in value.items()}
    return value


def columns(shape: Shape, audience: str, before: str = "") -> Iterator[str]:
    """Yield the fields of an entry in the schema's order; nested ones with dots, as in `cost.currency`."""
    for name, field in shape.properties.items():
        if not may_see(audience, field.audience):
            continue
        if field.properties and "array" not in field.types:
            yield from columns(field, audience, f"{before}{name}.")
        else:
            yield f"{before}{name}"
