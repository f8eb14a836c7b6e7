"""Find the file for a new entry, and add the entry to its text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from handbook.read.context import Context
from handbook.read.files import Site
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.schemas.kinds import Kind
from handbook.write.collection import with_item
from handbook.write.errors import NotWrittenError
from handbook.write.modeline import modeline

_WIDTH = 92


@dataclass(frozen=True, slots=True)
class NewText:
    """The new state of a file.

    Attributes:
        path: Its path, relative to the site.
        before: Its current content; empty if there is no such file.
        data: Its new content.
        line: The first line of the entry, counted from 1.
    """

    path: str
    before: bytes
    data: bytes
    line: int


def with_entry(context: Context, kind: Kind, entry_id: str, lines: Sequence[str]) -> NewText:
    """Return the file for a new entry, with the entry.

    Args:
        context: The site.
        kind: The kind of the entry.
        entry_id: Its ID.
        lines: Its fields without the ID, from the first column.

    Raises:
        NotWrittenError: The entry cannot be added to the file.
    """
    source = _source(context, kind, in_folder="/" in entry_id)
    if source.endswith("/"):
        return _single(context.site, kind, f"{source}{entry_id}.yaml", lines)
    item = [f"- id: {entry_id}", *(f"  {line}" if line else "" for line in lines)]
    return _collection(context.site, kind, source, item)


def _source(context: Context, kind: Kind, *, in_folder: bool) -> str:
    """Return the file or folder that the site uses most for a kind, or the first one of the kind.

    Raises:
        NotWrittenError: It must be a folder, and the kind has none.
    """

    def use(source: str) -> tuple[int, bool]:
        entries = sum(entry.source.path.startswith(source) for entry in context.entries if entry.kind is kind)
        return entries, (context.site.root / source).exists()

    sources = [source for source in kind.sources if source.endswith("/") or not in_folder]
    if not sources:
        raise NotWrittenError(f"The sources of {kind.plural} have no folder for namespaces")
    return max(sources, key=use)


def _single(site: Site, kind: Kind, path: str, lines: Sequence[str]) -> NewText:
    if (site.root / path).exists():
        raise NotWrittenError(f"{path} already exists. Edit it, or use another ID")
    head = [*modeline(site, kind, path, is_collection=False), *_heading(f"{kind.label}. {kind.description}")]
    return NewText(path, b"", "\n".join([*head, *lines, ""]).encode(), len(head) + 1)


def _collection(site: Site, kind: Kind, path: str, item: Sequence[str]) -> NewText:
    file = site.root / path
    data = before = _content(file, path) if os.path.lexists(file) else b""
    if not os.path.lexists(file):
        head = [*modeline(site, kind, path, is_collection=True), *_heading(kind.title), ""]
        data = "\n".join(head).encode()
    return NewText(path, before, *with_item(data, path, kind.plural, item))


def _content(file: Path, path: str) -> bytes:
    try:
        return read_plain_file(file)
    except UnusableError as error:
        raise NotWrittenError(f"{path}: {error.fault.message}. {error.fault.hint}.") from error


def _heading(text: str) -> Iterator[str]:
    return (f"# {line}" for line in wrap(text, _WIDTH, break_on_hyphens=False))
