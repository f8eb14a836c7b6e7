"""Find the handbooks that a handbook extends: its layers, such as the core of a company.

Nothing of a layer runs: neither its Python nor its build.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import shown
from handbook.read.files import (
    CONFIG,
    NoSiteError,
    Site,
    config_document,
    config_faults,
    read_site,
    repository_top,
)
from handbook.read.layer_folders import Ground, UnusableLayerError, locate
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.settings import EXTENDS, SETTINGS_FILE
from handbook.read.yaml.document import read_document

_MOST_LEVELS = 100


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
        is_unclear: Whether there might be others, because the settings of the site are unreadable.
    """

    sites: tuple[Site, ...] = ()
    at: tuple[int, ...] = ()
    problems: tuple[LayerProblem, ...] = ()
    is_unclear: bool = False

    @property
    def are_incomplete(self) -> bool:
        """Return whether a part of the handbook is missing."""
        return bool(self.problems) or self.is_unclear


def with_layers(site: Site) -> Site:
    """Return a site with its layers, as far as they can be used."""
    return site._replace(layers=find_layers(site).sites)


def find_layers(site: Site) -> Layers:
    """Return the layers of a site, and what can't be used."""
    search = _Search(site)
    repository = repository_top(site.root)
    search.follow(site, Ground(repository, repository), [site.root], None)
    sites, at = zip(*search.found.values(), strict=True) if search.found else ((), ())
    return Layers(sites, at, tuple(search.problems), _settings_with_layers(site) is None)


def layer_names(site: Site) -> dict[int, str]:
    """Return the layers that the settings of a site name, as written, by their position."""
    named = (_settings_with_layers(site) or {}).get(EXTENDS)
    listed = [named] if isinstance(named, str) else named  # a rule reports the missing brackets
    numbered = enumerate(listed if isinstance(listed, list) else ())
    return {index: name for index, name in numbered if isinstance(name, str)}


def _settings_with_layers(site: Site) -> dict[str, Any] | None:
    """Return the settings of a site if they might name layers; `None` if they are unreadable."""
    try:
        content = read_plain_file(site.root / SETTINGS_FILE)
    except UnusableError:  # a rule reports it
        return {}
    # Most handbooks extend none, and their settings are read once.
    if EXTENDS.encode() not in content:
        return {}
    document = read_document(content)
    return None if document.faults else document.value if isinstance(document.value, dict) else {}


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

    def follow(self, site: Site, ground: Ground, above: Sequence[Path], at: int | None) -> None:
        """Find the layers that a handbook names.

        Args:
            site: The handbook.
            ground: The folder that its layers must be in.
            above: The folders of the handbooks that lead to it, and its own.
            at: The position in `extends` of the site that leads to it; `None` for the site itself.
        """
        if len(above) > _MOST_LEVELS:
            message = f"There are more than {_MOST_LEVELS} handbooks below each other"
            self.problems.append(_problem(site, at or 0, UnusableLayerError(message, "Extend fewer")))
            return
        named: set[Path] = set()
        for index, name in layer_names(site).items():
            place = index if at is None else at
            try:
                folder, inner = locate(name, site, ground)
                _check_order(name, folder, site, above, named)
                named.add(folder)
                if folder not in self.found:
                    layer = self._layer(folder, inner)
                    self.follow(layer, inner, [*above, folder], place)
                    self.found[folder] = (layer, place)
            except UnusableLayerError as error:
                self.problems.append(_problem(site, place, error))

    def _layer(self, folder: Path, ground: Ground) -> Site:
        try:
            layer = read_site(folder)
            has_faults = bool(config_faults(config_document(read_plain_file(folder / CONFIG))))
        except NoSiteError as error:
            raise UnusableLayerError(str(error), "Correct the file") from error
        if has_faults:
            message = f"{CONFIG} in {shown(folder.name)} can't be read"
            raise UnusableLayerError(message, "Correct it there")
        if not layer.docs.is_relative_to(folder):
            message = f"The pages of {shown(folder.name)} are outside its folder"
            raise UnusableLayerError(message, f"Set `docs_dir` in its {CONFIG} to a folder in it")
        start = ground.top if ground.prefix else self._site.root
        path = Path(os.path.relpath(folder, start)).as_posix()
        return layer._replace(prefix=f"{ground.prefix}{path}/" if path != "." else ground.prefix)


def _problem(site: Site, place: int, error: UnusableLayerError) -> LayerProblem:
    """Return a problem at its place in the settings of the site at the top."""
    if not site.prefix:
        return LayerProblem(place, str(error), error.hint)
    layer = site.prefix.rstrip("/")
    return LayerProblem(place, f"In the layer {shown(layer)}: {error}", error.hint)


def _check_order(name: str, folder: Path, site: Site, above: Sequence[Path], named: Collection[Path]) -> None:
    """Check that a handbook can be below the one that names it.

    Args:
        name: The name of the layer, as written.
        folder: Its folder.
        site: The handbook that names it.
        above: The folders of the handbooks above.
        named: The folders that the same handbook has named already.

    Raises:
        UnusableLayerError: It can't.
    """
    if folder == site.root:
        raise UnusableLayerError(f"{shown(name)} is this handbook itself", "Remove the line")
    if folder in above:
        message = f"{shown(name)} extends this handbook, so neither can be below the other"
        raise UnusableLayerError(message, "Remove one of the two from `extends` of the other")
    if folder in named:
        raise UnusableLayerError(f"Duplicate layer {shown(name)}", "Remove one of the two lines")
