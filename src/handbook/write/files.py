"""Write files completely or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
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
        before: The content of the file that the text was made from; empty if there was no file. By default,
            the text does not depend on the file.

    Raises:
        NotWrittenError: The system refuses, the path contains a link, or another process has changed the
            file.
    """
    try:
        target = _without_links(root, path)
        if target.exists() and not target.is_file():
            raise NotWrittenError(f"Could not write {path}: it is not a file")
        mode = target.stat().st_mode if target.exists() else _usual_mode()
        with parents(target), workspace(target) as room:
            temporary = room / "new"
            temporary.write_bytes(data)
            temporary.chmod(mode)
            if before is not None and before != (target.read_bytes() if target.exists() else b""):
                raise NotWrittenError(f"{path} was changed by another process. Run the command again")
            temporary.replace(target)
    except OSError as error:
        raise NotWrittenError(f"Could not write {path}: {reason(error)}") from error


def put_all(root: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Write several files. If one can't be written, those before it get their content back.

    Args:
        root: The site's folder.
        changes: For each path, the content that the new one was made from, and the new one. A file with an
            empty content does not exist, before or after.

    Raises:
        NotWrittenError: As for `put`.
    """
    done: list[str] = []
    try:
        for path, (before, data) in changes.items():
            if data:
                put(root, path, data, before)
                done.append(path)
        # What has moved is in its new place before it leaves the old one.
        for path, (before, data) in changes.items():
            if not data:
                _remove(root, path, before)
                done.append(path)
    except BaseException:
        for path in reversed(done):
            before, data = changes[path]
            if before:
                put(root, path, before, data)
            else:
                (root / path).unlink(missing_ok=True)
        raise


def _remove(root: Path, path: str, before: bytes) -> None:
    """Remove a file that still has a content."""
    try:
        target = _without_links(root, path)
        if target.read_bytes() != before:
            raise NotWrittenError(f"{path} was changed by another process. Run the command again")
        target.unlink()
    except OSError as error:
        raise NotWrittenError(f"Could not remove {path}: {reason(error)}") from error


def _without_links(root: Path, path: str) -> Path:
    """Return a path of the site, and refuse links on the way, as for everything that is read."""
    target = Path(os.path.normpath(root.resolve() / path))
    if Path(os.path.realpath(target)) != target:
        raise NotWrittenError(
            f"Could not write {path}: it is a link, or in a linked folder. Replace the link with a copy"
        )
    return target


def _usual_mode() -> int:
    """Return the permissions of new files on this system."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
