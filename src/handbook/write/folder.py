"""A folder is replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from handbook.read.files import Site
from handbook.write import system
from handbook.write.errors import NotWrittenError, reason
from handbook.write.target import check_target, mark
from handbook.write.workspace import SET_ASIDE, workspace, workspace_of


def prepare_target(site: Site, path: Path) -> Path:
    """Return a folder that may be replaced, as it was before any run that was killed.

    Raises:
        NotWrittenError: It must stay as it is, or the system doesn't let us.
    """
    target = check_target(site, path)
    try:
        if workspace_of(target).exists():
            with workspace(target):
                pass
    except OSError as error:
        raise _not_written(path, error) from error
    return target


@contextmanager
def replace_folder(site: Site, path: Path) -> Iterator[Path]:
    """Replace a folder by what is written into a new one, once all of that has gone well.

    Killed at any moment, the folder is as it was or as it will be. Where the system can't exchange two names
    it may be missing in between; then the next run puts it back.

    Args:
        site: The site.
        path: The folder. It must be one that a build may replace.

    Yields:
        A new folder, empty but for its mark.

    Raises:
        NotWrittenError: It must stay as it is, or the system doesn't let us write.
    """
    target = check_target(site, path)
    try:
        with parents(target), workspace(target) as room:
            new = Path(mkdtemp(dir=room))
            new.chmod(0o755)
            mark(new)
            yield new
            # Decided again: there was time to put something else there.
            check_target(site, target)
            _put_in_place(new, target, room)
    except OSError as error:
        raise _not_written(path, error) from error


def _put_in_place(new: Path, target: Path, room: Path) -> None:
    if not os.path.lexists(target):
        system.rename(new, target)
    elif not system.exchange(new, target):
        system.rename(target, room / SET_ASIDE)
        system.rename(new, target)


@contextmanager
def parents(target: Path) -> Iterator[None]:
    """Make the folders above a target, and remove those again that stay empty."""
    missing = [folder for folder in target.parents if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()


def _not_written(path: Path, error: OSError) -> NotWrittenError:
    return NotWrittenError(f"{path} can't be written: {reason(error)}")
