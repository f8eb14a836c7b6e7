"""Schemas that describe published entries, without fields hidden from the audience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.read.audiences import AUDIENCES, may_see
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.references import DATA, Resolver, parts
from handbook.read.schemas.shapes import Shapes

_NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")
_IN_PLACE = ("allOf", "anyOf", "oneOf", "if", "then", "else")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT = {"type": "string"}
_USE = {
    "type": "object",
    "required": ["kind", "id", "pointer"],
    "additionalProperties": False,
    "properties": {
        "kind": {
            "title": "Kind",
            "description": "The kind of the entry with the reference; `page` for a page.",
            **_TEXT,
        },
        "id": {"title": "ID", "description": "Its ID; for a page, its path without the suffix.", **_TEXT},
        "pointer": {
            "title": "Place",
            "description": "The place of the reference, as a JSON pointer.",
            **_TEXT,
        },
    },
}


def list_schema_name(kind: Kind) -> str:
    """Return the name of the schema of the list of a kind's entries."""
    return f"{kind.plural}.list.schema.json"


def list_schema(kind: Kind) -> dict[str, Any]:
    """Return the schema of the JSON file with the entries of a kind."""
    return {
        "$schema": _DIALECT,
        "$id": list_schema_name(kind),
        "title": kind.title,
        "description": kind.description or kind.title,
        "type": "object",
        "required": ["kind", "audience", "entries"],
        "additionalProperties": False,
        "properties": {
            "$schema": {"title": "Schema", "description": "This schema.", **_TEXT},
            "kind": {"title": "Kind", "description": "The kind of all the entries.", "const": kind.name},
            "audience": {
                "title": "Audience",
                "description": "The audience of this file. It contains nothing for a higher audience.",
                "enum": list(AUDIENCES),
            },
            "entries": {"title": "Entries", "type": "array", "items": _entry_schema(kind)},
        },
    }


def _entry_schema(kind: Kind) -> dict[str, Any]:
    return {
        "title": kind.label,
        "type": "object",
        "required": ["kind", "id", "path", "line", "page", "fields", "used_by"],
        "additionalProperties": False,
        "properties": {
            "kind": {"title": "Kind", "const": kind.name},
            "id": {"title": "ID", "description": "Unique within the kind.", **_TEXT},
            "path": {
                "title": "File",
                "description": "Its file in the repository.",
                **_TEXT,
            },
            "line": {
                "title": "Line",
                "description": "Its first line; 1 if the public sees only a part of the file.",
                "type": "integer",
            },
            "page": {"title": "Page", "description": "Its page, relative to the root of the site.", **_TEXT},
            "fields": {"$ref": kind.resolver.file},
            "used_by": {
                "title": "Used by",
                "description": "References to the entry: one item for each place.",
                "type": "array",
                "items": _USE,
            },
        },
    }


def described(kinds: Iterable[Kind], audience: str) -> dict[str, Any]:
    """Return the schemas of kinds and their dependencies, by file name.

    Args:
        kinds: The kinds.
        audience: The audience. Fields for a higher audience are left out.
    """
    found: dict[str, Any] = {}
    for kind in kinds:
        waiting = [kind.resolver.file]
        while waiting:
            name = waiting.pop()
            if name not in found:
                resolver = Resolver(kind.resolver.schemas, name)
                found[name] = _shown(resolver.schemas[name], resolver, audience, frozenset())
                waiting += {resolver.lookup(target).resolver.file for target in _references(found[name])}
    return found


def _references(schema: Any) -> Iterator[str]:
    return (part["$ref"] for part in parts(schema) if isinstance(part.get("$ref"), str))


def _shown(schema: Any, resolver: Resolver, audience: str, hidden: frozenset[str]) -> Any:
    """Return a schema without the fields hidden from the audience.

    Args:
        schema: The schema.
        resolver: Resolves its references.
        audience: The audience.
        hidden: The fields left out of the object that the schema is a part of.
    """
    if not isinstance(schema, Mapping):
        return schema
    fields = Shapes().of(schema, resolver).properties if "properties" in schema else {}
    hidden |= {name for name, shape in fields.items() if not may_see(audience, shape.audience)}
    left: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword == "required" and isinstance(value, list):
            left[keyword] = [name for name in value if name not in hidden]
        elif keyword in _NAMED:
            left[keyword] = {
                name: _shown(
                    part, resolver, audience, hidden if keyword == "dependentSchemas" else frozenset()
                )
                for name, part in value.items()
                if keyword != "properties" or name not in hidden
            }
        elif keyword in _IN_PLACE and isinstance(value, list):
            left[keyword] = [_shown(part, resolver, audience, hidden) for part in value]
        elif keyword == "examples" and hidden:
            continue
        elif keyword in DATA:
            left[keyword] = value
        else:
            below = hidden if keyword in _IN_PLACE else frozenset()
            left[keyword] = _shown(value, resolver, audience, below)
    return left
