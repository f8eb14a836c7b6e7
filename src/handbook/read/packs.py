"""Kind packs: installed Python packages with schemas, views, figures and rules of their own.

A package names a module under the entry point `handbook.kinds`. Its code runs in every check, so it has to be
installed: what is in the repository under check is never imported, whatever its metadata says.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.base.words import one_line
from handbook.read.files import is_outside, repository_top, shipped

GROUP = "handbook.kinds"
_METADATA = (".dist-info", ".egg-info")
_SHARED = ("schemas", "macros")


class PackError(HandbookError):
    """Raised for a kind pack that can't be used."""


class Pack(NamedTuple):
    """A kind pack.

    Attributes:
        distribution: The name of the installed package.
        module: The module that the entry point names. Its figures are registered, its rules are attributes.
        folder: The folder of the module, with `schemas/` and `macros/`.
    """

    distribution: str
    module: ModuleType
    folder: Path


def packs() -> tuple[Pack, ...]:
    """Return the installed kind packs, in the order of their names.

    Raises:
        PackError: One can't be imported, is in the repository under check, or clashes with another.
    """
    return _packs(tuple(sys.path), str(Path.cwd()))


def installed(folder: str) -> list[Path]:
    """Return the folders of that name outside the site: those of kind packs, then the shipped one.

    Args:
        folder: `schemas` or `macros`.
    """
    return [*(each.folder / folder for each in packs()), shipped(folder)]


@lru_cache(maxsize=4)
def _packs(places: tuple[str, ...], here: str) -> tuple[Pack, ...]:
    repository = repository_top(Path(here))
    found: dict[str, Pack] = {}
    for place in places:
        if is_outside(Path(here, place), repository):
            for metadata in _with_entry_point(Path(here, place)):
                # Of two installations, Python imports the first one.
                for pack in _read_packs(metadata, repository):
                    found.setdefault(pack.distribution.lower(), pack)
    _check_clashes(found)
    return tuple(found[name] for name in sorted(found))


def _with_entry_point(place: Path) -> Iterator[Path]:
    """Yield the metadata of the packages with the entry point. `importlib.metadata` is slow to import."""
    try:
        with os.scandir(place) as entries:
            paths = sorted(entry.path for entry in entries if entry.name.endswith(_METADATA))
    except OSError:
        return
    for path in paths:
        # There are many, and reading them without a buffer takes half the time.
        with suppress(OSError), open(f"{path}/entry_points.txt", "rb", 0) as file:  # noqa: PTH123 - as above
            if f"[{GROUP}]".encode() in file.read():
                yield Path(path)


def _read_packs(metadata: Path, repository: Path) -> Iterator[Pack]:
    from importlib.metadata import Distribution  # noqa: PLC0415 - only sites with kind packs need it

    distribution = Distribution.at(metadata)
    for entry in distribution.entry_points:
        if entry.group == GROUP:
            module = _import(distribution.name, entry.value, repository)
            yield Pack(distribution.name, module, Path(str(module.__file__)).parent)


def _import(distribution: str, name: str, repository: Path) -> ModuleType:
    from importlib import import_module  # noqa: PLC0415 - as above
    from importlib.util import find_spec  # noqa: PLC0415 - as above

    try:
        spec = find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        spec = None
    if spec is not None and not is_outside(Path(str(spec.origin)), repository):
        message = f"The kind pack {distribution} is in the repository under check"
        raise PackError(message, "Install it from elsewhere, and not in editable mode")
    try:
        module = import_module(name)
    except (Exception, SystemExit) as error:
        cause = f"{type(error).__name__}: {one_line(str(error))}"
        message = f"The kind pack {distribution} can't be imported: {cause}"
        raise PackError(message, f"Update or uninstall {distribution}") from error
    if module.__file__ is None:
        raise PackError(f"The kind pack {distribution} has no `__init__.py`", f"Update {distribution}")
    return module


def _check_clashes(found: Mapping[str, Pack]) -> None:
    """Check that no two packs have a schema or a view of the same name.

    Raises:
        PackError: Two of them have.
    """
    owners: dict[str, Pack] = {}
    for pack in found.values():
        for folder in _SHARED:
            for path in sorted((pack.folder / folder).rglob("*.*")):
                name = path.relative_to(pack.folder).as_posix()
                other = owners.setdefault(name, pack)
                if other is not pack:
                    message = f"The kind packs {other.distribution} and {pack.distribution} both have {name}"
                    raise PackError(message, "Uninstall one of them")
