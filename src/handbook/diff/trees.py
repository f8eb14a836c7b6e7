"""The files of a repository at two points in time, and their differences."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from handbook.base.named_tuples import NamedTuple
from handbook.diff.git import GitRepository
from handbook.read.plain_file import read_bounded

PROGRAM = "100755"
LINK = "120000"
SUBMODULE = "160000"

_TEXTS = (".json", ".md", ".py", ".yaml", ".yml")
"""Suffixes of files that often change together. They are read together."""


class FileTree(NamedTuple):
    """The files at a point in time.

    Attributes:
        modes: The mode of each path in git: a file, a program, a link or a submodule.
        read: Returns the content of a file, or the target of a link; `None` if it does not exist, is too
            large, or cannot be read.
    """

    modes: Mapping[str, str]
    read: Callable[[str], bytes | None]


class TreeChanges(NamedTuple):
    """The files of a repository at two points in time. All paths start at its top.

    Attributes:
        prefix: The site's folder, with a slash at the end; empty at the top.
        before: The earlier files.
        after: The later files.
        paths: The paths that differ, in order.
    """

    prefix: str
    before: FileTree
    after: FileTree
    paths: Sequence[str]


def changes_since(repository: GitRepository, commit: str) -> TreeChanges:
    """Return the differences between a commit and the working tree, committed or not.

    Args:
        repository: The repository.
        commit: The commit.

    Raises:
        GitError: Git cannot answer.
    """
    blobs = repository.blobs(commit)
    changed = repository.changed_since(commit)

    @cache
    def texts() -> dict[str, bytes]:
        names = {path: blobs[path][1] for path in changed if path in blobs and path.endswith(_TEXTS)}
        return dict(zip(names, repository.contents(names), strict=True))

    @cache
    def read_then(path: str) -> bytes | None:
        mode, name = blobs.get(path, ("", ""))
        if not name or mode == SUBMODULE:
            return None
        return texts()[path] if path in changed and path.endswith(_TEXTS) else repository.content(name)

    then = {path: mode for path, (mode, _) in blobs.items()}
    now = {path: mode for path, mode in (then | changed).items() if mode}

    @cache
    def read_now(path: str) -> bytes | None:
        return _read(repository.top / path) if now.get(path, SUBMODULE) != SUBMODULE else None

    return TreeChanges(repository.prefix, FileTree(then, read_then), FileTree(now, read_now), sorted(changed))


def _read(path: Path) -> bytes | None:
    try:
        return os.fsencode(path.readlink()) if path.is_symlink() else read_bounded(path)
    except OSError:
        return None
