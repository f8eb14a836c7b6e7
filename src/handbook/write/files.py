"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from handbook.read.files import repository_top
from handbook.write.errors import NotWrittenError, reason
from handbook.write.folder import parents
from handbook.write.workspace import workspace

_GIT = ".git"


def put(root: Path, path: str, data: bytes, before: bytes | None = None) -> None:
    """Write a file: its text is prepared next to it, then replaces it in one step.

    Args:
        root: The site's folder.
        path: Where the text belongs, relative to it.
        data: The text.
        before: What was in the file when the text was made from it, empty if there was none; by default the
            text depends on nothing.

    Raises:
        NotWrittenError: The system does not let us, a link leads out of the repository, or another process
            has changed the file since.
    """
    try:
        target = _follow(root, path)
        if target.exists() and not target.is_file():
            raise NotWrittenError(f"{path} can't be written: it isn't a file")
        mode = target.stat().st_mode if target.exists() else _usual_mode()
        with parents(target), workspace(target) as room:
            beside = room / "new"
            beside.write_bytes(data)
            beside.chmod(mode)
            if before is not None and before != (target.read_bytes() if target.exists() else b""):
                raise NotWrittenError(f"{path} was changed by another process; run the command again")
            beside.replace(target)
    except OSError as error:
        raise NotWrittenError(f"{path} can't be written: {reason(error)}") from error


def _follow(root: Path, path: str) -> Path:
    """Return where a path leads. A link to another file of the repository is as good as that file."""
    top = repository_top(root.resolve())
    target = Path(os.path.realpath(root / path))
    names = target.relative_to(top).parts if target.is_relative_to(top) else (_GIT,)
    if any(name.casefold() == _GIT for name in names):
        raise NotWrittenError(
            f"{path} can't be written: a link leads out of the repository; replace the link"
        )
    return target


def _usual_mode() -> int:
    """What a new file may be used for, as everywhere on this system."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
