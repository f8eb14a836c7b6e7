"""Files that are made when they are written, because together they can be too large for the memory."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

from handbook.base.shelf import Keep
from handbook.link.download import Download

Make: TypeAlias = Callable[[], Iterable[bytes]]
"""Returns the parts of a file, in their order."""

_MARK = "\ufeff"
"""Without it, spreadsheets read letters such as ü in another encoding."""


class MadeFiles(Mapping[str, bytes]):
    """Files by path.

    Args:
        makes: What makes each, by path.

    Attributes:
        makes: What makes each, by path.
    """

    def __init__(self, makes: Mapping[str, Make]) -> None:
        self.makes = makes

    def __getitem__(self, path: str) -> bytes:
        return b"".join(self.makes[path]())

    def __iter__(self) -> Iterator[str]:
        return iter(self.makes)

    def __len__(self) -> int:
        return len(self.makes)

    def __or__(self, more: MadeFiles) -> MadeFiles:
        """Return these files with others, which replace those of the same path."""
        return MadeFiles({**self.makes, **more.makes})


def ready(files: Mapping[str, bytes]) -> MadeFiles:
    """Return files that are in the memory."""
    return MadeFiles({path: partial(tuple, [content]) for path, content in files.items()})


def of_texts(texts: Mapping[str, Callable[[], Iterable[str]]]) -> MadeFiles:
    """Return files by what makes the parts of their texts."""
    return MadeFiles({path: partial(_encoded, path, parts) for path, parts in texts.items()})


def kept(downloads: Iterable[Download], keep: Keep) -> MadeFiles:
    """Return downloads as files.

    Args:
        downloads: The downloads.
        keep: Keeps their texts until they are written.
    """
    return of_kept({download.path: keep(download.text) for download in downloads})


def of_kept(texts: Mapping[str, Callable[[], str]]) -> MadeFiles:
    """Return files by what gives back their texts."""
    return MadeFiles({path: partial(_read, path, read) for path, read in texts.items()})


def _read(path: str, read: Callable[[], str]) -> Iterator[bytes]:
    return _encoded(path, lambda: (read(),))


def _encoded(path: str, parts: Callable[[], Iterable[str]]) -> Iterator[bytes]:
    if path.endswith(".csv"):
        yield _MARK.encode()
    for part in parts():
        yield part.encode()


def write_files(files: MadeFiles, folder: Path) -> None:
    """Write files to a folder."""
    for below in {posixpath.dirname(path) for path in files}:
        (folder / below).mkdir(parents=True, exist_ok=True)
    for path, make in files.makes.items():
        with (folder / path).open("wb") as file:
            file.writelines(make())
