"""Find every schema in a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from handbook.read.schemas.reference_problems import Parts, Place
from handbook.read.schemas.references import DATA, NAMED
from handbook.read.yaml.document import Document


def parts_of(document: Document) -> Parts:
    """Return every schema in a file with its place. The same document is looked through once."""
    value, parts = _value(document), _remembered(document)
    # Equal documents can have other objects, by which circles are found.
    return parts if parts[0][1] is value else tuple(_subschemas(value))


@lru_cache(maxsize=64)
def _remembered(document: Document) -> Parts:
    return tuple(_subschemas(_value(document)))


def _value(document: Document) -> Mapping[str, Any]:
    return document.value if isinstance(document.value, dict) else {}


def _subschemas(value: Any, pointer: Place = (), *, is_named: bool = False) -> Iterator[tuple[Place, Any]]:
    """Yield every schema in a schema, with its place."""
    if isinstance(value, dict):
        if not is_named:
            yield pointer, value
        for name, part in value.items():
            if is_named or name not in DATA:
                below_is_named = not is_named and name in NAMED
                yield from _subschemas(part, (*pointer, name), is_named=below_is_named)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _subschemas(part, (*pointer, index))
