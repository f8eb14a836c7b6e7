"""Kinds: the content types of a handbook, each declared by one schema.

The engine does not know kinds by name. Name, sources, pages, references and texts are annotations in the
schema, so you can add a kind without changing the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from handbook.read.files import Site, read_file, shipped
from handbook.read.pages import PAGE_SCHEMA
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import Validator
from handbook.read.settings import SETTINGS_FILE, SETTINGS_SCHEMA
from handbook.read.yaml.document import Document, read_document

SCHEMA_SUFFIX = ".schema.json"

COLLECTIONS_SCHEMA = "collections.schema.json"
"""The schema of files with a list of entries. It is for the editors of one site."""


class Kind(NamedTuple):
    """One kind of entry.

    Attributes:
        name: Its name in references, such as `tool`.
        plural: The key of its collections, such as `tools`.
        label: The name of one entry on a page.
        title: The title of its section of the site.
        description: The purpose of the kind, in a sentence.
        sources: Files and folders (with a trailing slash) of its entries, relative to the site.
        page: The folder of its pages, such as `tools`.
        icon: The icon of its pages, in Material's spelling.
        schema: The JSON Schema of an entry.
        shape: The schema, field by field.
        validator: Checks an entry against the schema.
        resolver: Resolves the references of the schema, and knows its file.
    """

    name: str
    plural: str
    label: str
    title: str
    description: str
    sources: tuple[str, ...]
    page: str
    icon: str
    schema: Mapping[str, Any]
    shape: Shape
    validator: Validator
    resolver: Resolver

    def counted(self, number: int) -> str:
        """Return a number of entries in words: `1 tool`, `3 processes`."""
        return f"{number:,} {self.label.lower() if number == 1 else self.plural.replace('_', ' ')}"


class SchemaFile(NamedTuple):
    """The file of a schema.

    Attributes:
        name: The file's name, by which other schemas refer to it.
        path: Its path: relative to the site for its own and those of layers, absolute for a shipped one.
        document: Its content.
    """

    name: str
    path: str
    document: Document


def read_schema_files(site: Site) -> list[SchemaFile]:
    """Return every schema in name order. The site's own replace those of layers and shipped ones."""
    paths: dict[str, Path] = {path.name: path for path in shipped("schemas").glob(f"*{SCHEMA_SUFFIX}")}
    for each in site.upwards:
        folder = each.root / "schemas"
        # A link in its place is reported when all files are read.
        if folder.is_dir() and not folder.is_symlink():
            found = {path.name: path for path in folder.glob(f"*{SCHEMA_SUFFIX}")}
            if each is not site:
                found.pop(COLLECTIONS_SCHEMA, None)
            paths |= found
    return [_read_schema(site, paths[name]) for name in sorted(paths)]


def _read_schema(site: Site, path: Path) -> SchemaFile:
    is_shipped = not any(path.is_relative_to(each.root) for each in site.upwards)
    shown = str(path) if is_shipped else site.shown(path)
    # Installations can lay out the files of the engine in any way.
    return SchemaFile(path.name, shown, read_file(path, _read_content, follow=is_shipped))


@lru_cache(maxsize=256)
def _read_content(data: bytes) -> Document:
    """Read a schema. The states of a comparison and the builds of a server have most of them in common."""
    return read_document(data)


def make_kinds(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Kind]:
    """Return the kinds that a set of schemas declares, by name.

    Args:
        schemas: Valid schemas by file name, which is also their `$id`.
    """
    declared = {name: schema["x-kind"] for name, schema in schemas.items() if "x-kind" in schema}
    known: dict[int, Shape] = {}
    return {kind["name"]: _make_kind(name, kind, schemas, known) for name, kind in declared.items()}


def make_settings_kind(schemas: Mapping[str, Mapping[str, Any]]) -> Kind | None:
    """Return the settings as a kind of their own, with one file, no pages and no references to it.

    Args:
        schemas: Valid schemas by file name. Without that of the settings there is no such kind.
    """
    if SETTINGS_SCHEMA not in schemas:
        return None
    declared = {"name": "handbook", "plural": "", "title": "", "sources": [SETTINGS_FILE], "page": ""}
    return _make_kind(SETTINGS_SCHEMA, declared, schemas, {})


def make_page_kind(schemas: Mapping[str, Mapping[str, Any]]) -> Kind | None:
    """Return the front matter of pages as a kind of its own, with references to others but none to it.

    Args:
        schemas: Valid schemas by file name. Without that of pages there is no such kind.
    """
    if PAGE_SCHEMA not in schemas:
        return None
    declared = {"name": "page", "plural": "pages", "title": "Pages", "sources": [], "page": ""}
    return _make_kind(PAGE_SCHEMA, declared, schemas, {})


def _make_kind(
    file: str,
    declared: Mapping[str, Any],
    schemas: Mapping[str, Mapping[str, Any]],
    known: dict[int, Shape],
) -> Kind:
    schema = schemas[file]
    resolver = Resolver(schemas, file)
    return Kind(
        name=declared["name"],
        plural=declared["plural"],
        label=schema.get("title", declared["name"]),
        title=declared["title"],
        description=schema.get("description", ""),
        sources=tuple(declared["sources"]),
        page=declared["page"],
        icon=declared.get("icon", ""),
        schema=schema,
        shape=Shape(schema, resolver, known),
        validator=Validator(schema, schemas),
        resolver=resolver,
    )
