"""Write a new handbook completely, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from handbook.starter.ground import Ground
from handbook.write.errors import NotWrittenError
from handbook.write.files import put_all
from handbook.write.folder import parents

_MOST_SHOWN = 8


def write_handbook(ground: Ground, files: Mapping[str, bytes]) -> None:
    """Write the files of a new handbook.

    Args:
        ground: Where it comes.
        files: The files by path from the top of the repository.

    Raises:
        NotWrittenError: Some of the files exist, or the system refuses. Nothing is written then.
    """
    new = [path for path in sorted(files) if path not in ground.existing]
    if in_the_way := [path for path in new if _exists(ground.top / path)]:
        them = "them" if len(in_the_way) > 1 else "it"
        raise NotWrittenError(
            f"{_listed(in_the_way)} in the way. Move or remove {them}, or use another folder"
        )
    changes = {path: (ground.existing.get(path, b""), data) for path, data in files.items()}
    # The folder itself can be new, too.
    with parents(ground.top / "handbook"):
        put_all(ground.top, changes)


def _exists(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_SHOWN
    shown = ", ".join(names[:_MOST_SHOWN])
    if more > 0:
        return f"{shown} and {more} more {'files are' if more > 1 else 'file is'}"
    return f"{shown} {'are' if len(names) > 1 else 'is'}"
