"""Read only plain files of a reasonable size.

Anything else is refused before it is opened: a link can leave the repository, a pipe never ends, and opening
a device can have effects.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from handbook.read.yaml.faults import Fault, FaultKind

MOST_OF_A_TEXT = 5_000_000
"""The largest page, view or schema in bytes: a thousand times the usual size, and read in a second."""

MOST_OF_A_FILE = 128 * 2**20
"""The largest source, picture or download in bytes. Hosts of repositories accept no file above 100 MB."""

MOST_OF_A_SETTING = 1_000_000
"""The most bytes of a file that names code. Settings need less, and larger files are not compared by line."""

_TEXTS = (".md", ".jinja", ".json", ".yml")
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)

LINK = Fault(
    FaultKind.UNREADABLE,
    "Links to other files or folders are not followed",
    "Replace the link with a copy of its target",
)


class UnusableError(Exception):
    """Raised for a file that is not read, with the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read_plain_file(path: Path, *, follow: bool = False, is_text: bool | None = None) -> bytes:
    """Return the content of a file.

    Args:
        path: The file.
        follow: Whether to follow a link. Only the engine's own files, and those named on the command line,
            can be links.
        is_text: Whether it is a text that is read as a whole, which has to be smaller. By default, its name
            says so.

    Raises:
        UnusableError: The file is not a plain file, is too large, or cannot be read.
    """
    # Paths are slow to ask for anything, and every file is read.
    name = str(path)
    try:
        _require_plain(name, os.stat(name, follow_symlinks=follow), is_text=is_text)  # noqa: PTH116 - as above
        descriptor = os.open(name, _OPEN | (0 if follow else _NO_LINKS))
        try:
            # Another file can have the name by now.
            status = os.fstat(descriptor)
            _require_plain(name, status, is_text=is_text)
            return _read(descriptor, status.st_size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UnusableError(system_fault(error)) from error


def _read(descriptor: int, size: int) -> bytes:
    """Return the content of an open file: at most `size` bytes of it."""
    content = os.read(descriptor, size)
    # A system can return less at once. File objects of Python take this into account, but are slow to make.
    while len(content) < size and (more := os.read(descriptor, size - len(content))):
        content += more
    return content


def _require_plain(name: str, status: os.stat_result, *, is_text: bool | None) -> None:
    fault = fault_of(name, status.st_mode, status.st_size, is_text=is_text)
    if fault:
        raise UnusableError(fault)


def fault_of(name: str, mode: int, size: int, *, is_text: bool | None = None) -> Fault | None:
    """Return the fault that prevents reading a file, if any.

    Args:
        name: Its name or path.
        mode: Its mode.
        size: Its size in bytes.
        is_text: Whether it is a text that is read as a whole. By default, its name says so.
    """
    if stat.S_ISREG(mode):
        is_text = name.endswith(_TEXTS) if is_text is None else is_text
        most = MOST_OF_A_TEXT if is_text else MOST_OF_A_FILE
        if size <= most:
            return None
        message = f"File too large: {size:,} bytes, maximum {most:,}"
        return Fault(FaultKind.UNREADABLE, message, "Check that it is the right file, or split it")
    if stat.S_ISLNK(mode):
        return LINK
    if stat.S_ISDIR(mode):
        message = "Folder in the place of a file"
        return Fault(FaultKind.UNREADABLE, message, "Rename the folder, or move its files")
    message = "Not a file but a pipe, a socket or a device"
    return Fault(FaultKind.UNREADABLE, message, "Delete it")


def not_plain(folder: str, names: list[str]) -> set[str]:
    """Return the names in a folder that are not plain files or folders, for `shutil.copytree` to ignore."""
    return {name for name in names if not _is_plain(os.path.join(folder, name))}  # noqa: PTH118 - names


def _is_plain(path: str) -> bool:
    mode = os.lstat(path).st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def system_fault(error: OSError) -> Fault:
    """Return the error of the system for an unreadable file or folder as a fault."""
    reason = (error.strerror or str(error)).lower()
    message = f"File cannot be read: {reason}"
    return Fault(FaultKind.UNREADABLE, message, "Check that it exists and that you can read it")


def read_bounded(path: Path) -> bytes | None:
    """Return the content of a file, or `None` if it is a link, special, too large or unreadable."""
    try:
        return read_plain_file(path) if path.lstat().st_size <= MOST_OF_A_SETTING else None
    except (OSError, UnusableError):
        return None
