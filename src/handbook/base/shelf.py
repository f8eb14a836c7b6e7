"""Texts that are needed later, in a temporary file, because together they can be too large for the memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from tempfile import TemporaryFile
from threading import Lock
from typing import TypeAlias
from weakref import finalize

Keep: TypeAlias = Callable[[str], Callable[[], str]]
"""Takes a text, and returns what gives it back."""

_IN_MEMORY = 2_000_000
"""How many bytes stay in the memory: a small handbook needs no file."""
_ANY = "surrogatepass"
"""The names of some files have half characters."""


class Shelf:
    """Keeps texts until the end of a build. The system deletes the file, also if the process is killed.

    Where no file can be written, or no longer, the texts stay in the memory.
    """

    def __init__(self) -> None:
        self._left = _IN_MEMORY
        self._file = -1
        self._end = 0
        self._lock = Lock()

    def __reduce__(self) -> tuple[type[Shelf], tuple[()]]:
        """Say how to copy it, for plugins that copy a page: as another one, whose texts are its own."""
        return Shelf, ()

    def keep(self, text: str) -> Callable[[], str]:
        """Keep a text, and return what gives it back."""
        content = text.encode(errors=_ANY)
        if len(content) > self._left:
            with suppress(OSError), self._lock:
                return _Kept(self, self._write(content), len(content))
        self._left -= len(content)
        return in_memory(text)

    def _write(self, content: bytes) -> int:
        """Write bytes to the end of the file, and return where they start.

        Raises:
            OSError: The file can't be written.
        """
        if self._file < 0:
            file = TemporaryFile(buffering=0)  # noqa: SIM115 - it is closed with this object
            finalize(self, file.close)
            self._file = file.fileno()
        start = self._end
        os.lseek(self._file, start, os.SEEK_SET)
        left = memoryview(content)
        while left:
            left = left[os.write(self._file, left) :]
        self._end += len(content)
        return start

    def read(self, start: int, length: int) -> str:
        """Return the text at a place in the file. Plugins ask in several threads and processes.

        Raises:
            OSError: The file can't be read.
        """
        if os.name != "nt":
            return os.pread(self._file, length, start).decode(errors=_ANY)
        with self._lock:
            os.lseek(self._file, start, os.SEEK_SET)
            return os.read(self._file, length).decode(errors=_ANY)


class _Kept:
    """Gives back a text. There are tens of thousands of these, so each is as small as can be."""

    __slots__ = ("_length", "_shelf", "_start")

    def __init__(self, shelf: Shelf, start: int, length: int) -> None:
        self._shelf, self._start, self._length = shelf, start, length

    def __call__(self) -> str:
        return self._shelf.read(self._start, self._length)

    def __reduce__(self) -> tuple[type[partial[str]], tuple[type[str], str]]:
        """Say how to copy it: as what has the text."""
        return partial, (str, self())


def in_memory(text: str) -> Callable[[], str]:
    """Keep a text in the memory, and return what gives it back."""
    return partial(str, text)
