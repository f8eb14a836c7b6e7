"""Write files completely or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from handbook.write.errors import NotWrittenError, reason
from handbook.write.folder import parents
from handbook.write.workspace import workspace

_ALL = "handbook"
"""The name by which commands that write several files of a site wait for each other."""


class Change(NamedTuple):
    """The change of a file.

    Attributes:
        before: The content that the new one was made from; `None` if there was no file.
        after: The new content; `None` to remove the file.
    """

    before: bytes | None
    after: bytes | None


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


def put_all(root: Path, changes: Mapping[str, Change]) -> None:
    """Write and remove several files. If one can't be written, those before it get their content back.

    All new texts are prepared before the first file is replaced, so a full disk changes nothing.

    Args:
        root: The site's folder.
        changes: The change of each file, by its path.

    Raises:
        NotWrittenError: As for `put`.
    """
    targets = {path: _without_links(root, path) for path in changes}
    path = ""
    try:
        with workspace(root / _ALL) as room, ExitStack() as folders:
            for number, (path, target) in enumerate(targets.items()):
                _prepare(room / str(number), path, target, changes[path].after)
                if changes[path].after is not None:
                    folders.enter_context(parents(target))
            for path, target in targets.items():
                if changes[path].before != (target.read_bytes() if target.exists() else None):
                    raise NotWrittenError(f"{path} was changed by another process. Run the command again")
            with ExitStack() as undo:
                for number, (path, target) in enumerate(targets.items()):
                    # First, because an interrupt can come between the two.
                    undo.callback(_restore, root, path, changes[path].before)
                    if changes[path].after is None:
                        target.unlink()
                    else:
                        (room / str(number)).replace(target)
                undo.pop_all()
    except OSError as error:
        raise NotWrittenError(f"Could not write {path}: {reason(error)}") from error


def _prepare(temporary: Path, path: str, target: Path, data: bytes | None) -> None:
    """Write the new content of a file to a temporary one, with the permissions of the file."""
    if target.exists() and not target.is_file():
        raise NotWrittenError(f"Could not write {path}: it is not a file")
    if data is not None:
        temporary.write_bytes(data)
        temporary.chmod(target.stat().st_mode if target.exists() else _usual_mode())


def _restore(root: Path, path: str, data: bytes | None) -> None:
    if data is None:
        (root / path).unlink(missing_ok=True)
    else:
        put(root, path, data)


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
