"""Kinds: the content types of a handbook, each declared by one schema.

The engine does not know kinds by name. Name, sources, pages, references and texts are annotations in the
schema, so you can add a kind without changing the engine.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.words import suggestion
from handbook.read.files import Site, read_file, shipped, start_of
from handbook.read.packs import installed
from handbook.read.schemas.patches import PATCH_SUFFIX, as_document, patched
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import Validator
from handbook.read.settings import SETTINGS_SCHEMA
from handbook.read.yaml.document import Document, Pointer, json_pointer, read_document

SCHEMAS = "schemas"
SCHEMA_SUFFIX = ".schema.json"

COLLECTIONS_SCHEMA = "collections.schema.json"
"""The schema of files with a list of entries, which is calculated from the others."""

GONE_FILE = "sources/gone.yaml"
"""The file of the entries that were removed without a successor."""

GONE_SCHEMA = "gone.schema.json"

_UNPATCHED = frozenset({COLLECTIONS_SCHEMA, GONE_SCHEMA, SETTINGS_SCHEMA})
"""The schemas without a use for a patch: the engine knows all settings."""


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
        is_wide: Whether its pages need the width that a table of contents would take.
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
    is_wide: bool
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
        path: The file that the site can change: relative to the site for a schema or patch of its own or of a
            layer, absolute for a shipped schema.
        document: The schema that applies.
        patch: The patch that it includes, if any.
        misfits: The parts of a patch that don't fit.
        dropped: Its lists that make required fields optional.
        is_of_engine: Whether it comes with the engine, as it is.
    """

    name: str
    path: str
    document: Document
    patch: Document | None = None
    misfits: tuple[Problem, ...] = ()
    dropped: tuple[Problem, ...] = ()
    is_of_engine: bool = False

    @property
    def content(self) -> Mapping[str, Any]:
        """Return the schema; empty if it is none."""
        value = self.document.value
        return value if isinstance(value, dict) else {}

    def problem(self, pointer: Pointer, message: str, hint: str) -> Problem:
        """Return a problem of a value in it."""
        return Problem(self.path, self.places.value_span(pointer), message, hint, json_pointer(pointer))

    def is_of_patch(self, pointer: Pointer) -> bool:
        """Return whether a value in it is from the patch."""
        value: Any = self.patch.value if self.patch else None
        for part in pointer:
            known = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
            if part not in known:
                return False
            value = value[part]
        return self.patch is not None

    @property
    def places(self) -> Document:
        """Return the document with the places of its values: the patch, if there is one."""
        return self.patch or self.document


def read_schema_files(site: Site) -> list[SchemaFile]:
    """Return every schema in name order. The site's own replace or patch those of layers and shipped ones."""
    # Of each schema, the highest file that is whole, and the patches above it.
    folders = reversed(installed(SCHEMAS))
    given = {path.name: path for folder in folders for path in folder.glob(f"*{SCHEMA_SUFFIX}")}
    chains = {name: [path] for name, path in given.items()}
    for each in site.upwards:
        folder = each.root / SCHEMAS
        # A link in its place is reported when all files are read.
        if not folder.is_dir() or folder.is_symlink():
            continue
        for path in folder.glob(f"*{SCHEMA_SUFFIX}"):
            # Collections are for the editors of one site.
            if each is site or path.name != COLLECTIONS_SCHEMA:
                chains[path.name] = [path]
        for path in folder.glob(f"*{PATCH_SUFFIX}"):
            chains.setdefault(_patched_name(path), []).append(path)
    files = {
        name: _read_schema(site, chain[0])
        for name, chain in chains.items()
        if chain[0].name.endswith(SCHEMA_SUFFIX)
    }
    for name, chain in chains.items():
        for path in chain:
            if path.name.endswith(PATCH_SUFFIX):
                shipped = _read_schema(site, given[name]) if name in given else None
                files[name] = _patch(files, name, _read_schema(site, path), shipped)
    return [files[name] for name in sorted(files)]


def _patched_name(path: Path) -> str:
    return path.name.removesuffix(PATCH_SUFFIX) + SCHEMA_SUFFIX


def _patch(
    files: Mapping[str, SchemaFile], name: str, patch: SchemaFile, shipped: SchemaFile | None
) -> SchemaFile:
    """Return a schema with the patch of the same name.

    Args:
        files: The schemas so far.
        name: The schema.
        patch: The patch.
        shipped: The schema that comes with the engine, if any.
    """
    base, kind = files.get(name), name.removesuffix(SCHEMA_SUFFIX)
    is_beside = base and posixpath.dirname(base.path) == posixpath.dirname(patch.path) and base.patch is None
    # In a checkout of the engine, the shipped schema is next to the patch. Other sites can have a copy.
    if base and is_beside and (shipped is None or base.document.value != shipped.document.value):
        copy = f", or remove {base.path} to patch the built-in schema" if shipped else ""
        hint = f"Change it there and remove this file{copy}"
        return base._replace(misfits=(patch.problem((), f"The schema `{kind}` is your own", hint),))
    if base is None:
        known = [each.removesuffix(SCHEMA_SUFFIX) for each in files if each not in _UNPATCHED]
        misfit = patch.problem((), f"Unknown schema `{kind}`", suggestion(kind, known))
        return SchemaFile(name, patch.path, as_document({}), misfits=(misfit,))
    if name in _UNPATCHED:
        misfit = patch.problem((), f"The schema `{kind}` can't be changed by a patch", "Remove this file")
        return base._replace(misfits=(misfit,))
    if patch.document.faults:
        return patch._replace(name=name)
    document, misfits, dropped = patched(base.document, patch.document, patch.path)
    misfits, dropped = (*base.misfits, *misfits), (*base.dropped, *dropped)
    return SchemaFile(name, patch.path, document, patch.document, misfits, dropped)


def _read_schema(site: Site, path: Path) -> SchemaFile:
    text = str(path)
    is_shipped = not any(text.startswith(start_of(each.root)) for each in site.upwards)
    shown = text if is_shipped else site.shown(path)
    # In a checkout, the schemas of the engine are those of the site.
    is_of_engine = text.startswith(start_of(shipped(SCHEMAS)))
    # Installations can lay out the files of the engine in any way.
    read = _read_content_of_engine if is_of_engine else _read_content
    document = read_file(path, read, follow=is_shipped)
    return SchemaFile(path.name, shown, document, is_of_engine=is_of_engine)


@lru_cache(maxsize=256)
def _read_content(data: bytes) -> Document:
    """Read a schema. The states of a comparison and the builds of a server have most of them in common."""
    return read_document(data)


@lru_cache(maxsize=256)
def _read_content_of_engine(data: bytes) -> Document:
    """Read a schema of the engine, whose content is kept for all handbooks."""
    return read_document(data, is_of_engine=True)
