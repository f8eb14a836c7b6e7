"""Collect what schemas say about the values at one place: names, texts, references, keys of lists.

Schemas distribute this over `$ref`, `allOf` and others. A row is all of it, except what is as usual, by the
attributes of a shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from handbook.read.audiences import AUDIENCES, strictest
from handbook.read.schemas.facets import Facet, facets
from handbook.read.schemas.references import Resolver, names_in

Row: TypeAlias = dict[str, Any]
Part: TypeAlias = tuple[Mapping[str, Any], Resolver]
"""A part of a schema, and what resolves the references in it."""

_SAID = {
    "title": "title",
    "description": "description",
    "pattern": "pattern",
    "default": "default",
    "x-key": "key",
    "x-more": "more",
    "x-change": "change",
    "x-titles": "titles",
    "x-meanings": "meanings",
}
_LISTED = {"enum": "choices", "examples": "examples", "type": "types", "x-ref": "refs", "x-off": "off"}
"""The attributes for the keywords with one value, and for those with a list."""
_CLOSING = ("additionalProperties", "unevaluatedProperties")
_PLAIN = frozenset({"boolean", "integer", "number", "string"})
"""The types of values without fields."""


def collect(schema: Mapping[str, Any], resolver: Resolver) -> Row:
    """Return the row of a schema.

    Args:
        schema: The schema.
        resolver: Resolves the references in it.
    """
    found = facets(schema, resolver)
    said: dict[str, Any] = {}
    for facet in reversed(found):
        said.update(facet.schema)
    row: Row = {}
    for keyword, value in said.items():
        if keyword in _SAID:
            row[_SAID[keyword]] = value
        elif keyword in _LISTED:
            row[_LISTED[keyword]] = names_in(value)
    if said.get("x-text") in {"markdown", "verbatim"}:
        row[said["x-text"]] = True
    if said.get("format") in {"uri-reference", "date"}:
        row["date" if said["format"] == "date" else "link"] = True
    audiences = [facet.schema["x-audience"] for facet in found if "x-audience" in facet.schema]
    if audiences:
        row["audience"] = strictest(AUDIENCES[0], *audiences)
    return row | dict(_of_choices(said)) | dict(_of_fields(found, row)) | dict(_of_parts(found))


def _of_choices(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the setting for the allowed values, and the former names."""
    if "x-vocabulary" in said:
        yield "setting", f"vocabularies.{said['x-vocabulary']}"
    elif "x-states" in said:
        yield "setting", f"states.{said['x-states']['name']}"
    former = said.get("x-former", {})
    if "names" in former:
        yield "former_names", tuple(former["names"])
    if "values" in former:
        choices = said.get("enum", ())
        yield "former_values", {old: new for old, new in former["values"].items() if old not in choices}


def _of_fields(found: Sequence[Facet], row: Row) -> Iterator[tuple[str, Any]]:
    """Yield which fields a value can or must have."""
    types = set(row.get("types", ())) - {"null"}
    is_plain = (bool(types) and types <= _PLAIN) or bool(row.get("choices"))
    if is_plain or any(facet.schema.get(keyword) is False for facet in found for keyword in _CLOSING):
        yield "is_open", False
    required = {name for facet in found if facet.always for name in facet.schema.get("required", ())}
    if required:
        yield "required", frozenset(required)
    for name, keyword in (("fields", "properties"), ("patterns", "patternProperties")):
        named = [each for facet in found for each in _parts(facet, keyword)]
        if named:
            yield name, named


def _of_parts(found: Sequence[Facet]) -> Iterator[tuple[str, Any]]:
    """Yield the schemas of a list's items, and of fields without a name in the schema."""
    first: dict[int, Part] = {}
    for facet in found:
        for index, schema in enumerate(facet.schema.get("prefixItems", ())):
            if isinstance(schema, Mapping):
                first.setdefault(index, (schema, facet.resolver))
    if first:
        yield "first", [*first.items()]
    for name, keywords in (("rest", ("items",)), ("other", _CLOSING)):
        below = ((facet, facet.schema.get(keyword)) for facet in found for keyword in keywords)
        part = next(((each, facet.resolver) for facet, each in below if isinstance(each, Mapping)), None)
        if part:
            yield name, part


def _parts(facet: Facet, keyword: str) -> list[tuple[str, Part]]:
    """Return the named parts of a schema."""
    parts = facet.schema.get(keyword, {}).items()
    return [(name, (schema, facet.resolver)) for name, schema in parts if isinstance(schema, Mapping)]
