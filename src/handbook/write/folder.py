"""Replace folders completely or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from handbook.read.files import Site, name_in
from handbook.write import journal, system
from handbook.write.errors import NotWrittenError, reason
from handbook.write.hidden_names import ALL, workspace_of
from handbook.write.target import check_target, mark
from handbook.write.workspace import SET_ASIDE, workspace


def prepare_target(site: Site, path: Path) -> Path:
    """Return a folder that can be replaced, restored if an earlier run was killed.

    Raises:
        NotWrittenError: The folder must not be replaced, or the system refuses.
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
    """Replace a folder with a new one after the new one was written without errors.

    If the process is killed, the folder is either old or new. On systems that cannot exchange two names, it
    can be missing in between; `undo_stopped_change` or the next run then restores it.

    Args:
        site: The site.
        path: The folder, which a build must be allowed to replace.

    Yields:
        A new folder, empty but for its mark.

    Raises:
        NotWrittenError: The folder must not be replaced, or the system refuses to write.
    """
    target = check_target(site, path)
    try:
        with parents(target), workspace(target) as room:
            new = Path(mkdtemp(dir=room))
            new.chmod(0o755)
            mark(new)
            yield new
            # Check again: another process could have created something there.
            check_target(site, target)
            _put_in_place(new, target, room, site.root)
    except OSError as error:
        raise _not_written(path, error) from error


def _put_in_place(new: Path, target: Path, room: Path, root: Path) -> None:
    if not os.path.lexists(target):
        system.rename(new, target)
    elif not system.exchange(new, target):
        with _recorded(target, root):
            system.rename(target, room / SET_ASIDE)
            system.rename(new, target)


@contextmanager
def _recorded(target: Path, root: Path) -> Iterator[None]:
    """Record in the folder of the site that a target has no name for a moment."""
    path = name_in(target, root) if target.is_relative_to(root) else str(target)
    with ExitStack() as stack:
        # Without a record, as in a read-only folder, only the next run for this target restores it.
        with suppress(OSError):
            note = stack.enter_context(workspace(root / ALL, partial(journal.undo_all, root)))
            journal.begin(note, {}, path)
        yield


@contextmanager
def parents(target: Path) -> Iterator[None]:
    """Create the folders above a target, and remove those that stay empty."""
    missing = [folder for folder in target.parents if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()


def _not_written(path: Path, error: OSError) -> NotWrittenError:
    return NotWrittenError(f"Could not write {path}: {reason(error)}")
