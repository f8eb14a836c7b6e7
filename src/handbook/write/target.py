"""Decides whether a folder may be replaced."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from handbook.read.files import Site, repository_top
from handbook.write import system
from handbook.write.errors import NotWrittenError, reason

MARK = ".handbook-build"
"""The file by which a folder that was built is known. Site engines leave hidden files alone."""

_MARK_TEXT = "`handbook build` made this folder and replaces all of it.\n"
_SOURCES = ("docs", "macros", "overrides", "schemas", "sources")
_GIT = ".git"


def check_target(site: Site, path: Path) -> Path:
    """Return where a path leads, if what is there may be replaced by a built site.

    That's so when nothing is there, or a folder that is empty or was built. A folder with sources is never
    replaced, whatever is in it, and nothing that is reached through a link in the repository.

    Args:
        site: The site.
        path: The folder, from the working directory.

    Raises:
        NotWrittenError: It must stay as it is.
    """
    try:
        target = _follow(path, repository_top(site.root))
        obstacle = _obstacle(site, target)
    except OSError as error:
        obstacle = reason(error)
    if obstacle:
        raise NotWrittenError(f"{path} can't be replaced: {obstacle}")
    return target


def mark(folder: Path) -> None:
    """Make a folder, if need be, and write into it that it may be replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8", newline="\n")


def _follow(path: Path, repository: Path) -> Path:
    """Return the real path. Links outside the repository are the user's own, but for one at the end."""
    whole = Path.cwd() / path
    names = whole.parts[1:]
    here = Path(whole.anchor)
    for number, name in enumerate(names, start=1):
        if name == os.pardir:
            here = here.parent
            continue
        here /= name
        if system.is_link(here):
            if number == len(names) or here.is_relative_to(repository):
                raise NotWrittenError(f"{path} can't be replaced: {here} is a link; use a folder")
            here = Path(os.path.realpath(here))
    return here


def _obstacle(site: Site, target: Path) -> str:
    """Return what keeps a target from being replaced and what to do; nothing if it may be."""
    named = (site.docs, *(site.root / name for name in _SOURCES))
    sources = [Path(os.path.realpath(path)) for path in named]
    if any(_is_within(path, target) for path in sources):
        return "the handbook's sources are in it; use a folder of its own, such as `site`"
    if any(_is_within(target, path) for path in sources):
        return "it's among the handbook's sources; use a folder of its own, such as `site`"
    if any(name.casefold() == _GIT for name in target.parts):
        return "git's own files are there; use a folder of its own, such as `site`"
    return _obstacle_in(target) if os.path.lexists(target) else ""


def _obstacle_in(target: Path) -> str:
    """Return what is there and must stay."""
    if not target.is_dir():
        return "it's a file; use a folder"
    if os.path.ismount(target):
        return "a file system is mounted there; use a folder in it"
    if next(target.iterdir(), None) is None:
        return ""
    if not _is_marked(target):
        return f"it has files that handbook didn't build ({MARK} is missing); remove it or use another folder"
    foreign = _find_foreign(str(target), target.lstat().st_dev)
    return f"{foreign} isn't from a build; move it elsewhere" if foreign else ""


def _is_within(path: Path, folder: Path) -> bool:
    """Return whether a path is a folder or in it, by name or by another name for the same folder."""
    # Upper and lower case count as the same: what is written on one system is read on others.
    names = [name.casefold() for name in path.parts]
    if names[: len(folder.parts)] == [name.casefold() for name in folder.parts]:
        return True
    return folder.exists() and any(
        above.exists() and above.samefile(folder) for above in (path, *path.parents)
    )


def _is_marked(folder: Path) -> bool:
    try:
        return stat.S_ISREG((folder / MARK).lstat().st_mode)
    except FileNotFoundError:
        return False


def _find_foreign(folder: str, device: int) -> str:
    """Return something in a built folder that no build makes and that reaches beyond it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.casefold() == _GIT or system.is_link(entry):
                return entry.path
            if entry.is_dir(follow_symlinks=False):
                # Windows leaves the device out; there, what is mounted in a folder is a link.
                is_mounted = entry.stat(follow_symlinks=False).st_dev not in (device, 0)
                foreign = entry.path if is_mounted else _find_foreign(entry.path, device)
                if foreign:
                    return foreign
    return ""
