"""Find the files in the folders of a site, and check each once before it is opened.

A site is a plain tree. A link could open anything, even secrets of the machine that builds, and not every
system and editor supports links. So each link is a fault, and its target is ignored.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.read.files import Site, Source, start_of
from handbook.read.plain_file import LINK, fault_of, system_fault
from handbook.read.yaml.document import Document
from handbook.read.yaml.faults import Fault, FaultKind

_Parts: TypeAlias = tuple[str, ...]

_NO_NAME = regex("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Bytes that are not UTF-8, as Python represents them, and invisible characters."""

_HANDED_DOWN = ".meta.yml"

_LAST = "\U0010ffff"
"""A text that sorts after every name."""


class _Branch(NamedTuple):
    """The contents of a folder.

    Attributes:
        files: The plain files without a dot at the start of their name or a folder's name, in name order.
        folders: The folders of the same type.
        paths: The paths of those that were asked for: making one takes long, and each is asked for often.
    """

    files: list[_Parts]
    folders: list[_Parts]
    paths: dict[_Parts, Path]


class Tree:
    """The folders of a site and of its layers, read on request.

    Attributes:
        unusable: Everything in them that is not a plain file or folder, with its fault.
        handed_down: The files whose fields a plugin of the theme gives to all pages below.
    """

    def __init__(self, site: Site) -> None:
        self.unusable: list[Source] = []
        self.handed_down: list[Path] = []
        self._site = site
        # By the start of what is below.
        self._branches: dict[str, tuple[Path, _Branch]] = {}
        self._roots = [each.root for each in site.upwards]
        self._judged = dict.fromkeys(self._roots, True)

    def below(
        self, folder: Path, suffixes: Iterable[str] = ("",), *, folders: bool = False
    ) -> Iterator[Path]:
        """Yield every visible file below a folder with one of the suffixes, in name order.

        Args:
            folder: The folder.
            suffixes: The suffixes.
            folders: Whether to include folders with such a name, so that reading them gives a fault.
        """
        top, branch = self._branch(folder)
        if not branch.files and not branch.folders:
            return
        parts = folder.relative_to(top).parts
        endings = tuple(suffixes)
        for found in sorted(_of(branch.files, parts) + (_of(branch.folders, parts) if folders else [])):
            if found[-1].endswith(endings):
                yield branch.paths.get(found) or branch.paths.setdefault(found, top.joinpath(*found))

    def look_through(self, folder: Path) -> None:
        """Check everything below a folder."""
        self._branch(folder)

    def has(self, path: Path) -> bool:
        """Return whether a path exists without links on the way."""
        return self._is_reached(path.parent) and os.path.lexists(path)

    def _branch(self, folder: Path) -> tuple[Path, _Branch]:
        """Return the folder above another that was read already, or that folder, with its contents."""
        path = start_of(folder)
        above = max((top for top in self._branches if path.startswith(top)), key=len, default=None)
        return (folder, self._survey(folder)) if above is None else self._branches[above]

    def _survey(self, top: Path) -> _Branch:
        branch = _Branch([], [], {})
        self._branches[start_of(top)] = top, branch
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
                    # The engines walk through these folders, too, although they show nothing of them.
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
        """Return whether a folder exists without links on the way from the folder of a site."""
        if folder not in self._judged:
            is_link = folder.is_symlink()
            if is_link:
                self._note(folder, LINK)
            is_within = any(folder.parent.is_relative_to(root) for root in self._roots)
            within = not is_within or self._is_reached(folder.parent)
            self._judged[folder] = within and not is_link and folder.is_dir()
        return self._judged[folder]

    def _note(self, path: Path, fault: Fault) -> None:
        self.unusable.append(Source(self._site.shown(path), Document("", faults=[fault])))


def _of(sorted_parts: list[_Parts], above: _Parts) -> list[_Parts]:
    """Yield the paths below a folder."""
    return sorted_parts[bisect_left(sorted_parts, (*above, "")) : bisect_left(sorted_parts, (*above, _LAST))]


def _fault_of(entry: os.DirEntry[str], *, is_hidden: bool) -> Fault | None:
    """Return the fault of a name in a folder, if any."""
    # Most names can be printed, which is much faster to find out.
    if not entry.name.isprintable() and _NO_NAME.search(entry.name):
        message = "Name is not UTF-8, or contains invisible characters"
        return Fault(FaultKind.NAME, message, "Rename it: letters, digits, hyphens and dots work everywhere")
    if entry.is_symlink():
        # Editors mark an open file with a hidden link without a target.
        return None if is_hidden and not os.path.exists(entry.path) else LINK  # noqa: PTH110 - as fast as can be
    if entry.is_dir(follow_symlinks=False):
        return None
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return system_fault(error)
    return fault_of(entry.name, status.st_mode, status.st_size)
