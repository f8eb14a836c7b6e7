"""Find out which watched files have changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG

from handbook.base.named_tuples import NamedTuple

_SETTLED = 2_000_000_000
"""The age of a change, in nanoseconds, from which on a further one has another time."""

_COMPILED = "__pycache__"
"""The folder in which Python keeps what it makes of the modules of a site."""


class _State(NamedTuple):
    """A file as it was.

    Attributes:
        status: When it changed, its size and its number.
        is_settled: Whether a further change has another status.
        digest: A digest of its content; empty if it can't be read.
    """

    status: tuple[int, int, int]
    is_settled: bool
    digest: bytes


class WatchedFiles:
    """The files below some paths.

    Args:
        paths: Files and folders.
        since: When these were read, in nanoseconds. What has changed since then is reported at first.
    """

    def __init__(self, paths: Iterable[str], since: int) -> None:
        self._known: dict[str, _State] = {}
        self._known = self._look(paths)
        self._late = {path for path, state in self._known.items() if state.status[0] >= since}

    @property
    def has_late(self) -> bool:
        """Whether any file has changed since it was read."""
        return bool(self._late)

    def changes(self, paths: Iterable[str]) -> frozenset[str]:
        """Return the files that have changed, come or gone since the last call. No content counts twice.

        Args:
            paths: The files and folders to look at now.
        """
        before, self._known = self._known, self._look(paths)
        late, self._late = self._late, set()
        of_both = before.keys() & self._known.keys()
        changed = {path for path in of_both if before[path].digest != self._known[path].digest}
        return frozenset(changed | (before.keys() ^ self._known.keys()) | late)

    def _look(self, paths: Iterable[str]) -> dict[str, _State]:
        known, now = self._known, time.time_ns()
        found: dict[str, _State] = {}
        for file in _files(paths):
            try:
                status = file.stat()
            except OSError:  # It has gone in the meantime, or it is a link to nothing.
                continue
            # To move a file keeps the time of its content, and so do some programs that edit it.
            time_changed = max(status.st_mtime_ns, status.st_ctime_ns)
            marks = (time_changed, status.st_size, status.st_ino)
            path, state = os.fspath(file), known.get(os.fspath(file))
            if state is None or state.status != marks or not state.is_settled:
                # A pipe would wait for a writer.
                digest = _digest(path) if S_ISREG(status.st_mode) else b""
                state = _State(marks, now - time_changed > _SETTLED, digest)
            found[path] = state
        return found


def _files(paths: Iterable[str]) -> Iterator[os.DirEntry[str] | Path]:
    """Yield the files at and below some paths, each once."""
    left, known = [os.path.realpath(path) for path in paths], set[str]()
    while left:
        path = left.pop()
        real = os.path.realpath(path)
        if real in known:
            continue
        known.add(real)
        if not Path(path).is_dir():
            yield Path(path)
            continue
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.name == _COMPILED:
                        continue
                    if entry.is_dir():
                        left.append(entry.path)
                    elif entry.path not in known:
                        known.add(entry.path)
                        yield entry
        except OSError:
            continue


def _digest(path: str) -> bytes:
    digest = blake2b(digest_size=16)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - many files, often
            while part := file.read(1 << 20):
                digest.update(part)
    except OSError:
        return b""
    return digest.digest()
