"""The record of a change of several names, from which the next command undoes it if this one is killed.

A change is of several files, or of a folder where the system cannot exchange it with the new one in one step.

Anyone who proposes a change could put such a record into a repository, so only the very file that was written
here counts: it says when it was written and which number the file system gave it, and a copy has others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.write.hidden_names import RECORD
from handbook.write.system import is_link
from handbook.write.workspace import restore

_TEMPORARY = "temporary"
_BYTES = "latin-1"
"""Each byte is one character of it, so JSON can hold the content of any file."""


class _Record(NamedTuple):
    """What was recorded.

    Attributes:
        files: The paths of files, with their content before and after.
        folder: The path of a folder that is replaced; empty if there is none.
    """

    files: list[tuple[str, bytes, bytes]]
    folder: str


def begin(room: Path, changes: Mapping[str, tuple[bytes, bytes]], folder: str = "") -> None:
    """Record changes before the first of them is made.

    Args:
        room: The folder for the record.
        changes: The content of files before and after, by path. A file with an empty content does not exist.
        folder: The path of a folder that is set aside and replaced, if there is one.
    """
    temporary = room / _TEMPORARY
    with temporary.open("w", encoding="utf-8") as file:
        status = os.fstat(file.fileno())
        states = [(path, *(data.decode(_BYTES) for data in states)) for path, states in changes.items()]
        identity = {"file": status.st_ino, "written": status.st_mtime_ns}
        json.dump({**identity, "changes": states, "folder": folder}, file)
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
    record = _recorded(room)
    for path, before, after in record.files:
        target = root / path
        data = target.read_bytes() if target.is_file() else b""
        if data == after != before:
            if before:
                _replace(target, before, room / _TEMPORARY)
            else:
                target.unlink()
        if data != before:
            yield path, data == after
    if record.folder and restore(root / record.folder):
        yield record.folder, True
    end(room)


def undo_all(root: Path, room: Path) -> None:
    """Undo what was recorded and not ended, without a word."""
    for _ in undo(root, room):
        pass


def names_files(room: Path) -> bool:
    """Return whether a change of files was recorded and not ended."""
    return bool(_recorded(room).files)


def _recorded(room: Path) -> _Record:
    nothing, path = _Record([], ""), room / RECORD
    if is_link(path) or not path.is_file():
        return nothing
    try:
        text, status = path.read_text(encoding="utf-8"), path.stat()
        record: Any = json.loads(text)
        if (record["file"], record["written"]) != (status.st_ino, status.st_mtime_ns):
            return nothing
        changes = record["changes"]
        files = [(path, before.encode(_BYTES), after.encode(_BYTES)) for path, before, after in changes]
        return _Record(files, record["folder"])
    except (ValueError, KeyError, TypeError):
        return nothing


def _replace(target: Path, data: bytes, temporary: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.write_bytes(data)
    if target.exists():
        temporary.chmod(target.stat().st_mode)
    temporary.replace(target)
