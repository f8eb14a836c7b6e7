"""Content types that the settings switch off: what other schemas and entries lose with them.

A field that refers only to such content types is off too: no one has to fill it in, and a value that is
still in a file is left out before anything else sees it. So rules, figures and views work as if the field
weren't in the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.read.schemas.facets import facets
from handbook.read.schemas.references import Resolver, names_in
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Pointer

_Schema: TypeAlias = Mapping[str, Any]
_Names: TypeAlias = tuple[str, ...]
_Place: TypeAlias = tuple[tuple[_Schema, Resolver], ...]
"""Every schema that the same values have to match, with the resolver of each."""

_NOTHING: _Names = ()
_OTHERS = ("additionalProperties", "unevaluatedProperties")


class OffValue(NamedTuple):
    """A value that was left out of an entry.

    Attributes:
        pointer: Its place, from the entry's root.
        value: The value.
        kinds: The names of the content types that its field refers to.
    """

    pointer: Pointer
    value: Any
    kinds: _Names


def without_values(shape: Shape, entry: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[OffValue, ...]]:
    """Return an entry without the fields that are off, and the values that were left out.

    Args:
        shape: The fields that an entry has.
        entry: The entry.
    """
    if not shape.has_off_fields:
        return entry, ()
    found: list[OffValue] = []
    remaining: Mapping[str, Any] = _without_values(shape, entry, (), found)
    return (remaining, tuple(found)) if found else (entry, ())


def _without_values(
    shape: Shape | None, value: Any, pointer: tuple[str | int, ...], found: list[OffValue]
) -> Any:
    if shape is None or not shape.has_off_fields:
        return value
    if isinstance(value, list):
        return [
            _without_values(shape.item(index), item, (*pointer, index), found)
            for index, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    remaining = {}
    for name, part in value.items():
        if name in shape.off_fields:
            found.append(OffValue((*pointer, name), part, shape.off_fields[name]))
        else:
            remaining[name] = _without_values(shape.field(name), part, (*pointer, name), found)
    return remaining


def without_kinds(schemas: Mapping[str, _Schema], off: frozenset[str]) -> dict[str, _Schema]:
    """Return schemas in which nothing asks for an entry of some content types.

    A field that can name nothing else any more gets the annotation `x-off` and no other keyword. A field
    that can also name entries of other content types has it besides `x-ref`.

    Args:
        schemas: Valid schemas by file name.
        off: The names of the content types.
    """
    dropping = _Dropping(off)
    return {
        name: dropping.schema(schema, ((schema, Resolver(schemas, name)),))
        for name, schema in schemas.items()
    }


class _Dropping:
    """Rewrites schemas without some content types."""

    def __init__(self, off: frozenset[str]) -> None:
        self._off = off
        # By the identity of a schema, which lives as long as all others.
        self._known: dict[int, _Names] = {}

    def schema(self, schema: Any, place: _Place) -> Any:
        """Return a schema without the content types.

        Args:
            schema: The schema.
            place: Every schema of the values that it describes, itself included. A condition can ask for a
                field that another one declares.
        """
        if not isinstance(schema, Mapping):
            return schema
        off = {name: names for each in place for name, names in self._off_fields(*each).items()}
        changed: dict[str, Any] = {}
        for keyword, part in schema.items():
            if keyword == "x-ref":
                changed |= self._reference(part)
            elif keyword == "properties":
                changed[keyword] = {
                    name: {"x-off": list(off[name])} if name in off else self.schema(field, _at(place, name))
                    for name, field in part.items()
                }
            elif keyword == "items":
                changed[keyword] = self.schema(part, _items(place))
            elif keyword == "$defs":
                own = place[0][1]
                changed[keyword] = {name: self.schema(each, ((each, own),)) for name, each in part.items()}
            else:
                changed[keyword] = self._condition(keyword, part, place, off)
        return _either(schema, changed)

    def _condition(self, keyword: str, part: Any, place: _Place, off: Mapping[str, _Names]) -> Any:
        """Return what a keyword asks of an object without the fields that are off.

        `if` and `not` stay: no entry has the fields, so asking for one in them gives the right answer. An
        alternative that asks for such a field only is always met. If a patch removed the field, it never is.
        """
        if keyword == "required":
            return [name for name in part if name not in off]
        if keyword == "dependentRequired":
            return {name: [each for each in names if each not in off] for name, names in part.items()}
        if keyword in {"allOf", "anyOf", "oneOf"}:
            return [self.schema(each, place) for each in part]
        if keyword in {"then", "else"}:
            return self.schema(part, place)
        if keyword == "dependentSchemas":
            return {name: self.schema(each, place) for name, each in part.items()}
        return part

    def _reference(self, part: str | list[str]) -> dict[str, Any]:
        """Return the remaining part of a reference, and the part that is off."""
        names = names_in(part)
        remaining = [name for name in names if name not in self._off]
        if len(remaining) == len(names):
            return {"x-ref": part}
        gone = {"x-off": [name for name in names if name in self._off]}
        return {"x-ref": remaining, **gone} if remaining else gone

    def _off_fields(self, schema: _Schema, resolver: Resolver) -> dict[str, _Names]:
        """Return the fields of an object that are off, with what they refer to."""
        found: dict[str, _Names] = {}
        for name, field, own in _fields(schema, resolver):
            names = self._names(field, own)
            if names:
                found.setdefault(name, names)
        return found

    def _names(self, schema: Any, resolver: Resolver) -> _Names:
        """Return the content types of a field that is off; nothing if a value there can mean more."""
        if not isinstance(schema, Mapping):
            return _NOTHING
        if id(schema) not in self._known:
            self._known[id(schema)] = _NOTHING  # A schema can contain itself.
            self._known[id(schema)] = self._names_in(schema, resolver)
        return self._known[id(schema)]

    def _names_in(self, schema: _Schema, resolver: Resolver) -> _Names:
        applied = facets(schema, resolver)
        for facet in applied:
            if "x-ref" in facet.schema:
                names = names_in(facet.schema["x-ref"])
                return names if self._off.issuperset(names) else _NOTHING
        for facet in applied:
            items = facet.schema.get("items")
            if isinstance(items, Mapping):
                # Items that lose what tells them apart mean nothing any more.
                key = next((each.schema["x-key"] for each in applied if "x-key" in each.schema), "")
                fields = self._off_fields(items, facet.resolver)
                return fields.get(key) or self._names(items, facet.resolver)
        return self._names_of_object(schema, resolver)

    def _names_of_object(self, schema: _Schema, resolver: Resolver) -> _Names:
        """Return the content types of an object of which every field is off."""
        named = {name for name, _, _ in _fields(schema, resolver)}
        off = self._off_fields(schema, resolver)
        others = [self._names(*each) for each in _other_fields(schema, resolver)]
        if named - off.keys() or not all(others):
            return _NOTHING
        return tuple(dict.fromkeys(name for names in (*off.values(), *others) for name in names))


def _fields(schema: _Schema, resolver: Resolver) -> Iterator[tuple[str, Any, Resolver]]:
    """Yield the named fields of an object, with the resolver of each."""
    for facet in facets(schema, resolver):
        for name, field in facet.schema.get("properties", {}).items():
            yield name, field, facet.resolver


def _other_fields(schema: _Schema, resolver: Resolver) -> Iterator[tuple[Any, Resolver]]:
    """Yield the schemas of the fields of an object that have no name in it."""
    for facet in facets(schema, resolver):
        others = [facet.schema[each] for each in _OTHERS if facet.schema.get(each, False) is not False]
        for field in (*facet.schema.get("patternProperties", {}).values(), *others):
            yield field, facet.resolver


def _at(place: _Place, name: str) -> _Place:
    """Return every schema of a field."""
    return tuple(
        (field, resolver)
        for each in place
        for found, field, resolver in _fields(*each)
        if found == name and isinstance(field, Mapping)
    )


def _items(place: _Place) -> _Place:
    """Return every schema of the items of a list."""
    return tuple(
        (facet.schema["items"], facet.resolver)
        for each in place
        for facet in facets(*each)
        if isinstance(facet.schema.get("items"), Mapping)
    )


def _either(before: _Schema, changed: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in which `oneOf` allows several: without a field, more of them can be true."""
    if "oneOf" in before and changed["oneOf"] != before["oneOf"]:
        either = {"anyOf": changed.pop("oneOf")}
        changed["allOf"] = [*changed.get("allOf", ()), either]
    return changed
