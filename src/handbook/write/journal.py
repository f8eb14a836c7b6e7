"""The record of a change of several files, from which the next command undoes it if this one is killed.

Anyone who proposes a change could put such a record into a repository, so only the very file that was written
here counts: it says when it was written and which number the file system gave it, and a copy has others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from handbook.write.hidden_names import RECORD

_TEMPORARY = "temporary"
_BYTES = "latin-1"
"""Each byte is one character of it, so JSON can hold the content of any file."""


def begin(room: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Record changes before the first of them is made.

    Args:
        room: The folder for the record.
        changes: The content of files before and after, by path. A file with an empty content does not exist.
    """
    temporary = room / _TEMPORARY
    with temporary.open("w", encoding="utf-8") as file:
        status = os.fstat(file.fileno())
        states = [(path, *(data.decode(_BYTES) for data in states)) for path, states in changes.items()]
        json.dump({"file": status.st_ino, "written": status.st_mtime_ns, "changes": states}, file)
    os.utime(temporary, ns=(status.st_mtime_ns, status.st_mtime_ns))
    temporary.replace(room / RECORD)


def end(room: Path) -> None:
    """Remove the record: all changes are made, or undone."""
    (room / RECORD).unlink(missing_ok=True)


def undo(root: Path, room: Path) -> Iterator[tuple[str, bool]]:
    """Undo what was recorded and not ended.

    Args:
        root: The folder that the paths are relative to.
        room: The folder of the record.

    Yields:
        Each path that is not as it was before, and whether it is now. If someone has changed it since, it
        stays as it is.
    """
    for path, before, after in _recorded(room / RECORD):
        target = root / path
        data = target.read_bytes() if target.is_file() else b""
        if data == after != before:
            if before:
                _replace(target, before, room / _TEMPORARY)
            else:
                target.unlink()
        if data != before:
            yield path, data == after
    end(room)


def _recorded(journal: Path) -> Iterator[tuple[str, bytes, bytes]]:
    if not journal.is_file():
        return
    status = journal.stat()
    try:
        record: Any = json.loads(journal.read_text(encoding="utf-8"))
        is_ours = (record["file"], record["written"]) == (status.st_ino, status.st_mtime_ns)
        changes = record["changes"] if is_ours else ()
    except (ValueError, KeyError, TypeError):
        return
    for path, before, after in changes:
        yield path, before.encode(_BYTES), after.encode(_BYTES)


def _replace(target: Path, data: bytes, temporary: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.write_bytes(data)
    if target.exists():
        temporary.chmod(target.stat().st_mode)
    temporary.replace(target)
