"""A hidden folder next to the target of a replacement, used by one process at a time.

Its `.gitignore` hides its contents from git, has the lock, and marks the folder as ours: it is the first file
to be written and the last to be removed.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from handbook.write import system
from handbook.write.errors import NotWrittenError
from handbook.write.hidden_names import workspace_of

SET_ASIDE = "set-aside"
"""The complete old target, on systems that cannot exchange names. It is restored if its name is free."""

_REMOVED = "removed"
_KEY = ".gitignore"
_TEXT = b"# Left by a `handbook` command that was stopped. The next one removes this folder.\n*\n"
_PAUSE = 0.1


def _nothing(_: Path) -> None:
    """Undo nothing."""


@contextmanager
def workspace(target: Path, undo: Callable[[Path], None] = _nothing) -> Iterator[Path]:
    """Reserve the folder in which a replacement is prepared; wait while another process uses it.

    Files of a killed run are removed first, and a target that such a run set aside is restored.

    Args:
        target: The target of the replacement. Its parent folder exists.
        undo: Undoes what a run that was stopped has changed, before the folder is cleared.

    Yields:
        The folder, empty except for a hidden file.

    Raises:
        NotWrittenError: Another folder or file has that name.
    """
    folder = workspace_of(target)
    key = _take(folder, target)
    try:
        undo(folder)
        _clear(folder, target)
        yield folder
    finally:
        try:
            undo(folder)
            _clear(folder, target)
        finally:
            _leave(folder, key)


def restore(target: Path) -> bool:
    """Restore a target that a killed run set aside, and remove the files of that run.

    Nothing is done while another process uses the folder: it has restored the target, or is replacing it.

    Args:
        target: The target of the replacement.

    Returns:
        Whether the target was restored.

    Raises:
        NotWrittenError: Another folder or file has the name of the folder.
    """
    folder = workspace_of(target)
    key = _lock(folder) if (folder / SET_ASIDE).exists() else None
    if key is None:
        return False
    was_missing = not os.path.lexists(target)
    try:
        _clear(folder, target)
    finally:
        _leave(folder, key)
    return was_missing and os.path.lexists(target)


def _take(folder: Path, target: Path) -> int:
    """Create the folder if it is missing, and lock it. Return the open file with the lock."""
    is_waiting = False
    while (key := _lock(folder)) is None:
        if not is_waiting:
            sys.stderr.write(f"handbook: waiting for another command that is writing {target}\n")
            sys.stderr.flush()
            is_waiting = True
        time.sleep(_PAUSE)
    return key


def _lock(folder: Path) -> int | None:
    """Create and lock the folder, as `_take`; return `None` if another process has the lock."""
    while True:
        if system.is_link(folder) or not _is_ours(folder):
            raise NotWrittenError(f"{folder} is in the way. Move it elsewhere")
        folder.mkdir(exist_ok=True)
        try:
            key = os.open(folder / _KEY, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        except FileNotFoundError:
            continue  # Another process has just removed it.
        if not system.lock(key):
            os.close(key)
            return None
        if not _is_there(key, folder / _KEY):
            os.close(key)
            continue
        try:
            if not os.fstat(key).st_size:
                os.write(key, _TEXT)
        except OSError:
            _leave(folder, key)
            raise
        return key


def _is_ours(folder: Path) -> bool:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False
    return not names or _KEY in names


def _is_there(file: int, path: Path) -> bool:
    """Return whether a path still refers to an open file."""
    try:
        return os.path.samestat(os.fstat(file), path.lstat())
    except FileNotFoundError:
        return False


def _clear(folder: Path, target: Path) -> None:
    """Restore a target that was set aside and not replaced; remove the rest."""
    set_aside = folder / SET_ASIDE
    if not os.path.lexists(target) and set_aside.is_dir() and not system.is_link(set_aside):
        system.rename(set_aside, target)
    for path in folder.iterdir():
        if path.name not in (_KEY, SET_ASIDE):
            _remove(path)
    if os.path.lexists(set_aside):
        # Rename it first, so that it is never restored after a partial removal.
        system.rename(set_aside, folder / _REMOVED)
        _remove(folder / _REMOVED)


def _remove(path: Path) -> None:
    """Remove our own files. A later run removes the rest."""
    if path.is_dir() and not system.is_link(path):
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _leave(folder: Path, key: int) -> None:
    """Release the folder, and remove it unless it contains anything."""
    try:
        is_cleared = [path.name for path in folder.iterdir()] == [_KEY]
    except OSError:
        is_cleared = False
    if not is_cleared:
        os.close(key)
        return
    system.remove_locked(key, folder / _KEY)
    try:
        folder.rmdir()
    except OSError:
        return  # A waiting process has it now.
