"""Load the modules that a command has needed before from one file, instead of each from its own.

To find and open the compiled file of each of 270 modules is a tenth of a short command. As in Python, the
compiled code of a module counts as long as the size and the time of its source are the same. The file is next
to this module's compiled code: who can write there can change the engine.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from types import CodeType
from typing import Any, TypeAlias

_SUM = 4
"""The bytes of the sum at the start of the file."""

_State: TypeAlias = tuple[int, int]
_Compiled: TypeAlias = tuple[str, _State, CodeType]
"""The path of a source, its size and its time, and the compiled code."""


class Modules:
    """A finder of Python, for the modules that earlier runs of a command have loaded.

    Args:
        command: The command.
    """

    def __init__(self, command: str) -> None:
        self._file = f"{cache_from_source(__file__)}.{command}"
        # A module can be at another path, or compiled by another Python, if someone has copied the folder.
        self._made_by = MAGIC_NUMBER, __file__
        self._known = self._read()
        self._before = frozenset(sys.modules)

    def _read(self) -> dict[str, _Compiled]:
        with suppress(OSError, ValueError, TypeError, EOFError):
            with open(self._file, "rb") as file:  # noqa: PTH123 - paths take long to import
                content = file.read()
            # Python can crash on damaged code.
            if crc32(content[_SUM:]).to_bytes(_SUM, "big") == content[:_SUM]:
                made_by, known = marshal.loads(content[_SUM:])  # noqa: S302 - its own
                if made_by == self._made_by:
                    return dict(known)
        return {}

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        """Return how to load a module; `None` if Python has to look for it."""
        path, state, code = self._known.get(name, ("", None, None))
        if code is None or _state_of(path) != state:
            return None
        is_package = path.endswith("__init__.py")
        spec = ModuleSpec(name, _Loader(name, path, code), origin=path, is_package=is_package)
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(path)]  # noqa: PTH120 - as above
        spec.has_location, spec.cached = True, self._file
        return spec

    def keep(self) -> None:
        """Keep the modules that this run has loaded, if Python had to look for any of them."""
        specs = [
            module.__spec__
            for name, module in [*sys.modules.items()]  # a thread can import something meanwhile
            if name.startswith("handbook.") and name not in self._before and module.__spec__
        ]
        loaders = [spec.loader for spec in specs if isinstance(spec.loader, SourceFileLoader)]
        if sys.dont_write_bytecode or all(isinstance(loader, _Loader) for loader in loaders):
            return
        known = {name: each for name, each in self._known.items() if _state_of(each[0]) == each[1]}
        started = f"{self._file}.{os.getpid()}"
        with suppress(OSError, ImportError, SyntaxError):
            for loader in loaders:
                # The state comes first: if the source changes in between, it is another one in the next run.
                state, code = _state_of(loader.path), loader.get_code(loader.name)
                if state and code:
                    known[loader.name] = loader.path, state, code
            content = marshal.dumps((self._made_by, known))
            try:
                with open(started, "wb") as file:  # noqa: PTH123 - as above
                    file.write(crc32(content).to_bytes(_SUM, "big") + content)
                os.replace(started, self._file)  # noqa: PTH105 - as above
            except BaseException:
                with suppress(OSError):
                    os.unlink(started)  # noqa: PTH108 - as above
                raise


class _Loader(SourceFileLoader):
    """Loads a module from its compiled code."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - as Python calls it
        """Return the compiled code."""
        return self._code


def _state_of(path: str) -> _State | None:
    """Return the size and the time of a source; `None` if it is gone."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
