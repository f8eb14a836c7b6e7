"""The line by which a file tells editors its schema."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from handbook.check.schema_collections import COLLECTIONS_SCHEMA
from handbook.read.files import Site, read_file
from handbook.read.kinds import Kind
from handbook.write.editor import schema_folder


def modeline(site: Site, kind: Kind, path: str, *, is_collection: bool) -> Iterator[str]:
    """The line for a file; none when the site has no schema that editors could read.

    Args:
        site: The folder.
        kind: What the file holds.
        path: The file, relative to the site.
        is_collection: Whether it holds a list of entries.
    """
    folder = schema_folder(site)
    schema = f"{folder}/{COLLECTIONS_SCHEMA if is_collection else kind.schema['$id']}"
    if _is_known(site, f"{folder}/{COLLECTIONS_SCHEMA}", kind):
        yield f"# yaml-language-server: $schema={posixpath.relpath(schema, posixpath.dirname(path) or '.')}"


def _is_known(site: Site, schema: str, kind: Kind) -> bool:
    """Whether the schema of collections has a kind; where it lies, all other schemas do."""
    value: Any = read_file(site.root / schema).value
    return isinstance(value, dict) and kind.plural in value.get("properties", {})
