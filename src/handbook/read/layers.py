"""Find the handbooks that a handbook extends: its layers, such as the core of a company.

A layer is a folder of the same repository, or an installed package. A package is found without being
imported: nothing of a layer runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from handbook.base.words import shown, suggestion
from handbook.read.files import CONFIG, NoSiteError, Site, read_site, repository_top
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.settings import EXTENDS, SETTINGS_FILE
from handbook.read.yaml.document import read_document

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

PACKAGE = "package:"
"""What the name of an installed package starts with."""

_HINT = f"Use the path of a folder with `{CONFIG}`, from the folder of this handbook"


class LayerProblem(NamedTuple):
    """A handbook that can't be extended.

    Attributes:
        at: The position in `extends` of the site, which can name it by way of another layer.
        message: The problem.
        hint: The fix.
    """

    at: int
    message: str
    hint: str


class Layers(NamedTuple):
    """The layers of a site.

    Attributes:
        sites: The layers, the lowest first.
        at: The position in `extends` of the site that brings in each layer.
        problems: What can't be used.
    """

    sites: tuple[Site, ...] = ()
    at: tuple[int, ...] = ()
    problems: tuple[LayerProblem, ...] = ()


class _UnusableLayerError(Exception):
    """Raised for a layer that can't be used, with the problem and the fix."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class _Ground(NamedTuple):
    """The folder that folders must be in: the repository of the site, or an installed package.

    Attributes:
        top: The folder.
        prefix: What the paths of its files start with in findings; empty for the repository.
    """

    top: Path
    prefix: str = ""


def with_layers(site: Site) -> Site:
    """Return a site with its layers, as far as they can be used."""
    return site._replace(layers=find_layers(site).sites)


def find_layers(site: Site) -> Layers:
    """Return the layers of a site, and what can't be used."""
    search = _Search(site)
    search.follow(site, _Ground(repository_top(site.root)), [site.root], None)
    sites, at = zip(*search.found.values(), strict=True) if search.found else ((), ())
    return Layers(sites, at, tuple(search.problems))


def layer_names(site: Site) -> list[str]:
    """Return the layers that the settings of a site name, as written."""
    try:
        content = read_plain_file(site.root / SETTINGS_FILE)
    except UnusableError:  # a rule reports it
        return []
    # Most handbooks extend none, and their settings are read once.
    settings = read_document(content).value if EXTENDS.encode() in content else None
    named = settings.get(EXTENDS) if isinstance(settings, dict) else None
    listed = [named] if isinstance(named, str) else named  # a rule reports the missing brackets
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []


class _Search:
    """Collects the layers of a site from the bottom up.

    Attributes:
        found: The layers by folder, each with its position in `extends` of the site.
        problems: What can't be used.
    """

    def __init__(self, site: Site) -> None:
        self.found: dict[Path, tuple[Site, int]] = {}
        self.problems: list[LayerProblem] = []
        self._site = site

    def follow(self, site: Site, ground: _Ground, above: Sequence[Path], at: int | None) -> None:
        """Find the layers that a handbook names.

        Args:
            site: The handbook.
            ground: The folder that its layers must be in.
            above: The folders of the handbooks that lead to it, and its own.
            at: The position in `extends` of the site that leads to it; `None` for the site itself.
        """
        named: set[Path] = set()
        for index, name in enumerate(layer_names(site)):
            place = index if at is None else at
            try:
                folder, inner = _locate(name, site, ground)
                _check_order(name, folder, site, above, named)
                named.add(folder)
                if folder not in self.found:
                    layer = self._layer(folder, inner)
                    self.follow(layer, inner, [*above, folder], place)
                    self.found[folder] = (layer, place)
            except _UnusableLayerError as error:
                self.problems.append(_problem(site, place, error))

    def _layer(self, folder: Path, ground: _Ground) -> Site:
        try:
            layer = read_site(folder)
        except NoSiteError as error:
            raise _UnusableLayerError(str(error), "Correct the file") from error
        if not layer.docs.is_relative_to(folder):
            message = f"The pages of {shown(folder.name)} are outside its folder"
            raise _UnusableLayerError(message, f"Set `docs_dir` in its {CONFIG} to a folder in it")
        start = ground.top if ground.prefix else self._site.root
        path = Path(os.path.relpath(folder, start)).as_posix()
        return layer._replace(prefix=f"{ground.prefix}{path}/" if path != "." else ground.prefix)


def _problem(site: Site, place: int, error: _UnusableLayerError) -> LayerProblem:
    """Return a problem at its place in the settings of the site at the top."""
    if not site.prefix:
        return LayerProblem(place, error.message, error.hint)
    layer = site.prefix.rstrip("/")
    return LayerProblem(place, f"In the layer {shown(layer)}: {error.message}", error.hint)


def _check_order(name: str, folder: Path, site: Site, above: Sequence[Path], named: Collection[Path]) -> None:
    """Check that a handbook can be below the one that names it.

    Args:
        name: The name of the layer, as written.
        folder: Its folder.
        site: The handbook that names it.
        above: The folders of the handbooks above.
        named: The folders that the same handbook has named already.

    Raises:
        _UnusableLayerError: It can't.
    """
    if folder == site.root:
        raise _UnusableLayerError(f"{shown(name)} is this handbook itself", "Remove the line")
    if folder in above:
        message = f"{shown(name)} extends this handbook, so neither can be below the other"
        raise _UnusableLayerError(message, "Remove one of the two from `extends` of the other")
    if folder in named:
        raise _UnusableLayerError(f"Duplicate layer {shown(name)}", "Remove one of the two lines")


def _locate(name: str, site: Site, ground: _Ground) -> tuple[Path, _Ground]:
    """Return the folder of a layer, and the folder that its own layers must be in."""
    if name.startswith(PACKAGE):
        top = _package_folder(name.removeprefix(PACKAGE))
        if not (top / CONFIG).is_file():
            message = f"The package {shown(name.removeprefix(PACKAGE))} contains no handbook"
            raise _UnusableLayerError(message, f"Use a package that has `{CONFIG}` in its folder")
        return top, _Ground(top, f"{name}/")
    folder = Path(os.path.normpath(site.root / name))
    if not name or "://" in name or "\0" in name or Path(name).is_absolute():
        raise _UnusableLayerError(f"Invalid layer {shown(name)}", _HINT)
    if not folder.is_relative_to(ground.top):
        where = "package" if ground.prefix else "repository"
        hint = "Add it as a submodule, or install it as a package and write `package:NAME`"
        raise _UnusableLayerError(f"The folder {shown(name)} is outside this {where}", hint)
    steps = [folder, *(above for above in folder.parents if above.is_relative_to(ground.top))]
    if any(step.is_symlink() for step in steps if step != ground.top):
        message = f"The folder {shown(name)} is a link, or behind one"
        raise _UnusableLayerError(message, "Use the folder that the link opens")
    if not folder.is_dir():
        raise _UnusableLayerError(f"Unknown folder {shown(name)}", _nearest(name, site, ground))
    if not (folder / CONFIG).is_file():
        message = f"The folder {shown(name)} is not a handbook: `{CONFIG}` is missing"
        raise _UnusableLayerError(message, _nearest(name, site, ground))
    return folder, ground


def _package_folder(name: str) -> Path:
    """Return the folder of an installed package. Nothing of it is imported."""
    if not name.isidentifier():
        message = f"Invalid package name {shown(name)}"
        raise _UnusableLayerError(
            message, "Use the name as in `import`, with letters, digits and underscores"
        )
    folders = getattr(_spec(name), "submodule_search_locations", None)
    folder = next(iter(folders or ()), None)
    if folder is None:
        message = f"The package {shown(name)} is not installed"
        raise _UnusableLayerError(message, "Install it in the environment of `handbook`, in CI too")
    return Path(folder).resolve()


def _spec(name: str) -> ModuleSpec | None:
    if name in sys.modules:
        return sys.modules[name].__spec__
    from importlib.util import find_spec  # noqa: PLC0415 - few handbooks extend a package

    try:
        return find_spec(name)
    except (ImportError, ValueError):
        return None


def _nearest(name: str, site: Site, ground: _Ground) -> str:
    """Return a hint with the folder of a handbook that has a similar name."""
    near = _handbooks(ground.top, site.root)
    return suggestion(name, {Path(os.path.relpath(folder, site.root)).as_posix() for folder in near}) or _HINT


def _handbooks(top: Path, own: Path) -> Iterator[Path]:
    """Yield the folders near a handbook that are handbooks, too."""
    for above in {top, own.parent, own.parent.parent}:
        if above.is_relative_to(top):
            for pattern in (CONFIG, f"*/{CONFIG}", f"*/*/{CONFIG}"):
                yield from (path.parent for path in above.glob(pattern) if path.parent != own)
