"""The schema of files with a list of entries: what it says must be what the kinds say.

A kind's schema describes one entry, and the engine knows from `x-kind` how a list of them looks. Editors
cannot know that, so one schema tells them for all kinds. It goes stale when a kind changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.check.context import json_pointer
from handbook.check.problem import Problem
from handbook.read.kinds import SchemaFile

COLLECTIONS_SCHEMA = "collections.schema.json"

_HINT = "Run `handbook editor` to update this file"


def wrong_collections(file: SchemaFile, schemas: Mapping[str, str]) -> Iterator[Problem]:
    """Lists that no kind has, or that hold entries of another one.

    A kind may be missing: that costs help in the editor, and nothing is told wrong.

    Args:
        file: The schema of collections.
        schemas: The name of the file with the schema of each kind, by the kind's plural.
    """
    lists = _mapping(_mapping(file.document.value).get("properties"))
    for plural, schema in lists.items():
        pointer = ("properties", plural)
        found = _mapping(_mapping(schema).get("items")).get("$ref")
        if plural not in schemas:
            message = f"Unknown content type `{plural}`"
        elif found != schemas[plural]:
            message = f"Invalid items in `{plural}`: they must refer to {schemas[plural]}"
        else:
            continue
        yield Problem(file.path, file.document.key_span(pointer), message, _HINT, json_pointer(pointer))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
