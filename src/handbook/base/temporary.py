"""Temporary folders that an interrupt does not leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def temporary_folder() -> Iterator[str]:
    """Create a temporary folder and remove it at the end, even if the user interrupts its removal.

    Yields:
        The path of the folder.

    Raises:
        OSError: The folder cannot be created.
    """
    import shutil  # noqa: PLC0415 - most commands need no folder
    from tempfile import mkdtemp  # noqa: PLC0415 - as above

    folder = mkdtemp(prefix="handbook-")
    try:
        yield folder
    finally:
        try:
            shutil.rmtree(folder, ignore_errors=True)
        except KeyboardInterrupt:
            shutil.rmtree(folder, ignore_errors=True)
            raise
