"""Find the files to import again: each has the name of its mapping, next to it in `imports/`."""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from handbook.base.named_tuples import NamedTuple
from handbook.imports.mapping import FOLDER, MappingError
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.yaml.document import read_document
from handbook.write.system import is_link

_MAPPING = ".yaml"
_READINGS = "readings"
"""The name of a file with the values of metrics."""


class Again(NamedTuple):
    """A file to import again.

    Attributes:
        kind: The kind of its entries.
        file: Its path; empty if there is none next to the mapping.
        mapping: The path of the mapping in the site.
    """

    kind: str
    file: str
    mapping: str


def to_import_again(root: Path) -> Iterator[Again]:
    """Yield the files with a mapping, in the order of their names.

    Args:
        root: The folder of the site.

    Raises:
        MappingError: A mapping can't be read.
    """
    _refuse_link(root / FOLDER, FOLDER)
    mappings = sorted((root / FOLDER).glob(f"*{_MAPPING}"))
    # Readings need no mapping: their columns have set titles.
    if (
        any((root / FOLDER).glob(f"{_READINGS}.*"))
        and (root / FOLDER / f"{_READINGS}{_MAPPING}") not in mappings
    ):
        mappings.append(root / FOLDER / f"{_READINGS}{_MAPPING}")
    for mapping in mappings:
        name = f"{FOLDER}/{mapping.name}"
        alike = sorted(mapping.parent.glob(f"{escape(mapping.stem)}.*"))
        files = [file for file in alike if file.stem == mapping.stem and file != mapping]
        for file in files:
            _refuse_link(file, f"{FOLDER}/{file.name}")
        if len(files) > 1:
            listed = " and ".join(f"`{file.name}`" for file in files)
            raise MappingError(
                f"{name}: Next to it are {listed}", "Keep the file to import, and move the others."
            )
        kind = _kind(mapping, name) if mapping.exists() else _READINGS
        yield Again(kind, str(files[0]) if files else "", name)


def _refuse_link(path: Path, name: str) -> None:
    """Refuse a link. No one has named it, and it could lead to any file of this computer."""
    if is_link(path):
        raise MappingError(
            f"{name}: Links to other files or folders are not followed", "Replace the link with a copy."
        )


def _kind(mapping: Path, name: str) -> str:
    try:
        value = read_document(read_plain_file(mapping)).value
    except UnusableError as error:
        raise MappingError(f"{name}: {error.fault.message}", f"{error.fault.hint}.") from error
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str):
        raise MappingError(f"{name}: Missing field `kind`", "Add the content type, such as `kind: tool`.")
    return kind
