"""Write files completely or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TypeAlias

from handbook.write import journal
from handbook.write.errors import NotWrittenError, reason
from handbook.write.folder import parents
from handbook.write.hidden_names import ALL, workspace_of
from handbook.write.workspace import workspace

Changes: TypeAlias = Mapping[str, tuple[bytes, bytes]]
"""The content of files before and after a change, by path. A file with an empty content does not exist."""


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


def put_all(root: Path, changes: Changes) -> None:
    """Write and remove several files. If one can't be written, those before it get their content back.

    All new texts are prepared before the first file is replaced, so a full disk changes nothing. If the
    process is killed, `undo_stopped_change` gives the files their content back.

    Args:
        root: The site's folder.
        changes: The changes.

    Raises:
        NotWrittenError: As for `put`.
    """
    if changes:  # Without any, a read-only folder is no hindrance.
        _put_all(root, changes)


def _put_all(root: Path, changes: Changes) -> None:
    targets = {path: _without_links(root, path) for path in changes}
    path = next(iter(targets))
    try:
        with workspace(root / ALL, partial(journal.undo_all, root)) as room, ExitStack() as folders:
            for number, (path, target) in enumerate(targets.items()):
                _prepare(room / str(number), path, target, changes[path][1])
                if changes[path][1]:
                    folders.enter_context(parents(target))
            for path, target in targets.items():
                if changes[path][0] != (target.read_bytes() if target.exists() else b""):
                    raise NotWrittenError(f"{path} was changed by another process. Run the command again")
            journal.begin(room, changes)
            for number, (path, target) in enumerate(targets.items()):
                if changes[path][1]:
                    (room / str(number)).replace(target)
            # What has moved is in its new place before it leaves the old one.
            for path, target in targets.items():
                if not changes[path][1]:
                    target.unlink(missing_ok=True)
            journal.end(room)
    except OSError as error:
        raise NotWrittenError(f"Could not write {path}: {reason(error)}") from error


def undo_stopped_change(root: Path) -> list[tuple[str, bool]]:
    """Undo a change of several files that was stopped halfway, and restore a folder that was set aside.

    Args:
        root: The folder that `put_all` had, or the folder of the site.

    Returns:
        The files and folders that were not as before, and whether they are now; someone can have changed
        them since.

    Raises:
        NotWrittenError: The system refuses to undo a change of files. Nothing depends on a folder.
    """
    found: list[tuple[str, bool]] = []
    try:
        with workspace(root / ALL, lambda room: found.extend(journal.undo(root, room))):
            pass
    except OSError as error:
        if not journal.names_files(workspace_of(root / ALL)):
            return found
        message = f"Could not undo the change of a command that was killed: {reason(error)}"
        raise NotWrittenError(message) from error
    return found


def _prepare(temporary: Path, path: str, target: Path, data: bytes) -> None:
    """Write the new content of a file to a temporary one, with the permissions of the file."""
    if target.exists() and not target.is_file():
        raise NotWrittenError(f"Could not write {path}: it is not a file")
    if data:
        temporary.write_bytes(data)
        temporary.chmod(target.stat().st_mode if target.exists() else _usual_mode())


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
