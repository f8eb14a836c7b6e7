"""Texts that are needed later, in a temporary file, because together they can be too large for the memory."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import TypeAlias
from weakref import finalize

Keep: TypeAlias = Callable[[str], Callable[[], str]]
"""Takes a text, and returns what gives it back."""

_IN_MEMORY = 2_000_000
"""How many bytes stay in the memory: a small handbook needs no file."""
_ANY = "surrogatepass"
"""The names of some files have half characters."""


class Shelf:
    """Keeps texts until the end of a build. The system deletes the file, also if the process is killed."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it is closed with this object
        finalize(self, self._file.close)
        self._end = 0

    def keep(self, text: str) -> Callable[[], str]:
        """Keep a text, and return what gives it back.

        Raises:
            OSError: The file can't be written.
        """
        start, content = self._end, text.encode(errors=_ANY)
        self._file.seek(start)
        self._file.write(content)
        self._end += len(content)
        return _Kept(self, start, len(content))

    def read(self, start: int, length: int) -> str:
        """Return the text at a place in the file.

        Raises:
            OSError: The file can't be read.
        """
        self._file.seek(start)
        return self._file.read(length).decode(errors=_ANY)


class _Kept:
    """Gives back a text. There are tens of thousands of these, so each is as small as can be."""

    __slots__ = ("_length", "_shelf", "_start")

    def __init__(self, shelf: Shelf, start: int, length: int) -> None:
        self._shelf, self._start, self._length = shelf, start, length

    def __call__(self) -> str:
        return self._shelf.read(self._start, self._length)


def in_memory(text: str) -> Callable[[], str]:
    """Keep a text in the memory, and return what gives it back."""
    return lambda: text
