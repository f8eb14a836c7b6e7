"""Keep what a run finds in a handbook for the next one, in a file of the user's own cache folder.

The file is not in the handbook's own folder. There, anyone who proposes a change could commit one that says
that the change has no mistakes. It is plain data, so it can't run code, and it belongs to one user. The
format is that of Python's compiled modules, which takes a third of the time of JSON to read. If it is missing
or unusable, nothing is lost but time.

A run adds a part to the file, with what it has found, in one step. When a quarter of the results is of
content that is gone, or half of the file was added, it is replaced as a whole. So two runs can write it at
the same time: a part that a run couldn't finish, and what comes after it, counts for nothing.

What follows from the engine's own schemas is the same for all handbooks. It is next to this module's compiled
code, where Python keeps what follows from the code: who can write there can change the engine.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from time import time
from typing import Any
from zlib import crc32

from handbook.base.digests import blake2b
from handbook.base.memory import Memory, using
from handbook.base.named_tuples import NamedTuple
from handbook.read.files import repository_top, shipped, top_of
from handbook.read.schemas.kinds import SCHEMAS

_ENGINE = Path(__file__).parents[1]
_PACKAGES = ("base", "check", "draw", "kinds", "link", "loaded", "read")
"""The packages that results follow from: those with local rules, what they import, and this one."""
_LIBRARIES = ("yaml", "jsonschema_rs", "babel")
"""The libraries that read and check files, and compile catalogues."""

_SUFFIX = ".kept"
_LENGTH = 8
"""The bytes of the length of a part."""
_HEAD = 64 + 4 + _LENGTH
"""The bytes that a part starts with."""
_LARGEST = 256 * 2**20
_MOST_UNUSED = 0.25
"""The share of results that no run asks for any more, from which on the file is replaced."""
_MOST_ADDED = 0.5
"""The share of bytes that runs have added, from which on the same happens: each run reads all of them."""
_DAYS = 30
"""How long a file is kept after it was last written."""


@contextmanager
def remembering(start: Path, *, is_whole: bool = True) -> Iterator[None]:
    """Use what earlier runs found in a handbook, and keep what this one finds.

    Args:
        start: The handbook, or a path in it.
        is_whole: Whether the run checks the whole handbook. Otherwise, it keeps nothing if an earlier run
            has: what it doesn't ask for is still right.
    """
    try:
        root = top_of(start.resolve())
    except (OSError, RuntimeError):  # A link to itself: the command says so.
        root = None
    folder, engine = _folder(root) if root else None, _engine()
    if root is None or folder is None or engine is None:
        yield
        return
    file = folder / f"{blake2b(os.fsencode(root), digest_size=16).hexdigest()}{_SUFFIX}"
    shared, whole_engine = Path(cache_from_source(__file__)).with_suffix(_SUFFIX), engine + _shipped()
    stored = _read(file, engine)
    kept = Memory(stored.results, _read(shared, whole_engine, Path(__file__).stat().st_uid).results)
    with using(kept):
        yield
    if kept.has_new_of_engine and not sys.dont_write_bytecode:
        with suppress(OSError, ValueError):
            _write(shared, whole_engine, kept.of_engine, 0o644)
    if kept.new and (is_whole or not stored.results):
        with suppress(OSError, ValueError):
            _clean(file.parent)
            if stored.can_grow and stored.number * (1 - _MOST_UNUSED) <= len(kept.results):
                _add(file, engine, kept.new)
            else:
                _write(file, engine, kept.results, 0o600)


def _folder(root: Path) -> Path | None:
    """Return the folder for the files, or `None` if the user has none outside a handbook's repository."""
    try:
        if sys.platform == "win32":
            above = Path(os.environ["LOCALAPPDATA"])
        elif sys.platform == "darwin":
            above = Path.home() / "Library" / "Caches"
        else:
            named = os.environ.get("XDG_CACHE_HOME", "")
            above = Path(named) if named.startswith("/") else Path.home() / ".cache"
        folder = above.resolve() / "handbook"
        is_apart = above.is_absolute() and not folder.is_relative_to(repository_top(root))
    except (KeyError, OSError, RuntimeError):
        return None
    return folder if is_apart else None


def _engine() -> bytes | None:
    """Return what changes with the engine: its code, and the versions of Python and the libraries."""
    try:
        specs = [find_spec(name) for name in _LIBRARIES]
        libraries = [Path(spec.origin) for spec in specs if spec and spec.origin]
        states = [(str(each), each.stat().st_size, each.stat().st_mtime_ns) for each in libraries]
        files = sorted(file for name in _PACKAGES for file in _files_in(_ENGINE / name))
    except OSError:
        return None
    return repr((sys.version, states, files)).encode("utf-8", "surrogatepass")


def _shipped() -> bytes:
    """Return what changes with the schemas of the engine. In a checkout, they are next to its code."""
    try:
        files = sorted(_files_in(shipped(SCHEMAS)))
    except OSError:
        return b""
    return repr(files).encode("utf-8", "surrogatepass")


def _files_in(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                if each.name != "__pycache__":
                    yield from _files_in(Path(each.path))
            else:
                status = each.stat()
                yield each.path, status.st_size, status.st_mtime_ns


class _Stored(NamedTuple):
    """What a file has.

    Attributes:
        results: The results, by key.
        number: How many there are, including those that a later part replaces.
        can_grow: Whether a part can be added: every part could be read, and enough is in the first one.
    """

    results: Mapping[str, Any]
    number: int
    can_grow: bool


def _read(file: Path, engine: bytes, *owners: int) -> _Stored:
    """Return the results in a file; none if it is missing, damaged, of another engine or of another user.

    Args:
        file: The file.
        engine: What changes with the engine.
        owners: The users who can have written it, besides the current one.
    """
    results: dict[str, Any] = {}
    number, can_grow = 0, False
    try:
        # A pipe must not wait for a writer.
        descriptor = os.open(file, os.O_RDONLY | _flags("O_NOFOLLOW", "O_BINARY", "O_NONBLOCK"))
        with open(descriptor, "rb") as opened:  # noqa: PTH123 - it is open already
            if _is_own(os.fstat(descriptor), owners):
                content = memoryview(opened.read())
                for part in _parts(content, engine):
                    results.update(part)
                    number += len(part)
                first = int.from_bytes(content[_HEAD - _LENGTH : _HEAD])
                can_grow = number > 0 and len(content) * (1 - _MOST_ADDED) <= first
    except (OSError, ValueError, TypeError, EOFError):
        pass
    return _Stored(results, number, can_grow)


def _parts(file: memoryview, engine: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield the parts of a file.

    Raises:
        ValueError: A part is damaged, or of another engine.
    """
    while file:
        head, content = file[:_HEAD], file[_HEAD:]
        content = content[: int.from_bytes(head[-_LENGTH:])]
        if head != _head(engine, content):
            raise ValueError
        yield marshal.loads(content)  # noqa: S302 - its own
        file = file[_HEAD + len(content) :]


def _part(engine: bytes, results: Mapping[str, Any]) -> bytes:
    """Return a part of a file.

    Raises:
        ValueError: A result is nested too deep.
    """
    content = marshal.dumps(dict(results))
    return _head(engine, content) + content


def _flags(*names: str) -> int:
    """Return the flags for opening a file that the system has."""
    return sum(getattr(os, name, 0) for name in names)


def _is_own(status: os.stat_result, owners: Sequence[int]) -> bool:
    """Return whether a file is a plain one that only its user, or one of others, can have written."""
    is_plain = stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST
    if sys.platform == "win32":  # The folder is the user's own.
        return is_plain
    is_own = status.st_uid in {os.geteuid(), *owners}
    return is_plain and is_own and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _head(engine: bytes, content: bytes | memoryview) -> bytes:
    """Return the digest of the engine, and the sum and the length of the content, which show damage."""
    return blake2b(engine).digest() + crc32(content).to_bytes(4) + len(content).to_bytes(_LENGTH)


def _clean(folder: Path) -> None:
    """Remove the files that no run has written for long, and make the folder if it is missing.

    Raises:
        OSError: The system refuses it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for other in folder.iterdir():
        with suppress(OSError):  # Another run can have removed it.
            if other.stat().st_mtime < time() - _DAYS * 86_400:
                other.unlink()


def _write(file: Path, engine: bytes, results: Mapping[str, Any], mode: int) -> None:
    """Replace a file.

    Args:
        file: The file.
        engine: What changes with the engine.
        results: The results.
        mode: Who can read it. What follows from a handbook can be restricted.

    Raises:
        OSError: The system refuses it.
        ValueError: A result is nested too deep.
    """
    started = file.with_suffix(f".{os.getpid()}")
    try:
        _put(started, os.O_CREAT | os.O_TRUNC, _part(engine, results), mode)
        started.replace(file)
    except OSError:
        started.unlink(missing_ok=True)
        raise


def _add(file: Path, engine: bytes, results: Mapping[str, Any]) -> None:
    """Add results to a file, with exceptions as above."""
    _put(file, os.O_APPEND, _part(engine, results))


def _put(file: Path, flags: int, content: bytes, mode: int = 0) -> None:
    descriptor = os.open(file, os.O_WRONLY | flags | _flags("O_NOFOLLOW", "O_BINARY", "O_NONBLOCK"), mode)
    with open(descriptor, "wb") as opened:  # noqa: PTH123 - it is open already
        opened.write(content)
