"""Write a new handbook completely, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from handbook.read.files import repository_top
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.write.errors import NotWrittenError
from handbook.write.files import put_all
from handbook.write.folder import parents

_MOST_SHOWN = 8
_ADDED_TO = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class Ground(NamedTuple):
    """Where a new handbook comes.

    Attributes:
        folder: Its folder, absolute. It might not exist yet.
        top: The top of the repository; the same folder if there is none.
        existing: Files at the top that a handbook adds to, by path from there.
    """

    folder: Path
    top: Path
    existing: Mapping[str, bytes]

    @property
    def prefix(self) -> str:
        """Return the path of the handbook in the repository, with a slash at the end; empty at the top."""
        path = self.folder.relative_to(self.top).as_posix()
        return "" if path == "." else f"{path}/"


def survey(folder: Path) -> Ground:
    """Return where a new handbook comes.

    Args:
        folder: The folder for it.

    Raises:
        NotWrittenError: It is a file, or a file that the handbook adds to can't be read.
    """
    target = folder.resolve()
    if target.exists() and not target.is_dir():
        raise NotWrittenError(f"{folder} is a file. Use a folder")
    top = repository_top(target)
    existing = {}
    for path in _ADDED_TO:
        if (top / path).exists():
            try:
                existing[path] = read_plain_file(top / path)
            except UnusableError as error:
                raise NotWrittenError(f"{path}: {error.fault.message}. {error.fault.hint}") from error
    return Ground(target, top, existing)


def write_handbook(ground: Ground, files: Mapping[str, bytes]) -> None:
    """Write the files of a new handbook.

    Args:
        ground: Where it comes.
        files: The files by path from the top of the repository.

    Raises:
        NotWrittenError: Some of the files exist, or the system refuses. Nothing is written then.
    """
    in_the_way = [
        path for path in sorted(files) if path not in ground.existing and _exists(ground.top / path)
    ]
    if in_the_way:
        raise NotWrittenError(
            f"{_listed(in_the_way)} already there. Move or remove them, or use another folder"
        )
    changes = {path: (ground.existing.get(path, b""), data) for path, data in files.items()}
    with parents(ground.top / "handbook"):
        put_all(ground.top, changes)


def _exists(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _listed(paths: Iterable[str]) -> str:
    names = list(paths)
    more = len(names) - _MOST_SHOWN
    shown = ", ".join(names[:_MOST_SHOWN])
    if more > 0:
        return f"{shown} and {more} more files are"
    return f"{shown} {'are' if len(names) > 1 else 'is'}"
