"""What is in a folder, to see whether it has changed."""

from __future__ import annotations

import stat
from pathlib import Path


def tree(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Return everything below a folder, hidden files, empty folders and links included."""
    found: dict[str, tuple[str, bytes]] = {}
    for path in sorted(folder.rglob("*")):
        name, mode = str(path.relative_to(folder)), path.lstat().st_mode
        if stat.S_ISLNK(mode):
            found[name] = "link", bytes(path.readlink())
        elif stat.S_ISDIR(mode):
            found[name] = "folder", b""
        else:
            found[name] = "file", path.read_bytes()
    return found
