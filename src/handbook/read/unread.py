"""Find files that look like sources or schemas, but lie where nothing reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.read.files import FOLDERS, Site, Source, read_source
from handbook.read.schemas.kinds import SCHEMA_SUFFIX, SCHEMAS, Kind
from handbook.read.schemas.patches import PATCH_SUFFIX
from handbook.read.tree import Tree

SOURCE_SUFFIX = ".yaml"

_YAML = frozenset({".yaml", ".yml", ".json"})
_PAGE = regex(r"(?!readme\.).*\.(?:md|markdown)", re.IGNORECASE)
"""The names of pages that someone could take for sources. A README explains its folder."""
DOUBLE = regex(r".*\.ya?ml\.txt", re.IGNORECASE)
"""The names of sources to which a text editor added an extension."""
_MODELINE = regex(r"^#[^\n]*\$schema=\S*?(\w+)\.schema\.json[ \t]*$", re.MULTILINE)
_ALWAYS = frozenset({"id", "overrides"})
_FEW = 2
"""The least number of foreign fields of an entry in the wrong folder. One can be a mistake,
unless the other content type requires it."""
_MOST = 1_000
"""The most files of a folder at the top that are looked at."""


class UnreadFile(NamedTuple):
    """A file that looks like a source or a schema, but isn't read.

    Attributes:
        path: The file, as findings show it.
        kind: The content type of its entries; `None` if unknown.
        name: The ID of its entry, or the name of the file without its extension.
        is_collection: Whether it has a list of entries.
    """

    path: str
    kind: Kind | None = None
    name: str = ""
    is_collection: bool = False


def unread_files(
    site: Site, tree: Tree, kinds: Mapping[str, Kind], seen: Collection[Path]
) -> Iterator[UnreadFile]:
    """Yield the files of a site that look like sources or schemas, but aren't read.

    Args:
        site: The site.
        tree: Its files.
        kinds: The kinds by name.
        seen: The files that are read.
    """
    sources = [source for kind in kinds.values() for source in kind.sources]
    top = {Path(source).stem for source in sources if "/" not in source}
    at_top = [path for path in sorted(site.root.iterdir()) if path.stem.replace("-", "_").lower() in top]
    for path in [*at_top, *tree.below(site.root / "sources")]:
        if path not in seen and path.suffix.lower() in _YAML and path.is_file():
            yield _described(site, path, kinds)
    for path in tree.below(site.root / "sources"):
        if path in seen or path.suffix in _YAML:  # Most of them. None has one of the names below.
            continue
        if DOUBLE.fullmatch(path.name):
            yield _described(site, path, kinds)
        elif _PAGE.fullmatch(path.name):
            yield UnreadFile(site.shown(path), name=path.name.partition(".")[0])
    folders = {*(PurePosixPath(source).name for source in sources), *(kind.plural for kind in kinds.values())}
    yield from _in_folders(site, folders, kinds)
    schemas = site.root / SCHEMAS
    for path in tree.below(schemas):
        is_read = path.parent == schemas and path.name.endswith((SCHEMA_SUFFIX, PATCH_SUFFIX))
        if not is_read and path.stem.endswith((".patch", ".schema")):
            yield UnreadFile(site.shown(path))


def _in_folders(site: Site, names: Collection[str], kinds: Mapping[str, Kind]) -> Iterator[UnreadFile]:
    """Yield the sources in folders at the top that have the name of a content type.

    Other programs have folders with such names too, so only files that fit a content type count.
    """
    # Few folders have such a name, so the rest is left out in one go, however the system compares names.
    present = {path.name.casefold() for path in site.root.iterdir()}
    for name in sorted(name for name in names if name.casefold() in present):
        top = site.root / name
        if name in FOLDERS or top == site.docs or top.is_symlink() or not top.is_dir():
            continue
        files = (Path(folder, file) for folder, _, found in os.walk(top) for file in sorted(found))
        for _, path in zip(range(_MOST), files, strict=False):
            if path.suffix.lower() in _YAML and path.is_file() and not path.is_symlink():
                described = _described(site, path, kinds)
                if described.kind:
                    yield described


def _described(site: Site, path: Path, kinds: Mapping[str, Kind]) -> UnreadFile:
    source = read_source(site, path)
    value = source.document.value
    kind = _kind_of(source, kinds)
    entry_id = value.get("id") if isinstance(value, dict) else None
    name = entry_id if isinstance(entry_id, str) else path.stem
    is_collection = isinstance(value, dict) and kind is not None and kind.plural in value
    return UnreadFile(source.path, kind, name, is_collection)


def _kind_of(source: Source, kinds: Mapping[str, Kind]) -> Kind | None:
    """Return the content type of a file by its first lines, or by its fields."""
    value = source.document.value
    named = _named_kind(source, kinds)
    if named or not isinstance(value, dict):
        return named
    return _only(kind for kind in kinds.values() if kind.plural in value or _fits(value, kind))


def misplaced_kind(source: Source, kind: Kind, kinds: Mapping[str, Kind]) -> Kind | None:
    """Return the content type of an entry that is in the folder of another; `None` if it is in its own.

    Args:
        source: The file.
        kind: The content type of the folder.
        kinds: The kinds by name.
    """
    value = source.document.value
    if not isinstance(value, dict) or kind.plural in value or value.keys() <= kind.shape.properties.keys():
        return None
    foreign = _foreign(value, kind)
    if not foreign:
        return None
    others = [other for other in kinds.values() if other is not kind]
    collection = _only(
        other for other in others if isinstance(value.get(other.plural), list) and len(value) == 1
    )
    if collection:
        return collection
    named = _named_kind(source, kinds)
    if named and named is not kind:
        return named if len(_foreign(value, named)) < len(foreign) else None
    return _only(
        other
        for other in others
        if _fits(value, other) and (len(foreign) >= _FEW or foreign & other.shape.required)
    )


def _named_kind(source: Source, kinds: Mapping[str, Kind]) -> Kind | None:
    """Return the content type that the line for editors names."""
    found = _MODELINE.search(source.document.text)
    return kinds.get(found[1]) if found else None


def _fits(value: Mapping[str, Any], kind: Kind) -> bool:
    """Return whether an entry has all fields that a content type requires, and no others than it knows."""
    return kind.shape.required - _ALWAYS <= value.keys() and not _foreign(value, kind)


def _foreign(value: Mapping[str, Any], kind: Kind) -> set[str]:
    shape = kind.shape
    return {name for name in value if name not in _ALWAYS and name not in shape.properties} - set(
        shape.off_fields
    )


def _only(kinds: Iterator[Kind]) -> Kind | None:
    found = list(kinds)
    return found[0] if len(found) == 1 else None
