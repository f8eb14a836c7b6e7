"""The gate: hides content that an audience cannot see, and everything that would name it.

All later stages work with the result, so hidden content cannot appear on a page, in a total or in a file.

It is long because all that decides what an audience sees is in one place.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from operator import is_
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from handbook.base.mappings import MAPPINGS
from handbook.link.hidden_links import HIDDEN, leads_to, without_links
from handbook.link.lost_items import GONE, without_lost_items
from handbook.link.named_files import mentioned_names, names_file
from handbook.read.audience_fields import lowest_audience
from handbook.read.audiences import AUDIENCES, USUAL, may_see
from handbook.read.context import Context
from handbook.read.files import CONFIG
from handbook.read.help_pages import HELP_PAGES
from handbook.read.pages import PAGE_SUFFIX
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.raw import RawEntry
from handbook.read.schemas.places import item_keys
from handbook.read.schemas.shapes import Shape


class Gate:
    """Filter content for an audience.

    Attributes:
        audience: The audience.
        word: What replaces hidden text and links.
        hidden: The kind and ID of every entry for a higher audience.
        hidden_kinds: The names of the content types whose entries are all for a higher audience.
        hidden_texts: The hand-written pages for a higher audience, as paths below the docs folder.
        hidden_files: The pictures and other files of the docs folder that only hidden texts name, or
            those of a content type that is off, and those in a folder with hidden pages only.
        hidden_pages: The paths without a page for the audience: those of hidden pages, unless a generated
            page replaces them, and those of generated pages for a higher audience.
    """

    def __init__(self, context: Context, audience: str, word: str = HIDDEN) -> None:
        """Filter content.

        Args:
            context: What the site says.
            audience: The audience.
            word: What replaces hidden text and links, in the language of the readers.
        """
        self._context = context
        self.word = word
        self.audience = audience
        self.hidden_kinds = frozenset(
            name for name, kind in context.kinds.items() if not may_see(audience, kind.shape.audience)
        )
        self.hidden = frozenset(
            (kind, entry_id)
            for kind, found in context.ids.items()
            for entry_id, raw in found.items()
            if not self.opens_to(raw)
        )
        said = {imprint.id: imprint for imprint in context.imprints}
        written = {page.path: said.get(page.path.removesuffix(PAGE_SUFFIX)) for page in context.pages}
        shown = {
            path
            for path, imprint in written.items()
            if may_see(audience, _lowest_of_page(imprint, is_clear=path not in context.unclear_pages))
        }
        self._shown_texts = frozenset(shown)
        self.hidden_texts = frozenset(written.keys() - shown)
        # A hidden page does not replace the help of the engine.
        helpful = HELP_PAGES if may_see(audience, USUAL) else ()
        entries = {(kind, entry_id) for kind, found in context.ids.items() for entry_id in found}
        self.hidden_pages = frozenset(
            {*written, *HELP_PAGES, *self._pages(entries)}
            - {*shown, *helpful, *self._pages(entries - self.hidden)}
        )
        # For every value of every entry.
        self._open = frozenset(each for each in AUDIENCES if may_see(audience, each))
        self._is_cut = bool(self.hidden_pages or context.kinds_off)
        self.hidden_files = frozenset(self._hidden_files())

    def _hidden_files(self) -> Iterator[str]:
        """Yield the files that only texts hidden from the audience name: pages, entries and fields.

        So are those that no text names, if they are in a folder with hidden pages only.
        """
        files = [path for path in self._context.docs_files if not path.endswith(PAGE_SUFFIX)]
        if not files:
            return
        mentioned = mentioned_names(files)
        hidden = set[str]().union(*map(mentioned, self._set_aside()))
        shown: list[tuple[str, tuple[str, ...]]] = []
        for page in self._context.pages:
            if page.path in self.hidden_texts:
                hidden |= mentioned(page.text)
            else:
                shown.append((page.text, _folders(page.path)))
        for entry in self._context.entries:
            found = mentioned(text := str(entry.value))
            if (entry.kind.name, entry.id) in self.hidden:
                hidden |= found
            elif found:
                data = self.data(entry)
                if not _is_whole(data, entry.value):
                    hidden |= found
                    text = str(data)
                shown.append((text, ("", *_folders(f"{entry.kind.page}/{entry.id}{PAGE_SUFFIX}"))))
        folders = {posixpath.dirname(page.path) for page in self._context.pages}
        closed = folders - {posixpath.dirname(path) for path in self._shown_texts} - {""}
        files = [
            path
            for path in files
            if posixpath.basename(path) in hidden or (closed and _nearest(path, folders) in closed)
        ]
        shown += self._texts_of_site() if files else ()
        yield from (path for path in files if not any(names_file(path, *each) for each in shown))

    def _texts_of_site(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what is shown on every page, with its folders: the settings of the engine, and styles."""
        files = {path: file for path, file in self._context.docs_files.items() if path.endswith(".css")}
        for path, file in {CONFIG: self._context.site.root / CONFIG, **files}.items():
            with suppress(UnusableError):
                yield read_plain_file(file).decode("utf-8", "replace"), (posixpath.dirname(path),)

    def _set_aside(self) -> Iterator[str]:
        """Yield what would be hidden, but isn't read or is overridden."""
        context = self._context
        yield from context.texts_off
        said = {imprint.source.path: imprint for imprint in context.overridden}
        for page in context.overridden_pages:
            lowest = _lowest_of_page(said.get(page.shown_path), is_clear=context.is_clear(page))
            if not may_see(self.audience, lowest):
                yield page.text
        yield from (str(entry.value) for entry in context.overridden if not self.opens_to(entry))

    def opens_to(self, entry: RawEntry) -> bool:
        """Return whether the audience can see an entry."""
        return may_see(self.audience, lowest_audience(entry))

    def data(self, entry: RawEntry) -> Mapping[str, Any]:
        """Return the visible part of an entry, as values that cannot be changed."""
        shown: Mapping[str, Any] = self._shown(entry.value, entry.kind.shape)
        # Many references are to the items of the same list.
        keys = cache(partial(item_keys, entry.kind.shape, shown))
        visible_data: Mapping[str, Any] = without_lost_items(shown, entry.kind.shape, keys)
        return visible_data

    def cut_files(self, shown: Iterable[tuple[RawEntry, Mapping[str, Any]]]) -> frozenset[str]:
        """Return the files of which the public sees only a part: line numbers would reveal the rest.

        Args:
            shown: The entries that the audience can see, with their visible parts.
        """
        if self.audience != AUDIENCES[0]:
            return frozenset()
        hidden = (self._context.ids[kind][entry_id] for kind, entry_id in self.hidden)
        cut = (raw for raw, data in shown if not _is_whole(data, raw.value))
        return frozenset(raw.source.path for raw in (*hidden, *cut))

    def page(self, markdown: str, path: str) -> str:
        """Return a hand-written page for the audience, without links to hidden content."""
        folders = _folders(path)
        if self.hidden_pages:
            is_hidden = partial(self._is_hidden_target, folders=folders)
            markdown = without_links(markdown, is_hidden, word=self.word)
            if leads_to(markdown, is_hidden):
                # Some spellings of a link are not replaced. To be safe, hide the paragraph then.
                parts = markdown.split("\n\n")
                markdown = "\n\n".join(self.word if leads_to(part, is_hidden) else part for part in parts)
        if self._context.kinds_off:
            markdown = without_links(markdown, partial(self._is_off, folder=folders[0]), keep_words=True)
        return markdown

    def file_of(self, page: str) -> Path:
        """Return the file of a hand-written page, which can be in a layer."""
        return self._context.docs_files.get(page, self._context.site.docs / page)

    def _pages(self, entries: set[tuple[str, str]]) -> Iterator[str]:
        """Return the pages of entries and the pages that list them."""
        for kind, entry_id in entries:
            folder = self._context.kinds[kind].page
            yield f"{folder}/{entry_id}.md".removeprefix("/")
            yield f"{folder}/index.md".removeprefix("/")

    def _is_hidden_target(self, target: str, folders: Sequence[str] = ("",)) -> bool:
        path = unquote(target.partition("#")[0].partition("?")[0])
        if not path or ":" in path.partition("/")[0]:
            return False
        for folder in folders:
            whole = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
            names = (whole, f"{whole}.md", f"{whole}/index.md", f"{whole.removesuffix('.html')}.md")
            if not self.hidden_pages.isdisjoint(names):
                return True
        return False

    def _is_off(self, target: str, folder: str = "") -> bool:
        return self._context.kind_off_at(target, folder) is not None

    def _shown(self, value: Any, shape: Shape | None) -> Any:
        if shape is not None and shape.audience not in self._open:
            return GONE
        if isinstance(value, str):
            return self._text(value, shape) if self._is_cut and shape is not None else value
        if isinstance(value, dict):
            parts = {
                name: self._shown(part, shape.field(name) if shape else None) for name, part in value.items()
            }
            # Most are shown as they are, and a copy would need three times the memory of a view.
            if all(map(is_, parts.values(), value.values())):
                return MappingProxyType(value)
            return MappingProxyType({name: part for name, part in parts.items() if part is not GONE})
        return tuple(self._items(value, shape)) if isinstance(value, list) else value

    def _items(self, items: list[Any], shape: Shape | None) -> Iterator[Any]:
        """Yield the visible items of a list.

        An item is left out with its key, or with a link that it must have.
        """
        for index, item in enumerate(items):
            below = shape.item(index) if shape else None
            shown = self._shown(item, below)
            if shown is GONE or shown is HIDDEN or shown is self.word:
                continue
            if shape and below and isinstance(shown, MAPPINGS):
                names = [shape.key, *self._links(below)] if shape.key else self._links(below)
                if any(name in item and shown.get(name, HIDDEN) in (HIDDEN, self.word) for name in names):
                    continue
            yield shown

    def _links(self, shape: Shape) -> list[str]:
        """Return the links that a value must have, if one of them can be hidden or gone."""
        if not self._is_cut:
            return []
        return [name for name in shape.required if (field := shape.field(name)) and field.link]

    def _text(self, text: str, shape: Shape) -> Any:
        if self._context.kinds_off:
            if self._context.names_only_off(shape, text) or (shape.link and self._is_off(text)):
                return GONE
            if shape.markdown:
                text = without_links(text, self._is_off, keep_words=True)
        return self._allowed(text, shape) if self.hidden_pages else text

    def _allowed(self, text: str, shape: Shape) -> str:
        """Return a text without what is hidden from the audience."""
        if shape.refs:
            target = next((kind for kind in shape.refs if text in self._context.ids.get(kind, {})), "")
            return HIDDEN if (target, text) in self.hidden else text
        if shape.link:
            return self.word if self._is_hidden_target(text) else text
        if not shape.markdown:
            return text
        shown = without_links(text, self._is_hidden_target, word=self.word)
        # Some spellings of a link are not replaced. To be safe, hide the whole text then.
        return self.word if leads_to(shown, self._is_hidden_target) else shown


def names_hidden(value: Any, shape: Shape | None, audience: str) -> bool:
    """Return whether a value has a field that is hidden from the audience.

    Args:
        value: The value, such as an example.
        shape: Its schema.
        audience: The audience.
    """
    if shape is None:
        return False
    if not may_see(audience, shape.audience):
        return True
    if isinstance(value, Mapping):
        return any(names_hidden(part, shape.field(name), audience) for name, part in value.items())
    if isinstance(value, (list, tuple)):
        return any(names_hidden(part, shape.item(index), audience) for index, part in enumerate(value))
    return False


def _is_whole(shown: Any, value: Any) -> bool:
    """Return whether a value is shown in full and unchanged."""
    if isinstance(value, Mapping):
        return isinstance(shown, Mapping) and all(
            name in shown and _is_whole(shown[name], part) for name, part in value.items()
        )
    if isinstance(value, list):
        return len(shown) == len(value) and all(map(_is_whole, shown, value))
    return bool(shown == value)


def _lowest_of_page(imprint: RawEntry | None, *, is_clear: bool) -> str:
    """Return the lowest audience that can see a page, from its front matter."""
    if not is_clear:
        return AUDIENCES[-1]
    return USUAL if imprint is None else lowest_audience(imprint)


def _folders(page: str) -> tuple[str, ...]:
    """Return the folders that links on a page start at: Markdown at its source, HTML at its own folder."""
    return posixpath.dirname(page), page.removesuffix(PAGE_SUFFIX)


def _nearest(path: str, folders: Collection[str]) -> str:
    """Return the nearest folder above a file that is one of some folders; empty for the top."""
    folder = posixpath.dirname(path)
    while folder and folder not in folders:
        folder = posixpath.dirname(folder)
    return folder
