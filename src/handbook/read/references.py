"""Where the `$ref`s of schemas lead: to another file, by its name, and to a place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

_ANCHORS = ("$anchor", "$dynamicAnchor")
_INDEX = re.compile("[0-9]{1,9}")
_DATA = frozenset({"examples", "enum", "const", "default"})


class UnresolvableError(LookupError):
    """A reference that leads nowhere."""


class Resolved(NamedTuple):
    """What a reference leads to.

    Attributes:
        contents: The schema there.
        resolver: Resolves the references in it.
    """

    contents: Any
    resolver: Resolver


class Resolver(NamedTuple):
    """Resolves the references of one file.

    Attributes:
        schemas: Every schema, by the name of its file, whatever `$id` it gives itself.
        file: The name of the file.
    """

    schemas: Mapping[str, Mapping[str, Any]]
    file: str

    def lookup(self, reference: str) -> Resolved:
        """What a reference leads to.

        Raises:
            UnresolvableError: It leads nowhere.
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
    """What stands at a JSON pointer."""
    found = schema
    for part in pointer[1:].split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping) and key in found:
            found = found[key]
        elif isinstance(found, list) and _INDEX.fullmatch(key) and int(key) < len(found):
            found = found[int(key)]
        else:
            raise UnresolvableError(pointer)
    return found


def _anchored(schema: Any, name: str) -> Any:
    """The part of a schema that calls itself by a name; without one, all of it."""
    if not name:
        return schema
    found = next((part for part in _parts(schema) if name in map(part.get, _ANCHORS)), None)
    if found is None:
        raise UnresolvableError(name)
    return found


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping in a schema that is not only an example or an allowed value."""
    if isinstance(value, Mapping):
        yield value
        for name, part in value.items():
            if name not in _DATA:
                yield from _parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _parts(part)
