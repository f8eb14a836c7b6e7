"""Check the schema of files with a list of entries: it must match the kinds.

A kind's schema describes one entry, and the engine takes the name of the list from `x-kind`. Editors can't
do that, so one schema describes the lists of all kinds. It becomes outdated if a kind changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.base.problem import Problem
from handbook.read.schemas.kinds import SchemaFile
from handbook.read.values import as_mapping
from handbook.read.yaml.document import json_pointer

_HINT = "Run `handbook editor`, which writes `.vscode/schemas/collections.schema.json`, and remove this file"


def wrong_collections(file: SchemaFile, schemas: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the lists that no kind has, or that contain entries of another kind.

    A kind can be missing: editors then give less help, but no wrong advice.

    Args:
        file: The schema of collections.
        schemas: The name of the file with the schema of each kind, by the kind's plural.
    """
    lists = as_mapping(as_mapping(file.document.value).get("properties"))
    for plural, schema in lists.items():
        pointer = ("properties", plural)
        found = as_mapping(as_mapping(schema).get("items")).get("$ref")
        if plural not in schemas:
            message = f"Unknown content type `{plural}`"
        elif found != schemas[plural]:
            message = f"Invalid items in `{plural}`: they must refer to {schemas[plural]}"
        else:
            continue
        yield Problem(file.path, file.document.key_span(pointer), message, _HINT, json_pointer(pointer))
