"""Which files the folders of a site hold: each is judged once, before anything opens one of them.

A site is a plain tree. A link could lead anywhere, to the secrets of the machine that builds as well, and not
every system and editor knows links; so each of them is a fault, and nothing behind it is seen.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from handbook.read.document import Document
from handbook.read.faults import Fault, FaultKind
from handbook.read.files import Site, Source
from handbook.read.plain_file import LINK, fault_of, system_fault

_Parts: TypeAlias = tuple[str, ...]

_NO_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Bytes that are not UTF-8, as Python hands them on, and characters that no one sees."""

_HANDED_DOWN = ".meta.yml"

_LAST = "\U0010ffff"
"""Comes after every name."""


class _Branch(NamedTuple):
    """What is below one folder.

    Attributes:
        files: The plain files whose names do not begin with a dot, nor that of a folder above, in name order.
        folders: The folders of which the same holds.
    """

    files: list[_Parts]
    folders: list[_Parts]


class Tree:
    """The folders of a site as far as they were asked for.

    Attributes:
        unusable: Everything in them that is no plain file or folder, with what is wrong with it.
        handed_down: The files whose fields a plugin of the theme gives to all pages below.
    """

    def __init__(self, site: Site) -> None:
        self.unusable: list[Source] = []
        self.handed_down: list[Path] = []
        self._site = site
        self._branches: dict[Path, _Branch] = {}
        self._judged: dict[Path, bool] = {}

    def below(
        self, folder: Path, suffixes: Iterable[str] = ("",), *, folders: bool = False
    ) -> Iterator[Path]:
        """Yield every visible file below a folder that ends like one of the suffixes, in name order.

        Args:
            folder: The folder.
            suffixes: How the names of the files end.
            folders: Whether folders with such a name are among them, for reading one to say what is wrong.
        """
        top, branch = self._branch(folder)
        parts = folder.relative_to(top).parts
        endings = tuple(suffixes)
        for found in sorted(_of(branch.files, parts) + (_of(branch.folders, parts) if folders else [])):
            if found[-1].endswith(endings):
                yield top.joinpath(*found)

    def look_through(self, folder: Path) -> None:
        """Judge everything below a folder."""
        self._branch(folder)

    def has(self, path: Path) -> bool:
        """Return whether something is at a place, and no link on the way to it."""
        return self._is_reached(path.parent) and os.path.lexists(path)

    def _branch(self, folder: Path) -> tuple[Path, _Branch]:
        """The folder that was looked through and holds another one, or else that one; what is below it."""
        for top, branch in self._branches.items():
            if folder == top or top in folder.parents:
                return top, branch
        return folder, self._survey(folder)

    def _survey(self, top: Path) -> _Branch:
        branch = self._branches[top] = _Branch([], [])
        waiting: list[tuple[_Parts, bool]] = [((), False)] if self._is_reached(top) else []
        while waiting:
            above, is_hidden = waiting.pop()
            where = top.joinpath(*above)
            try:
                with os.scandir(where) as entries:
                    found = list(entries)
            except OSError as error:
                self._note(where, system_fault(error))
                continue
            for entry in found:
                hidden = is_hidden or entry.name.startswith(".")
                fault = _fault_of(entry, is_hidden=hidden)
                parts = (*above, entry.name)
                if fault:
                    self._note(top.joinpath(*parts), fault)
                elif entry.is_dir(follow_symlinks=False):
                    # What the engines walk through is looked at, though they show nothing of it.
                    waiting += [(parts, hidden)] if entry.name != ".git" else []
                    branch.folders.extend(() if hidden else (parts,))
                elif not hidden:
                    branch.files.append(parts)
                elif entry.name == _HANDED_DOWN:
                    self.handed_down.append(top.joinpath(*parts))
        branch.files.sort()
        branch.folders.sort()
        return branch

    def _is_reached(self, folder: Path) -> bool:
        """Return whether a folder is there, and no link on the way to it from the site's folder."""
        if folder == self._site.root:
            return True
        if folder not in self._judged:
            is_link = folder.is_symlink()
            if is_link:
                self._note(folder, LINK)
            within = not folder.parent.is_relative_to(self._site.root) or self._is_reached(folder.parent)
            self._judged[folder] = within and not is_link and folder.is_dir()
        return self._judged[folder]

    def _note(self, path: Path, fault: Fault) -> None:
        self.unusable.append(Source(self._site.shown(path), Document("", faults=[fault])))


def _of(sorted_parts: list[_Parts], above: _Parts) -> list[_Parts]:
    """The paths below a folder."""
    return sorted_parts[bisect_left(sorted_parts, (*above, "")) : bisect_left(sorted_parts, (*above, _LAST))]


def _fault_of(entry: os.DirEntry[str], *, is_hidden: bool) -> Fault | None:
    """What is wrong with one name in a folder."""
    if _NO_NAME.search(entry.name):
        message = "The name is not UTF-8, or has invisible characters in it"
        return Fault(FaultKind.NAME, message, "Rename it; letters, digits, hyphens and dots work everywhere")
    if entry.is_symlink():
        # Editors note by a hidden link that leads nowhere who has a file open.
        return None if is_hidden and not os.path.exists(entry.path) else LINK  # noqa: PTH110 - as fast as can be
    if entry.is_dir(follow_symlinks=False):
        return None
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return system_fault(error)
    return fault_of(entry.name, status.st_mode, status.st_size)
