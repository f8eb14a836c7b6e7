"""Find the page or file that a wrong path is meant to be."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import Names, likeness, nearest
from handbook.check.site_paths import ALIKE, SitePaths, spellings
from handbook.read.pages import FIRST_PAGES, PAGE_SUFFIX

_FOLDER_ALIKE = 0.7
_MANY = 200
"""The most names of a folder that a misspelt one is compared with."""


class Guess(NamedTuple):
    """The page or file that a wrong path is meant to be.

    Attributes:
        path: Its path in the docs folder.
        is_safe: Whether there is no other.
        is_same: Whether the wrong path names it already, in another way.
        is_moved: Whether it had the wrong path before.
    """

    path: str
    is_safe: bool
    is_same: bool = False
    is_moved: bool = False


class NearestPage:
    """The pages and files of a site, to suggest one for a wrong path."""

    def __init__(self, paths: SitePaths) -> None:
        self._paths = paths

    def same(self, readings: Sequence[str]) -> Guess | None:
        """Return the page or file that a path names in another way, or named before it moved.

        Args:
            readings: The paths in the docs folder that it can stand for, the likeliest first.
        """
        moved = self._paths.moved
        for path in readings:
            new = moved.get(path) or moved.get(f"{path.removesuffix('.html')}{PAGE_SUFFIX}")
            if new:
                return Guess(new, is_safe=True, is_moved=True)
            for name in spellings(path):
                if name in self._paths.all:
                    return Guess(name, is_safe=True, is_same=True)
        return None

    def guess(self, readings: Sequence[str]) -> Guess | None:
        """Return what a path is meant to be, with readings as above. This takes longer."""
        same = self.same(readings)
        if same:
            return same
        near = ((path, self._near(path)) for path in readings)
        return next((Guess(found, self._is_alone(path, found)) for path, found in near if found), None)

    def _near(self, path: str) -> str | None:
        """Return a page with the same name in another folder, or with a similar one in the same folder."""
        path = path if posixpath.splitext(path)[1] else f"{path}{PAGE_SUFFIX}"
        folder, name = posixpath.split(path)
        if name not in FIRST_PAGES:
            if name in self._by_name:
                # Of several, that in the folder most like the written one.
                return max(self._by_name[name], key=lambda each: likeness(folder, posixpath.dirname(each)))
            similar = self._similar(folder, name)
            if similar:
                return posixpath.join(folder, similar)
        # The folder is misspelt, such as `tols/index.md`.
        written = folder if name in FIRST_PAGES else path.removesuffix(PAGE_SUFFIX)
        near = nearest(written, self._by_folder, _FOLDER_ALIKE)
        firsts = (posixpath.join(near, first) for first in FIRST_PAGES) if near else ()
        return next((first for first in firsts if first in self._paths.all), None)

    def _similar(self, folder: str, name: str) -> str | None:
        """Return a similar name in a folder. That both end with `.md` doesn't make pages similar."""
        if not name.endswith(PAGE_SUFFIX):
            return self._by_folder[folder].nearest(name) if folder in self._by_folder else None
        stem = self._pages[folder].nearest(_stem(name)) if folder in self._pages else None
        return f"{stem}{PAGE_SUFFIX}" if stem else None

    def _is_alone(self, path: str, found: str) -> bool:
        """Return whether no other page or file is as likely as the one that was found."""
        folder, name = posixpath.split(found)
        written = posixpath.basename(path if posixpath.splitext(path)[1] else f"{path}{PAGE_SUFFIX}")
        if name == written:
            # A page of another content type with the same name is about another thing.
            return len(self._by_name[name]) == 1 and self._paths.folder_of_kind(path) in (
                "",
                self._paths.folder_of_kind(found),
            )
        if name in FIRST_PAGES or posixpath.dirname(path) != folder:
            return False
        others = self._stems[folder] - {_stem(name)}
        if len(others) > _MANY:
            return False  # Comparing takes too long.
        stem = _stem(written)
        return nearest(stem, {_stem(name)}, ALIKE) is not None and nearest(stem, others, ALIKE) is None

    @cached_property
    def _stems(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for path in self._paths.all:
            found[posixpath.dirname(path)].add(_stem(path))
        return found

    @cached_property
    def _pages(self) -> Mapping[str, Names]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._paths.all:
            if path.endswith(PAGE_SUFFIX):
                found[posixpath.dirname(path)].append(_stem(path))
        return {folder: Names(names) for folder, names in found.items()}

    @cached_property
    def _by_folder(self) -> Mapping[str, Names]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._paths.all:
            found[posixpath.dirname(path)].append(posixpath.basename(path))
        return {folder: Names(names) for folder, names in found.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._paths.all):
            found[posixpath.basename(path)].append(path)
        return found


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]
