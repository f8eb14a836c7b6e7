"""Schemas without the fields that are hidden from an audience, and without what says something of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from handbook.link.gate import names_hidden
from handbook.read.audiences import may_see
from handbook.read.schemas.references import DATA, NAMED, Resolver, names_in, parts
from handbook.read.schemas.shapes import Shape, Shapes

_WIDENED = frozenset({"allOf", "anyOf", "then", "else"})
_IN_PLACE = _WIDENED | {"oneOf", "not", "if"}
_REFERENCE = "x-ref"
_GONE = object()


def visible(schema: Any, resolver: Resolver, audience: str, hidden: frozenset[str] = frozenset()) -> Any:
    """Return a schema without the fields hidden from the audience.

    Args:
        schema: The schema.
        resolver: Resolves its references.
        audience: The audience.
        hidden: The fields left out of the object that the schema is a part of.
    """
    if isinstance(schema, list):
        return [visible(part, resolver, audience, hidden) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    whole = _Whole(schema, resolver, audience, hidden)
    left = {keyword: whole.part(keyword, value) for keyword, value in schema.items()}
    has_lost_condition = left.get("if") is _GONE
    return {
        keyword: value
        for keyword, value in left.items()
        if value is not _GONE and not (has_lost_condition and keyword in {"then", "else"})
    }


def remove_unused(found: Mapping[str, dict[str, Any]], whole: Mapping[str, Any]) -> None:
    """Remove the definitions that only hidden fields use.

    Args:
        found: The visible schemas by file name, which are changed.
        whole: The same schemas as they are.
    """
    used = _used(whole)
    while unused := used - (used := _used(found)):
        for name, definition in unused:
            if name in found:
                found[name].get("$defs", {}).pop(definition, None)


def remove_kinds(schema: Any, hidden: frozenset[str]) -> None:
    """Remove kinds from what the references of a visible schema can name.

    Args:
        schema: The schema, which is changed.
        hidden: The names of the kinds.
    """
    for part in parts(schema) if hidden else ():
        known = names_in(part.get(_REFERENCE, ()))
        if isinstance(part, dict) and not hidden.isdisjoint(known):
            part[_REFERENCE] = [name for name in known if name not in hidden]
            if not part[_REFERENCE]:
                del part[_REFERENCE]


def references(schema: Any) -> Iterator[str]:
    """Yield the references in a schema."""
    return (part["$ref"] for part in parts(schema) if isinstance(part.get("$ref"), str))


def _used(schemas: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return the file and the name of each definition that a schema refers to."""
    found = set()
    for name, schema in schemas.items():
        for reference in references(schema):
            file, _, place = reference.partition("#/$defs/")
            found.add((file or name, place.partition("/")[0]))
    return found


class _Whole:
    """A schema as it is.

    Args:
        schema: The schema.
        resolver: Resolves its references.
        audience: The audience.
        hidden: The fields left out of the object that the schema is a part of.
    """

    def __init__(
        self, schema: Mapping[str, Any], resolver: Resolver, audience: str, hidden: frozenset[str]
    ) -> None:
        self._schema = schema
        self._resolver = resolver
        self._audience = audience
        self._hidden = hidden
        if "properties" in schema:
            fields = self._shape.properties.items()
            self._hidden |= {name for name, each in fields if not may_see(audience, each.audience)}

    @cached_property
    def _shape(self) -> Shape:
        return Shapes().of(self._schema, self._resolver)

    def part(self, keyword: str, value: Any) -> Any:
        """Return what is visible of the value of a keyword."""
        if keyword in DATA:
            return self._data(keyword, value)
        if keyword in NAMED:
            return self._named(keyword, value)
        if keyword in _IN_PLACE:
            shown = visible(value, self._resolver, self._audience, self._hidden)
            # Without what is hidden, a condition or a choice of exactly one would mean something else.
            return shown if keyword in _WIDENED or shown == value else _GONE
        if keyword == "additionalProperties" and not self._is_seen(value):
            return False
        return self._of_names(keyword, value)

    def _data(self, keyword: str, value: Any) -> Any:
        if keyword == "examples" and self._hidden:
            return _GONE
        if keyword == "examples":
            shown = [each for each in value if not names_hidden(each, self._shape, self._audience)]
            return shown or _GONE
        return _GONE if keyword == "default" and names_hidden(value, self._shape, self._audience) else value

    def _named(self, keyword: str, value: Mapping[str, Any]) -> dict[str, Any]:
        gone = self._hidden if keyword in {"properties", "dependentSchemas"} else frozenset()
        below = self._hidden if keyword == "dependentSchemas" else frozenset()
        return {
            name: visible(part, self._resolver, self._audience, below)
            for name, part in value.items()
            if name not in gone and (keyword not in {"patternProperties", "$defs"} or self._is_seen(part))
        }

    def _of_names(self, keyword: str, value: Any) -> Any:
        """Return the value of a keyword that can name fields."""
        if keyword == "required" and isinstance(value, list):
            return [name for name in value if name not in self._hidden]
        if keyword == "dependentRequired":
            return {
                name: [each for each in needed if each not in self._hidden]
                for name, needed in value.items()
                if name not in self._hidden
            }
        if keyword == "propertyNames" and self._hidden:
            return _GONE
        return visible(value, self._resolver, self._audience)

    def _is_seen(self, schema: Any) -> bool:
        if not isinstance(schema, Mapping):
            return True
        return may_see(self._audience, Shapes().of(schema, self._resolver).audience)
