"""Keep what Jinja compiles: in the process, and for installed templates in files.

The files are next to this module's compiled code, where Python keeps what follows from the code: who can
write there can change the engine. Templates of a site are compiled by each run, and so is everything where
nothing can be written.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from handbook.read.icons import THEME, material
from handbook.read.packs import installed
from handbook.read.view_files import VIEWS


class _Compiled(BytecodeCache):
    """The compiled templates of this process: environments with the same options compile a text the same."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code


class _Installed(_Compiled):
    """The compiled templates in some folders, which are kept in files; others have no key.

    Args:
        folders: The folders of installed templates.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        super().__init__()
        self._starts = tuple(f"{folder.as_posix()}/" for folder in folders)
        self._folder = Path(cache_from_source(__file__)).with_suffix("")
        self._files = FileSystemBytecodeCache(str(self._folder), "%s.code")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        is_installed = Path(filename or "").as_posix().startswith(self._starts)
        return super().get_cache_key(name, filename) if is_installed else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.checksum += _digest(bucket.environment)
        super().load_bytecode(bucket)
        if bucket.key and bucket.code is None:
            with suppress(Exception):  # A damaged file can cause any.
                self._files.load_bytecode(bucket)
            super().dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not bucket.key:
            return
        super().dump_bytecode(bucket)
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                self._files.dump_bytecode(bucket)


@cache
def compiled_views(_environment: str) -> BytecodeCache:
    """Return the compiled views of this process for an environment, by its name."""
    return _Compiled()


@cache
def compiled_installed() -> BytecodeCache:
    """Return the compiled views and templates of the engine, its kind packs and the theme."""
    return _Installed([*installed(VIEWS), THEME, *(folder / "templates" for folder in material())])


def _digest(environment: Environment) -> str:
    """Return what changes with everything that the code of a template follows from, besides its text."""
    options = [item for item in vars(environment).items() if isinstance(item[1], bool | str)]
    # The code has the results of filters and tests of constants.
    functions = [*environment.filters.items(), *environment.tests.items()]
    origins = [(name, _origin(each)) for name, each in functions]
    further = (environment.autoescape, environment.finalize, environment.extensions.keys())
    generator = _generator(inspect.getfile(environment.code_generator_class))
    parts = (sorted(options), sorted(origins), further, generator)
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _origin(function: object) -> str:
    """Return where a function is defined. One without a name is the same only within this process."""
    name = getattr(function, "__qualname__", "") or repr(function)
    return f"{getattr(function, '__module__', '')}.{name}"


@cache
def _generator(module: str) -> str:
    """Return what changes with how the module of a generator writes code."""
    return f"{jinja2.__version__} {blake2b(Path(module).read_bytes(), digest_size=16).hexdigest()}"
