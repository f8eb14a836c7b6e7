"""Prepare the files that editors need for validation and autocompletion.

Editors do not run the engine. They read schemas, which must be in one folder of the site because they refer
to each other, and settings that assign schemas to files. The folder has copies of all schemas, as the site's
patches and settings change them, and the IDs that exist.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handbook.base.language import N_, speaking, translate
from handbook.read.context import Context
from handbook.read.files import Site
from handbook.read.languages import make_language
from handbook.read.modelines import FOLDER
from handbook.read.overrides import OVERRIDES
from handbook.read.schemas.checking import CheckedSchemas
from handbook.read.schemas.kinds import (
    COLLECTIONS_SCHEMA,
    SCHEMAS,
    Kind,
    SchemaFile,
    read_schema_files,
)
from handbook.read.schemas.references import DATA
from handbook.read.sources import read_schemas
from handbook.write.editor_ids import IDS_SCHEMA, ids_schema, with_ids
from handbook.write.editor_settings import as_json, editor_settings
from handbook.write.errors import NotWrittenError
from handbook.write.files import Changes

_MODELINE = re.compile(rb"(?:\xef\xbb\xbf)?# yaml-language-server: \$schema=(\S+)")

_SHOWN = frozenset({"title", "description"})
"""The keywords that editors show."""
_OVERRIDES: Mapping[str, Any] = {
    "title": N_("Overrides"),
    "description": N_("true: this entry replaces the entry with the same ID in a handbook below."),
    "type": "boolean",
}


def outdated_editor_files(context: Context) -> Changes:
    """Return the files for editors that are not up to date, with their content before and after.

    Raises:
        NotWrittenError: A schema is invalid, or the existing settings cannot be extended.
    """
    site = context.site
    # The schema of collections is always written again.
    files = tuple(file for file in read_schema_files(site) if file.name != COLLECTIONS_SCHEMA)
    schemas = read_schemas(site, files)
    if schemas.problems:
        raise NotWrittenError("A schema is invalid. Run `handbook validate` and fix the errors first.")
    found = _changed(site, editor_files(context, files, schemas))
    return {**found, **_modelines(context, {file.name for file in files} | {COLLECTIONS_SCHEMA})}


def outdated_ids(context: Context) -> Changes:
    """Return the file with the IDs for editors if it exists and is not up to date."""
    if not has_editor_files(context.site):
        return {}
    return _changed(context.site, {_path(IDS_SCHEMA): as_json(ids_schema(context))})


def has_editor_files(site: Site) -> bool:
    """Return whether a site has files for editors."""
    return (site.root / _path(COLLECTIONS_SCHEMA)).is_file()


def _path(schema: str) -> str:
    return f"{FOLDER}/{schema}"


def _changed(site: Site, texts: Mapping[str, str]) -> Changes:
    found: dict[str, tuple[bytes, bytes]] = {}
    for path, text in texts.items():
        before = (site.root / path).read_bytes() if (site.root / path).is_file() else b""
        if text.encode() != before:
            found[path] = (before, text.encode())
    return found


def editor_files(context: Context, files: Sequence[SchemaFile], schemas: CheckedSchemas) -> dict[str, str]:
    """Return the files for editors, as texts by path.

    Args:
        context: The site, with its entries.
        files: Every schema in use, except that of collections.
        schemas: Their content as the settings change it.

    Raises:
        NotWrittenError: The existing settings cannot be extended.
    """
    kinds = schemas.kinds.values()
    with speaking(make_language(context.site.language, context.settings.words)):
        copies = {_path(file.name): _copy(context.site, schemas.in_force[file.name]) for file in files}
        collections = as_json(_translated(_collections(kinds)))
    return {
        **copies,
        _path(COLLECTIONS_SCHEMA): collections,
        _path(IDS_SCHEMA): as_json(ids_schema(context)),
        **editor_settings(context.site, FOLDER, kinds),
    }


def _copy(site: Site, in_force: Mapping[str, Any]) -> str:
    """Return a schema for editors. In a handbook over another, entries have one more field."""
    more = {OVERRIDES: _OVERRIDES} if site.layers and "x-kind" in in_force else {}
    value = {**in_force, "properties": {**more, **in_force.get("properties", {})}} if more else in_force
    return as_json(_translated(with_ids(value)))


def _translated(part: Any) -> Any:
    """Return a part of a schema with its titles and descriptions in the language of the handbook."""
    if isinstance(part, list):
        return [_translated(each) for each in part]
    if not isinstance(part, Mapping):
        return part
    return {
        name: translate(value)
        if name in _SHOWN and value and isinstance(value, str)
        else value
        if name in DATA
        else _translated(value)
        for name, value in part.items()
    }


def _collections(kinds: Iterable[Kind]) -> dict[str, Any]:
    """Return the schema of files with a list of entries."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": COLLECTIONS_SCHEMA,
        "title": N_("Collection"),
        "description": N_(
            "A file with a list of entries, for editors: they need a schema of the whole file, but a kind's "
            "own describes one entry. Written by `handbook editor`."
        ),
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {
            kind.plural: {
                "title": kind.title,
                "type": ["array", "null"],
                "items": {"$ref": kind.schema["$id"], "required": ["id"]},
            }
            for kind in sorted(kinds, key=lambda kind: kind.plural)
        },
    }


def _modelines(context: Context, names: set[str]) -> Changes:
    """Return the sources whose first line names a schema of the site, which doesn't know IDs."""
    own = {f"{SCHEMAS}/{name}": name for name in names}
    found: dict[str, tuple[bytes, bytes]] = {}
    for source in context.sources:
        if context.site.layer_of(source.path) is not None or "$schema=" not in source.document.line(1):
            continue
        data = (context.site.root / source.path).read_bytes()
        match = _MODELINE.match(data)
        folder = posixpath.dirname(source.path)
        named = (
            posixpath.normpath(posixpath.join(folder, match[1].decode("utf-8", "replace"))) if match else ""
        )
        if match and named in own:
            path = posixpath.relpath(_path(own[named]), folder or ".").encode()
            found[source.path] = (data, data[: match.start(1)] + path + data[match.end(1) :])
    return found
