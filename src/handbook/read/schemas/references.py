"""Resolve the `$ref`s of schemas, which consist of a file name and a place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from handbook.base.mappings import MAPPINGS
from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex

_ANCHORS = ("$anchor", "$dynamicAnchor")
_INDEX = regex("[0-9]{1,9}")
NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
"""The keywords of a schema whose values are schemas by name."""

DATA = frozenset({"examples", "enum", "const", "default"})
"""The keywords of a schema whose values are not schemas."""


def names_in(keyword: str | Sequence[str]) -> tuple[str, ...]:
    """Return the names in a keyword with one name or several, such as `x-ref` or `type`."""
    return (keyword,) if isinstance(keyword, str) else tuple(keyword)


class UnresolvableError(LookupError):
    """Raised for a reference without a target."""


class Resolved(NamedTuple):
    """The target of a reference.

    Attributes:
        contents: The schema.
        resolver: Resolves the references in the schema.
    """

    contents: Any
    resolver: Resolver


class Resolver(NamedTuple):
    """Resolves the references of one file.

    Attributes:
        schemas: Every schema by file name; its `$id` is ignored.
        file: The name of the file.
    """

    schemas: Mapping[str, Mapping[str, Any]]
    file: str

    def lookup(self, reference: str) -> Resolved:
        """Return the target of a reference.

        Raises:
            UnresolvableError: The reference has no target.
        """
        address, _, fragment = reference.partition("#")
        name = address.rpartition("/")[2] if address else self.file
        if name not in self.schemas:
            raise UnresolvableError(reference)
        place = unquote(fragment)
        schema = self.schemas[name]
        contents = _at(schema, place) if place.startswith("/") else _anchored(schema, place)
        return Resolved(contents, self if name == self.file else Resolver(self.schemas, name))


def _at(schema: Any, pointer: str) -> Any:
    """Return the value at a JSON pointer."""
    found = schema
    for part in pointer[1:].split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, MAPPINGS) and key in found:
            found = found[key]
        elif isinstance(found, list) and _INDEX.fullmatch(key) and int(key) < len(found):
            found = found[int(key)]
        else:
            raise UnresolvableError(pointer)
    return found


def _anchored(schema: Any, name: str) -> Any:
    """Return the part of a schema with an anchor; without an anchor, all of it."""
    if not name:
        return schema
    found = next((part for part in parts(schema) if name in map(part.get, _ANCHORS)), None)
    if found is None:
        raise UnresolvableError(name)
    return found


def parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every mapping in a schema, except examples and allowed values."""
    if isinstance(value, MAPPINGS):
        yield value
        for name, part in value.items():
            if name not in DATA:
                yield from parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from parts(part)
