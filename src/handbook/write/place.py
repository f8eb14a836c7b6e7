"""Find the file for a new entry, and add the entry to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from handbook.base.language import _, translate
from handbook.base.named_tuples import NamedTuple
from handbook.read.files import Site
from handbook.read.modelines import Modelines
from handbook.read.schemas.kinds import Kind
from handbook.write.collection import with_items
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.scalars import written

_WIDTH = 92


class Place(NamedTuple):
    """The place of a new entry.

    Attributes:
        path: Its file, relative to the site.
        line: The first line of the entry, counted from 1.
    """

    path: str
    line: int


def add_entry(draft: Draft, kind: Kind, entry_id: str, lines: Sequence[str]) -> Place:
    """Add a new entry to a draft, in the file or folder that the site uses most.

    Args:
        draft: The files of the site.
        kind: The kind of the entry.
        entry_id: Its ID.
        lines: Its fields without the ID, from the first column.

    Raises:
        NotWrittenError: The entry cannot be added to the file.
    """
    source = _source(draft, kind, in_folder="/" in entry_id)
    if source.endswith("/"):
        return _add_file(draft, kind, source, entry_id, lines)
    data, line = with_items(_data(draft, kind, source), source, kind.plural, [_item(entry_id, lines)])
    draft.put(source, data)
    return Place(source, line)


def add_entries(draft: Draft, kind: Kind, entries: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Add new entries as `add_entry` does, those of one file at once.

    Args:
        draft: The files of the site.
        kind: The kind of the entries.
        entries: The ID of each with the lines of its fields.

    Raises:
        NotWrittenError: An entry cannot be added. Others can have been.
    """
    for in_folder in (False, True):
        new = [each for each in entries if ("/" in each[0]) is in_folder]
        source = _source(draft, kind, in_folder=in_folder) if new else ""
        if source.endswith("/"):
            for entry_id, lines in new:
                _add_file(draft, kind, source, entry_id, lines)
        elif new:
            items = [_item(entry_id, lines) for entry_id, lines in new]
            data, _ = with_items(_data(draft, kind, source), source, kind.plural, items)
            draft.put(source, data)


def _add_file(draft: Draft, kind: Kind, folder: str, entry_id: str, lines: Sequence[str]) -> Place:
    path = f"{folder}{entry_id}.yaml"
    if draft.data(path):
        raise NotWrittenError(f"{path} already exists. Edit it, or use another ID")
    head = [
        *_modeline(draft.context.site, kind, path, is_collection=False),
        *_heading(f"{_(kind.label)}. {translate(kind.description) if kind.description else ''}"),
    ]
    draft.put(path, "\n".join([*head, *lines, ""]).encode())
    return Place(path, len(head) + 1)


def _item(entry_id: str, lines: Sequence[str]) -> list[str]:
    return [f"- id: {written(entry_id)}", *(f"  {line}" if line else "" for line in lines)]


def _data(draft: Draft, kind: Kind, source: str) -> bytes:
    return draft.data(source) or "\n".join(_beginning(draft.context.site, kind, source)).encode()


def _source(draft: Draft, kind: Kind, *, in_folder: bool) -> str:
    """Return the file or folder that the site uses most for a kind, or the first one of the kind.

    Raises:
        NotWrittenError: It must be a folder, and the kind has none.
    """

    def use(source: str) -> tuple[int, bool]:
        entries = sum(entry.source.path.startswith(source) for entry in draft.entries(kind))
        return entries, (draft.context.site.root / source).exists()

    sources = [source for source in kind.sources if source.endswith("/") or not in_folder]
    if not sources:
        raise NotWrittenError(f"The sources of {kind.plural} have no folder for namespaces")
    return max(sources, key=use)


def _beginning(site: Site, kind: Kind, path: str) -> Iterator[str]:
    """Yield the first lines of a new file with a list of entries."""
    yield from _modeline(site, kind, path, is_collection=True)
    yield from _heading(_(kind.title))
    yield ""


def _heading(text: str) -> Iterator[str]:
    return (f"# {line}" for line in wrap(text, _WIDTH, break_on_hyphens=False))


def _modeline(site: Site, kind: Kind, path: str, *, is_collection: bool) -> Iterator[str]:
    """Yield the line that tells editors the schema of a file, if the site has one."""
    line = Modelines(site).of(kind, path, is_collection=is_collection)
    if line:
        yield line
