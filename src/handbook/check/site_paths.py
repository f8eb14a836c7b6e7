"""The pages and files of the finished site, by their paths in the docs folder and by their addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from handbook.base.regex import regex
from handbook.base.words import nearest
from handbook.read.context import Context
from handbook.read.pages import FIRST_PAGES, PAGE_SUFFIX

ALIKE = 0.8
"""The likeness from which a name is a misspelling of another for certain."""

_VERSION = regex(r"(?:latest|v?\d+(?:\.\d+)*)/")
"""The start of an address in a published version."""
_DATA = regex(r"data/(?P<plural>\w+)\.(?:json|csv)|data/[\w-]+\.schema\.json|assets/handbook[\w./-]*")
"""The files that a build adds to the docs folder."""
_FEED = "calendar.ics"


class SitePaths:
    """The pages and files of the finished site."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._unknown = tuple(f"{context.kinds[name].page}/" for name in context.uncertain_kinds)
        self._misspelt = {f"{context.kinds[kind].page}/{name}.md" for kind, name in context.misspelt_ids}
        self._home = context.site.url

    @cached_property
    def all(self) -> frozenset[str]:
        """Return every page, and every file of the docs folder."""
        return frozenset((*self._context.page_paths, *self._context.docs_files))

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Return the current page for the path of a former one."""
        kinds = self._context.kinds
        return {
            f"{kinds[kind].page}/{name}{PAGE_SUFFIX}": f"{entry.kind.page}/{entry.id}{PAGE_SUFFIX}"
            for (kind, name), entry in self._context.former.items()
            if kind in kinds
        }

    def folder_of_kind(self, path: str) -> str:
        """Return the folder with the pages of the content type that a path belongs to; empty for others."""
        kinds = (*self._context.kinds.values(), *self._context.kinds_off.values())
        return next((kind.page for kind in kinds if path.startswith(f"{kind.page}/")), "")

    def is_known(self, path: str) -> bool:
        """Return whether a path in the docs folder is a page or a file."""
        if path in self._context.page_paths or path in self._context.docs_files:
            return True
        # An unreadable file has been reported. Its pages must not be reported as missing too.
        return path.startswith(self._unknown) or path in self._misspelt or self._is_data(path)

    def is_made_last(self, path: str) -> bool:
        """Return whether a path is a download, which the engine doesn't know when it reads the pages."""
        folder, name = posixpath.split(path)
        return path == _FEED or (
            f"{folder}{PAGE_SUFFIX}" in self._context.page_paths
            and folder.replace("/", "-").endswith(posixpath.splitext(name)[0])
        )

    def opened_by(self, below: str) -> str | None:
        """Return the page or file at an address, by the part below that of the site; `None` for nothing."""
        path = unquote(below).strip("/")
        if self.is_known(path) or self.is_made_last(path) or f"{path}{PAGE_SUFFIX}" in self.moved:
            return path
        return next((name for name in spellings(path) if name in self._context.page_paths), None)

    def below_home(self, address: str) -> str | None:
        """Return the part of an address below that of the site and its version; `None` for others."""
        if not self._home or not f"{address}/".casefold().startswith(self._home.casefold()):
            return None
        below = address[len(self._home) :]
        version = _VERSION.match(below)
        return below[version.end() :] if version and not self._is_folder(version[0]) else below

    def is_ours(self, below: str) -> bool:
        """Return whether an address belongs to this site. At the top of a host, others can share it."""
        if urlsplit(self._home).path.strip("/"):
            return True
        tops = {path.partition("/")[0].removesuffix(PAGE_SUFFIX) for path in self.all}
        return nearest(below.partition("/")[0], tops, ALIKE) is not None

    def address(self, path: str) -> str:
        """Return the address of a page or file, below that of the site."""
        if not path.endswith(PAGE_SUFFIX):
            return quote(path)
        folder, name = posixpath.split(path)
        if name in FIRST_PAGES:
            return quote(f"{folder}/" if folder else "")
        stem = path.removesuffix(PAGE_SUFFIX)
        return quote(f"{stem}/" if self._context.site.directory_urls else f"{stem}.html")

    def from_published(self, path: str, page: str) -> str:
        """Return the address of a page or file, relative to that of a page."""
        address, base = self.address(path), posixpath.dirname(self.address(page))
        relative = posixpath.relpath(address or ".", base or ".")
        return f"{relative}/" if address.endswith("/") or not address else relative

    def _is_data(self, path: str) -> bool:
        found = _DATA.fullmatch(path)
        plurals = (kind.plural for kind in self._context.kinds.values())
        return found is not None and (found["plural"] is None or found["plural"] in plurals)

    def _is_folder(self, start: str) -> bool:
        return any(path.startswith(start) for path in self.all)


def spellings(path: str) -> Sequence[str]:
    """Return the files that a path can name: with another end, or the first page of a folder."""
    path = path.removesuffix("index.html").rstrip("/")
    stem = path.removesuffix(".html")
    firsts = [posixpath.join(stem, first) for first in FIRST_PAGES]
    return [path, f"{stem}{PAGE_SUFFIX}", *firsts] if stem else list(FIRST_PAGES)
