"""A draft: the files of a site as they would be after some changes. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.words import shown, suggestion
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.namespaces import folder_of, in_namespace
from handbook.read.overrides import OVERRIDES
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.settings import says_off
from handbook.read.splitting import split
from handbook.read.yaml.document import Document, read_document
from handbook.write.changed_values import part_at
from handbook.write.editing import Editing
from handbook.write.encoding import encoded
from handbook.write.errors import NotWrittenError
from handbook.write.files import Changes
from handbook.write.lines import Layout


class Draft:
    """The files of a site as they would be after some changes.

    Attributes:
        context: The site as it is.
        moves: The new path of each file that was moved.
    """

    def __init__(self, context: Context) -> None:
        """Take the site. At first, nothing is changed."""
        self.context = context
        self.moves: dict[str, str] = {}
        self._before: dict[str, bytes] = {}
        self._after: dict[str, bytes] = {}
        self._documents: dict[str, Document] = {}
        self._layout: Layout | None = None

    def excerpt(self, path: str, text: str, layout: Layout) -> Draft:
        """Return a draft in which a file has only a part of its text.

        Args:
            path: The file.
            text: The part.
            layout: How far the whole file indents.
        """
        part = Draft(self.context)
        part._before[path], part._after[path], part._layout = b"", text.encode(), layout
        return part

    @property
    def changes(self) -> Changes:
        """Return the files that change, by path."""
        pairs = ((path, (self._before[path], data)) for path, data in sorted(self._after.items()))
        return {path: (before, after) for path, (before, after) in pairs if before != after}

    def data(self, path: str) -> bytes:
        """Return the content of a file; an empty one if there is none.

        Raises:
            NotWrittenError: It is not a plain file, or it is of a handbook that this one extends.
        """
        if path not in self._after:
            self._before[path] = self._after[path] = self._read(path)
        return self._after[path]

    def put(self, path: str, data: bytes) -> None:
        """Change a file.

        Args:
            path: The file, relative to the site.
            data: Its new content; an empty one removes it.

        Raises:
            NotWrittenError: As for `data`.
        """
        self.data(path)
        self._after[path] = data
        self._documents.pop(path, None)

    def move(self, path: str, to: str) -> None:
        """Give a file another name.

        Raises:
            NotWrittenError: As for `data`.
        """
        self.put(to, self.data(path))
        self.put(path, b"")
        self.moves[path] = to

    def document(self, path: str) -> Document:
        """Return the content of a YAML file."""
        if path not in self._documents:
            self._documents[path] = read_document(self.data(path))
        return self._documents[path]

    def editing(self, path: str) -> Editing:
        """Return the text of a YAML file for changes. Give it to `put_text` afterwards.

        Raises:
            NotWrittenError: It has faults.
        """
        document = self.document(path)
        for fault in document.faults[:1]:
            span = document.fault_span(fault)
            hint = "Run `handbook validate` and fix the errors first"
            raise NotWrittenError(f"{path}:{span.line}:{span.column}: {fault.message}. {hint}")
        return Editing(document.text, document.value, path, self._layout)

    def put_text(self, path: str, text: str) -> None:
        """Change the text of a YAML file. Its byte order mark stays."""
        data = encoded(self.data(path), self.document(path), text)
        if data is None:
            raise NotWrittenError(f"{path} is not UTF-8. Save it as UTF-8")
        self.put(path, data)

    def kind(self, name: str) -> Kind:
        """Return a kind.

        Raises:
            NotWrittenError: There is none of that name, or it is off.
        """
        kind = self.context.kinds.get(name)
        if name in self.context.kinds_off:
            raise NotWrittenError(". ".join(says_off(name)))
        if kind is None:
            hint = suggestion(name, self.context.kinds)
            raise NotWrittenError(". ".join(filter(None, (f"Unknown content type {shown(name)}", hint))))
        return kind

    def entry(self, kind_name: str, entry_id: str) -> RawEntry:
        """Return an entry as it is in the draft.

        Raises:
            NotWrittenError: There is none, or it is in a handbook that this one extends.
        """
        kind = self.kind(kind_name)
        found = self.find(kind, entry_id)
        if found is None:
            former = self.context.former.get((kind.name, entry_id))
            known = self.context.ids.get(kind.name, {})
            hint = f"It is `{former.id}` now" if former else suggestion(entry_id, known)
            message = f"Unknown {kind.label.lower()} {shown(entry_id)}"
            raise NotWrittenError(". ".join(filter(None, (message, hint))))
        if self.context.site.layer_of(found.source.path):
            raise NotWrittenError(
                f"{kind.label} `{entry_id}` is in a handbook that this one extends ({found.source.path}). "
                f"Change it there, or copy the entry to this handbook with `{OVERRIDES}: true`"
            )
        return found

    def find(self, kind: Kind, entry_id: str) -> RawEntry | None:
        """Return an entry as it is in the draft, if it is there."""
        return next((each for each in self.entries(kind) if each.id == entry_id), None)

    def entries(self, kind: Kind) -> Iterator[RawEntry]:
        """Yield the entries of a kind as they are in the draft, those of changed files first."""
        changed = [path for path, (_, after) in self.changes.items() if after]
        for path in changed:
            if path in kind.sources or path.startswith(tuple(_folders(kind))):
                yield from self._entries_of(path, kind)
        for entry in self.context.ids.get(kind.name, {}).values():
            if entry.source.path not in self.changes:
                yield entry

    def _entries_of(self, path: str, kind: Kind) -> Iterator[RawEntry]:
        site = self.context.site
        namespaces = self.context.settings.namespaces
        folder = folder_of(site, kind, site.root / path) if namespaces else ""
        for part in split(Source(path, self.document(path)), kind, is_collection=path in kind.sources):
            if isinstance(part, RawEntry):
                yield in_namespace(part, folder) if folder in namespaces else part

    def _read(self, path: str) -> bytes:
        file = self.context.site.root / path
        if self.context.site.layer_of(path):
            raise NotWrittenError(f"{path} is in a handbook that this one extends. Change it there")
        if not file.exists() and not file.is_symlink():
            return b""
        try:
            return read_plain_file(file)
        except UnusableError as error:
            raise NotWrittenError(f"{path}: {error.fault.message}. {error.fault.hint}") from error


def _folders(kind: Kind) -> list[str]:
    return [source for source in kind.sources if source.endswith("/")]


def raw_value(entry: RawEntry) -> Any:
    """Return the value of an entry as it is in its file."""
    return part_at(entry.source.document.value, entry.at)
