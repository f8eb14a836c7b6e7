"""The record of what the engine shipped when a site was last upgraded: the base of the next comparison."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PureWindowsPath
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.version import __version__
from handbook.base.words import shown
from handbook.read.files import read_file, shipped
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.schemas.checking import check_schemas
from handbook.read.schemas.kinds import COLLECTIONS_SCHEMA, SCHEMA_SUFFIX, Kind, SchemaFile
from handbook.read.schemas.shapes import Shape
from handbook.read.view_files import VIEW_SUFFIX
from handbook.write.errors import NotWrittenError

RECORD = ".handbook.json"
"""The file of the record, which belongs into the repository."""
_MOST_LEVELS = 6


class Record(NamedTuple):
    """What a version of the engine ships.

    Attributes:
        version: The version.
        files: The digest of each schema and view, by its path in a site.
        fields: The fields of each content type, of the settings (`handbook`) and of pages (`page`).
    """

    version: str
    files: Mapping[str, str]
    fields: Mapping[str, Sequence[str]]

    def text(self) -> str:
        """Return the text of the file: a line for each digest and each content type."""
        files = ",\n".join(f"    {json.dumps(path)}: {json.dumps(self.files[path])}" for path in self.files)
        fields = ",\n".join(
            f"    {json.dumps(kind)}: {json.dumps(self.fields[kind])}" for kind in self.fields
        )
        start = f'{{\n  "version": {json.dumps(self.version)},\n'
        return f'{start}  "files": {{\n{files}\n  }},\n  "fields": {{\n{fields}\n  }}\n}}\n'


class Shipped(NamedTuple):
    """What the installed version ships.

    Attributes:
        record: Its record.
        kinds: Its content types by name, with the settings and pages.
        paths: The file of each schema and view, by its path in a site.
    """

    record: Record
    kinds: Mapping[str, Kind]
    paths: Mapping[str, Path]


def read_shipped() -> Shipped:
    """Return what the installed version ships."""
    paths = {
        f"{folder}/{path.relative_to(shipped(folder)).as_posix()}": path
        for folder, suffix in (("schemas", SCHEMA_SUFFIX), ("macros", VIEW_SUFFIX))
        for path in sorted(shipped(folder).rglob(f"*{suffix}"))
        if path.name != COLLECTIONS_SCHEMA
    }
    schemas = [path for path in paths.values() if path.name.endswith(SCHEMA_SUFFIX)]
    read = (SchemaFile(path.name, str(path), read_file(path, follow=True)) for path in schemas)
    checked = check_schemas(tuple(read))
    others = [kind for kind in (checked.settings, checked.pages) if kind is not None]
    kinds = {**checked.kinds, **{kind.name: kind for kind in others}}
    fields = {name: list(_fields(kinds[name].shape)) for name in sorted(kinds)}
    files = {name: digest(path.read_bytes()) for name, path in paths.items()}
    return Shipped(Record(__version__, files, fields), kinds, paths)


def _fields(shape: Shape, above: str = "", level: int = 0) -> Iterator[str]:
    for name, below in (shape.items or shape).properties.items():
        yield f"{above}{name}"
        if level < _MOST_LEVELS:
            yield from _fields(below, f"{above}{name}.", level + 1)


def digest(data: bytes) -> str:
    """Return the digest of a file, whatever its line ends."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def read_record(root: Path) -> Record | None:
    """Return the record of a site; `None` if it was never upgraded.

    Raises:
        NotWrittenError: The file is not a record, or names a file outside of the site.
    """
    path = root / RECORD
    if not path.is_file():
        return None
    try:
        value: Any = json.loads(read_plain_file(path))
        fields = {str(kind): [str(name) for name in names] for kind, names in value["fields"].items()}
        record = Record(str(value["version"]), {**value["files"]}, fields)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, UnusableError):
        raise NotWrittenError(f"{RECORD} is invalid. Restore it from git, or delete it") from None
    for name in record.files:
        # Windows paths are a superset: they have both slashes, and drives.
        path_in_site = PureWindowsPath(name)
        if path_in_site.anchor or ".." in path_in_site.parts:
            message = f"The record {RECORD} names a file outside of the site: {shown(name)}"
            raise NotWrittenError(f"{message}. Restore it from git, or delete it")
    return record
