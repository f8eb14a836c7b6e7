"""Copy what a check reads of a handbook, to try changes before they are made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from handbook.read.files import FOLDERS, Site, read_site, repository_top
from handbook.read.layers import with_layers
from handbook.read.plain_file import MOST_OF_A_TEXT
from handbook.write.target import MARK

_TEXTS = (".yaml", ".yml", ".json", ".md", "CODEOWNERS")
"""The ends of the names of files that are read in any folder."""

_OF_REPOSITORY = (".github", ".gitlab", "docs/CODEOWNERS", "CODEOWNERS", ".gitlab-ci.yml")
"""The places at the top of the repository that a check reads, whatever folder the handbook is in."""

_NOT_A_SITE = ("pyvenv.cfg", MARK)
"""The files that mark a folder as installed or built."""

_OTHER_FOLDERS = frozenset({".git", "node_modules", "__pycache__"})


def copy_site(site: Site, folder: Path) -> Site:
    """Copy a handbook with its layers, at the same places below the top of the repository.

    Args:
        site: The handbook.
        folder: An empty folder, for the top of the repository.

    Raises:
        OSError: The system refuses.
    """
    top = repository_top(site.root)
    (folder / ".git").mkdir()
    for each in with_layers(site).upwards:
        if each.root.is_relative_to(top):
            for path in _files_of(each):
                if path.is_relative_to(top):
                    _copy(path, folder / path.relative_to(top))
    for name in _OF_REPOSITORY:
        for path in _below(top / name) if (top / name).is_dir() else [top / name]:
            _copy(path, folder / path.relative_to(top))
    return read_site(folder / site.root.relative_to(top))


def _files_of(site: Site) -> Iterator[Path]:
    """Yield the files of a site or a layer. Of folders that are not ours, only those with facts or text."""
    whole = {site.root / name for name in FOLDERS} | {site.docs, site.overrides}
    for path in sorted(site.root.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _below(path, () if path in whole else _TEXTS)
        elif path.name not in _OTHER_FOLDERS:  # In a worktree, `.git` is a file.
            yield path
    # These folders can be anywhere.
    for other in (site.docs, site.overrides):
        if other is not None and other.parent != site.root:
            yield from _below(other)


def _below(folder: Path, suffixes: tuple[str, ...] = ()) -> Iterator[Path]:
    """Yield every file and link below a folder, and the folders without any."""
    for where, folders, files in os.walk(folder):
        if Path(where).name in _OTHER_FOLDERS or not set(files).isdisjoint(_NOT_A_SITE):
            folders.clear()
            continue
        here = Path(where)
        links = [name for name in folders if (here / name).is_symlink()]
        yield from (here / name for name in (*links, *files) if not suffixes or name.endswith(suffixes))
        if not folders and not files and not suffixes:
            yield here


def _copy(path: Path, target: Path) -> None:
    # Others can be writing here, and not every file can be read. A check reports what it can't read.
    with suppress(FileNotFoundError, FileExistsError, PermissionError):
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            target.symlink_to(path.readlink())
        elif path.is_dir():
            target.mkdir(exist_ok=True)
        elif path.is_file():
            size = path.stat().st_size
            if size > MOST_OF_A_TEXT and not path.name.endswith(_TEXTS):
                # Only its size is looked at.
                with target.open("wb") as file:
                    file.truncate(size)
            else:
                shutil.copyfile(path, target)
