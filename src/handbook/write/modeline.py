"""The line that tells editors the schema of a file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from handbook.read.files import Site, read_file
from handbook.read.schemas.kinds import COLLECTIONS_SCHEMA, Kind
from handbook.write.editor import FOLDER


def modeline(site: Site, kind: Kind, path: str, *, is_collection: bool) -> Iterator[str]:
    """Return the line for a file; empty if the site has no schemas for editors.

    Args:
        site: The folder.
        kind: The kind of its entries.
        path: The file, relative to the site.
        is_collection: Whether it has a list of entries.
    """
    schema = f"{FOLDER}/{COLLECTIONS_SCHEMA if is_collection else kind.schema['$id']}"
    if _is_known(site, kind):
        yield f"# yaml-language-server: $schema={posixpath.relpath(schema, posixpath.dirname(path) or '.')}"


def _is_known(site: Site, kind: Kind) -> bool:
    """Return whether the schema of collections has a kind; all other schemas are in the same folder."""
    value: Any = read_file(site.root / FOLDER / COLLECTIONS_SCHEMA).value
    return isinstance(value, dict) and kind.plural in value.get("properties", {})
