"""Find the folder of a handbook that another extends.

It is a folder of the same repository, or an installed package. A package is found without being imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.base.words import shown, suggestion
from handbook.read.files import CONFIG, Site, is_outside

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

PACKAGE = "package:"
"""What the name of an installed package starts with."""

_HINT = f"Use the path of a folder with `{CONFIG}`, from the folder of this handbook"


class UnusableLayerError(HandbookError):
    """Raised for a layer that can't be used."""


class Ground(NamedTuple):
    """The folder that folders must be in: the repository of the site, or an installed package.

    Attributes:
        top: The folder.
        repository: The repository of the site. A package in it is not an installed one.
        prefix: What the paths of its files start with in findings; empty for the repository.
    """

    top: Path
    repository: Path
    prefix: str = ""


def locate(name: str, site: Site, ground: Ground) -> tuple[Path, Ground]:
    """Return the folder of a layer, and the folder that its own layers must be in."""
    if name.startswith(PACKAGE):
        top = _package_folder(name.removeprefix(PACKAGE), ground.repository)
        if not (top / CONFIG).is_file():
            message = f"The package {shown(name.removeprefix(PACKAGE))} contains no handbook"
            raise UnusableLayerError(message, f"Use a package that has `{CONFIG}` in its folder")
        return top, Ground(top, ground.repository, f"{name}/")
    folder = Path(os.path.normpath(site.root / name))
    if not name or "://" in name or "\0" in name or Path(name).is_absolute():
        raise UnusableLayerError(f"Invalid layer {shown(name)}", _HINT)
    if not _can_exist(folder):
        raise UnusableLayerError(f"Unknown folder {shown(name)}", _HINT)
    if not folder.is_relative_to(ground.top):
        where = "package" if ground.prefix else "repository"
        hint = "Add it as a submodule, or install it as a package and write `package:NAME`"
        raise UnusableLayerError(f"The folder {shown(name)} is outside this {where}", hint)
    steps = [folder, *(above for above in folder.parents if above.is_relative_to(ground.top))]
    if any(step.is_symlink() for step in steps if step != ground.top):
        message = f"The folder {shown(name)} is a link, or behind one"
        raise UnusableLayerError(message, "Use the folder that the link opens")
    if not folder.is_dir():
        raise UnusableLayerError(f"Unknown folder {shown(name)}", _nearest(name, site, ground))
    if not (folder / CONFIG).is_file():
        message = f"The folder {shown(name)} is not a handbook: `{CONFIG}` is missing"
        raise UnusableLayerError(message, _nearest(name, site, ground))
    return folder, ground


def _can_exist(folder: Path) -> bool:
    """Return whether a path is one that the system can look up: its names are not too long."""
    try:
        os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return True
    except OSError:
        return False
    return True


def _package_folder(name: str, repository: Path) -> Path:
    """Return the folder of an installed package. Nothing of it is imported.

    A folder or a link in the repository is none, even if Python would find it there.
    """
    if not name.isidentifier():
        message = f"Invalid package name {shown(name)}"
        raise UnusableLayerError(message, "Use the name as in `import`, with letters, digits and underscores")
    folders = getattr(_spec(name), "submodule_search_locations", None)
    folder = next(iter(folders or ()), None)
    if folder is None or not is_outside(Path(folder), repository):
        message = f"The package {shown(name)} is not installed"
        raise UnusableLayerError(message, "Install it in the environment of `handbook`, in CI too")
    return Path(folder).resolve()


def _spec(name: str) -> ModuleSpec | None:
    if name in sys.modules:
        return sys.modules[name].__spec__
    from importlib.util import find_spec  # noqa: PLC0415 - few handbooks extend a package

    try:
        return find_spec(name)
    except (ImportError, ValueError):
        return None


def _nearest(name: str, site: Site, ground: Ground) -> str:
    """Return a hint with the folder of a handbook that has a similar name."""
    near = _handbooks(ground.top, site.root)
    return suggestion(name, {Path(os.path.relpath(folder, site.root)).as_posix() for folder in near}) or _HINT


def _handbooks(top: Path, own: Path) -> Iterator[Path]:
    """Yield the folders near a handbook that are handbooks, too."""
    for above in {top, own.parent, own.parent.parent}:
        if above.is_relative_to(top):
            for pattern in (CONFIG, f"*/{CONFIG}", f"*/*/{CONFIG}"):
                yield from (path.parent for path in above.glob(pattern) if path.parent != own)
