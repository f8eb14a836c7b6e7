"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from handbook.write.errors import NotWrittenError, reason
from handbook.write.folder import parents
from handbook.write.workspace import workspace


def put(root: Path, path: str, data: bytes, before: bytes | None = None) -> None:
    """Write a file: its text is prepared next to it, then replaces it in one step.

    Args:
        root: The site's folder.
        path: Where the text belongs, relative to it.
        data: The text.
        before: What was in the file when the text was made from it, empty if there was none; by default the
            text depends on nothing.

    Raises:
        NotWrittenError: The system does not let us, a link is on the way, or another process
            has changed the file since.
    """
    try:
        target = _without_links(root, path)
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


def _without_links(root: Path, path: str) -> Path:
    """Return a path of the site that no link is on the way to, as for everything that is read."""
    target = Path(os.path.normpath(root.resolve() / path))
    if Path(os.path.realpath(target)) != target:
        raise NotWrittenError(
            f"{path} can't be written: it's a link, or in a folder that is one; replace the link with a copy"
        )
    return target


def _usual_mode() -> int:
    """What a new file may be used for, as everywhere on this system."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
