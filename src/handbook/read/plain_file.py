"""Reads a file only after it was judged: a plain file, of a size that somebody may have written.

Whatever else a name can mean is refused before it is opened: a link may lead out of the repository, a pipe
never ends, and opening a device can do things.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from handbook.read.faults import Fault, FaultKind

MOST_OF_A_TEXT = 5_000_000
"""The largest page, view or schema in bytes: a thousand times what people write, and read in a second."""

MOST_OF_A_FILE = 128 * 2**20
"""The largest source, picture or download in bytes. Hosts of repositories take no file above 100 MB."""

_TEXTS = (".md", ".jinja", ".json", ".yml")
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)

LINK = Fault(
    FaultKind.UNREADABLE,
    "This is a link to another file or folder, and links are not followed",
    "Replace it with a copy of what it links to",
)


class UnusableError(Exception):
    """A file that is not read; the fault says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read_plain_file(path: Path, *, follow: bool = False) -> bytes:
    """Return what is in a file.

    Args:
        path: The file.
        follow: Whether a link is as good as the file that it leads to. Only the engine's own files, and those
            named on the command line, may be links.

    Raises:
        UnusableError: It is no plain file, it is too large, or the system does not let us.
    """
    try:
        _require_plain(path, path.stat() if follow else path.lstat())
        descriptor = os.open(path, _OPEN | (0 if follow else _NO_LINKS))
        with open(descriptor, "rb") as file:  # noqa: PTH123 - it is open already
            # Another file may have come to that name since.
            status = os.fstat(descriptor)
            _require_plain(path, status)
            return file.read(status.st_size)
    except OSError as error:
        raise UnusableError(system_fault(error)) from error


def _require_plain(path: Path, status: os.stat_result) -> None:
    fault = fault_of(path.name, status.st_mode, status.st_size)
    if fault:
        raise UnusableError(fault)


def fault_of(name: str, mode: int, size: int) -> Fault | None:
    """Return what keeps a file from being read.

    Args:
        name: Its name.
        mode: What the system says it is.
        size: Its size in bytes.
    """
    if stat.S_ISREG(mode):
        most = MOST_OF_A_TEXT if name.endswith(_TEXTS) else MOST_OF_A_FILE
        if size <= most:
            return None
        message = f"The file has {size:,} bytes, and at most {most:,} are read"
        return Fault(FaultKind.UNREADABLE, message, "Check that it is the right file, or split it")
    if stat.S_ISLNK(mode):
        return LINK
    if stat.S_ISDIR(mode):
        message = "this is a folder where a file should be"
        return Fault(FaultKind.UNREADABLE, message, "rename the folder or move its files")
    message = "This is a pipe, a socket or a device, and not a file"
    return Fault(FaultKind.UNREADABLE, message, "Delete it")


def not_plain(folder: str, names: list[str]) -> set[str]:
    """Return the names in a folder that are no plain files or folders, for `shutil.copytree` to ignore."""
    return {name for name in names if not _is_plain(os.path.join(folder, name))}  # noqa: PTH118 - names


def _is_plain(path: str) -> bool:
    mode = os.lstat(path).st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def system_fault(error: OSError) -> Fault:
    """Return what the system says against reading a file or a folder."""
    reason = (error.strerror or str(error)).lower()
    message = f"the file cannot be read: {reason}"
    return Fault(FaultKind.UNREADABLE, message, "check that it exists and may be read")
