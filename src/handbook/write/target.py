"""Decide whether a folder can be replaced."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from handbook.read.files import Site, repository_top
from handbook.read.layers import with_layers
from handbook.write import system
from handbook.write.errors import NotWrittenError, reason

MARK = ".handbook-build"
"""The file that marks a folder as built. Site engines ignore hidden files."""

_MARK_TEXT = "`handbook build` made this folder and replaces all of it.\n"
_SOURCES = ("docs", "macros", "overrides", "schemas", "sources")
_GIT = ".git"


def check_target(site: Site, path: Path) -> Path:
    """Return the real path of a folder that a built site can replace.

    The folder must be missing, empty or built. A folder with sources is never replaced, whatever it contains,
    and neither is a folder behind a link in the repository.

    Args:
        site: The site.
        path: The folder, from the working directory.

    Raises:
        NotWrittenError: The folder must not be replaced.
    """
    try:
        target = _follow(path, repository_top(site.root))
        obstacle = _obstacle(site, target)
    except OSError as error:
        obstacle = reason(error)
    if obstacle:
        raise NotWrittenError(f"Could not replace {path}: {obstacle}")
    return target


def mark(folder: Path) -> None:
    """Create a folder if it is missing, and mark it as replaceable."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8", newline="\n")


def _follow(path: Path, repository: Path) -> Path:
    """Return the real path. Links outside the repository are allowed, except at the end."""
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
                raise NotWrittenError(f"Could not replace {path}: {here} is a link. Use a folder")
            here = Path(os.path.realpath(here))
    return here


def _obstacle(site: Site, target: Path) -> str:
    """Return the reason not to replace a target, with the fix; empty if it can be replaced."""
    sites = with_layers(site).upwards
    named = [path for each in sites for path in (each.docs, *(each.root / name for name in _SOURCES))]
    sources = [Path(os.path.realpath(path)) for path in named]
    if any(_is_within(path, target) for path in sources):
        return "it contains the handbook's sources. Use a separate folder, such as `site`"
    if any(_is_within(target, path) for path in sources):
        return "it is inside the handbook's sources. Use a separate folder, such as `site`"
    if any(name.casefold() == _GIT for name in target.parts):
        return "it contains git's own files. Use a separate folder, such as `site`"
    return _obstacle_in(target) if os.path.lexists(target) else ""


def _obstacle_in(target: Path) -> str:
    """Return the reason not to replace an existing path."""
    if not target.is_dir():
        return "it is a file. Use a folder"
    if os.path.ismount(target):
        return "a file system is mounted there. Use a folder in it"
    if next(target.iterdir(), None) is None:
        return ""
    if not _is_marked(target):
        return f"it contains other files than a build ({MARK} is missing). Remove it or use another folder"
    foreign = _find_foreign(str(target), target.lstat().st_dev)
    return f"{foreign} is not from a build. Move it elsewhere" if foreign else ""


def _is_within(path: Path, folder: Path) -> bool:
    """Return whether a path is a folder or in it, by name or by another name for the same folder."""
    # Case is ignored, because folders can be shared between systems.
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
    """Return a path in a built folder that no build creates and that leaves the folder, such as a link."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.casefold() == _GIT or system.is_link(entry):
                return entry.path
            if entry.is_dir(follow_symlinks=False):
                # Windows has no device numbers; there, a mounted file system is a link.
                is_mounted = entry.stat(follow_symlinks=False).st_dev not in (device, 0)
                foreign = entry.path if is_mounted else _find_foreign(entry.path, device)
                if foreign:
                    return foreign
    return ""
