"""Schemas that describe published entries, without fields hidden from the audience."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handbook.output.entries.visible_schemas import references, remove_kinds, remove_unused, visible
from handbook.read.audiences import AUDIENCES
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.references import Resolver

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


def described(
    kinds: Iterable[Kind], audience: str, hidden_kinds: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the schemas of kinds and their dependencies, by file name.

    Args:
        kinds: The kinds.
        audience: The audience. Fields for a higher audience are left out.
        hidden_kinds: The kinds that the audience may not know, which references don't name.
    """
    found: dict[str, Any] = {}
    whole: dict[str, Any] = {}
    for kind in kinds:
        waiting = [kind.resolver.file]
        while waiting:
            name = waiting.pop()
            if name not in found:
                resolver = Resolver(kind.resolver.schemas, name)
                whole[name] = resolver.schemas[name]
                found[name] = visible(whole[name], resolver, audience)
                waiting += {resolver.lookup(target).resolver.file for target in references(found[name])}
    remove_unused(found, whole)
    for schema in found.values():
        remove_kinds(schema, hidden_kinds)
    return found
