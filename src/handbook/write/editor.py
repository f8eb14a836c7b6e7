"""Prepare the files that editors need for validation and autocompletion.

Editors do not run the engine. They read schemas, which must be in one folder of the site because they refer
to each other, and settings that assign schemas to files. A site with all schemas of its own has such a
folder. Other sites get copies, with their patches applied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbook.read.files import Site
from handbook.read.overrides import OVERRIDES
from handbook.read.schemas.checking import CheckedSchemas
from handbook.read.schemas.kinds import COLLECTIONS_SCHEMA, SCHEMA_SUFFIX, Kind, SchemaFile, read_schema_files
from handbook.read.settings import SETTINGS_FILE, SETTINGS_SCHEMA
from handbook.read.sources import read_schemas
from handbook.write.errors import NotWrittenError
from handbook.write.files import Change

_SETTINGS = ".vscode/settings.json"
_EXTENSIONS = ".vscode/extensions.json"
_OWN = "schemas"
_COPIES = ".vscode/schemas"
_OURS = re.compile(rf"({_OWN}|{re.escape(_COPIES)})/[^/]*{re.escape(SCHEMA_SUFFIX)}$")

_OVERRIDES: Mapping[str, Any] = {
    "title": "Overrides",
    "description": "true: this entry replaces the entry with the same ID in a handbook below.",
    "type": "boolean",
}

_MAPPING = "yaml.schemas"
_VERSION = "yaml.yamlVersion"


def schema_folder(site: Site) -> str:
    """Return the folder with the schemas of a site for editors."""
    return _COPIES if (site.root / _COPIES).is_dir() else _OWN


def outdated_editor_files(site: Site) -> dict[str, Change]:
    """Return the files for editors that are not up to date, with their changes.

    Raises:
        NotWrittenError: A schema is invalid, or the existing settings cannot be extended.
    """
    # The schema of collections is always written again.
    files = tuple(file for file in read_schema_files(site) if file.name != COLLECTIONS_SCHEMA)
    schemas = read_schemas(site, files)
    if schemas.problems:
        raise NotWrittenError("A schema is invalid. Run `handbook validate` and fix the errors first.")
    found: dict[str, Change] = {}
    for path, text in editor_files(site, files, schemas).items():
        before = (site.root / path).read_bytes() if (site.root / path).is_file() else None
        if text.encode() != before:
            found[path] = Change(before, text.encode())
    return found


def has_editor_files(site: Site) -> bool:
    """Return whether a site has files for editors."""
    return any((site.root / folder / COLLECTIONS_SCHEMA).is_file() for folder in (_OWN, _COPIES))


def editor_files(site: Site, files: Sequence[SchemaFile], schemas: CheckedSchemas) -> dict[str, str]:
    """Return the files for editors, as texts by path.

    Args:
        site: The folder.
        files: Every schema in use, except that of collections.
        schemas: Their content as the settings change it.

    Raises:
        NotWrittenError: The existing settings cannot be extended.
    """
    kinds = schemas.kinds.values()
    texts = {file.name: _copy(site, file, schemas.in_force[file.name]) for file in files}
    # Editors can use the site's own schemas as they are, if nothing else changes them.
    is_complete = all(
        file.path.startswith(f"{_OWN}/") and file.patch is None and texts[file.name] == file.document.text
        for file in files
    )
    folder = _OWN if is_complete and not site.layers else _COPIES
    copies = {} if folder == _OWN else {f"{folder}/{name}": text for name, text in texts.items()}
    return {
        **copies,
        f"{folder}/{COLLECTIONS_SCHEMA}": _json(_collections(kinds)),
        _SETTINGS: _json(_settings(site, folder, kinds)),
        **_extensions(site),
    }


def _copy(site: Site, file: SchemaFile, in_force: Mapping[str, Any]) -> str:
    """Return a schema for editors: as in its file, unless the settings change it.

    In a handbook over another, entries have one more field.
    """
    value: Any = file.document.value
    has_overrides = site.layers and "x-kind" in in_force
    if {**value, "$id": file.name} == in_force and not has_overrides:
        return file.document.text
    more = {OVERRIDES: _OVERRIDES} if has_overrides else {}
    return _json({**in_force, "properties": {**more, **in_force.get("properties", {})}})


def _collections(kinds: Iterable[Kind]) -> dict[str, Any]:
    """Return the schema of files with a list of entries."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": COLLECTIONS_SCHEMA,
        "title": "Collection",
        "description": (
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


def _settings(site: Site, folder: str, kinds: Iterable[Kind]) -> dict[str, Any]:
    """Return the existing settings with those for our files added."""
    path = site.root / _SETTINGS
    try:
        value: Any = json.loads(path.read_bytes()) if path.is_file() else {}
        known = dict(value.get(_MAPPING, {}))
    except (ValueError, TypeError, AttributeError):
        raise NotWrittenError(
            f"{_SETTINGS} is not plain JSON. Move it elsewhere, run this command again and merge the files"
        ) from None
    others = {schema: files for schema, files in known.items() if not _OURS.match(schema)}
    mapping = {schema: sorted(files) for schema, files in _mapping(folder, kinds)}
    return {_VERSION: "1.2", **value, _MAPPING: {**others, **mapping}}


def _mapping(folder: str, kinds: Iterable[Kind]) -> Iterator[tuple[str, list[str]]]:
    """Return each schema with the files that it describes."""
    kinds = sorted(kinds, key=lambda kind: kind.name)
    sources = [source for kind in kinds for source in kind.sources]
    yield f"{folder}/{COLLECTIONS_SCHEMA}", [source for source in sources if not source.endswith("/")]
    yield f"{folder}/{SETTINGS_SCHEMA}", [SETTINGS_FILE]
    for kind in kinds:
        folders = [f"{source}**/*.yaml" for source in kind.sources if source.endswith("/")]
        if folders:
            yield f"{folder}/{kind.schema['$id']}", folders


def _extensions(site: Site) -> dict[str, str]:
    """Return the recommended extensions with ours added; existing ones stay unchanged."""
    if (site.root / _EXTENSIONS).exists():
        return {}
    return {_EXTENSIONS: _json({"recommendations": ["redhat.vscode-yaml"]})}


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
