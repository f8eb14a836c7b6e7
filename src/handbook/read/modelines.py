"""The line that tells editors the schema of a file, besides the settings of one editor."""

from __future__ import annotations

import posixpath
from typing import Any

from handbook.read.files import Site, read_file
from handbook.read.schemas.kinds import COLLECTIONS_SCHEMA, Kind

FOLDER = ".vscode/schemas"
"""The folder with the schemas for editors."""

START = "# yaml-language-server: $schema="


class Modelines:
    """The lines for the files of a site."""

    def __init__(self, site: Site) -> None:
        self._plurals = _plurals(site)

    def of(self, kind: Kind, path: str, *, is_collection: bool) -> str:
        """Return the line for a file; empty if the site has no schemas for editors that know its kind.

        Args:
            kind: The kind of its entries.
            path: The file, relative to the site.
            is_collection: Whether it has a list of entries.
        """
        if kind.plural not in self._plurals:
            return ""
        schema = f"{FOLDER}/{COLLECTIONS_SCHEMA if is_collection else kind.schema['$id']}"
        return f"{START}{posixpath.relpath(schema, posixpath.dirname(path) or '.')}"


def _plurals(site: Site) -> frozenset[str]:
    """Return the kinds in the schema of collections; all other schemas are in the same folder."""
    file = site.root / FOLDER / COLLECTIONS_SCHEMA
    value: Any = read_file(file).value if file.is_file() else None
    return frozenset(value.get("properties", {})) if isinstance(value, dict) else frozenset()
