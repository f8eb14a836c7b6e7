"""The icons that pages can show: the site's own, those of the engine, and those of the theme."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from handbook.read.files import Site

MATERIAL = "material"
"""The theme that the engine's templates are for."""

FOLDER = ".icons"
THEME = Path(__file__).parents[1] / "theme"
"""What the engine adds to the theme: templates and icons."""


def icon_folders(site: Site) -> list[Path]:
    """Return the folders with icons; an icon of an earlier one is used instead of that of a later one."""
    own = [site.overrides / FOLDER] if site.overrides else []
    return [*own, *_installed_folders()]


@cache
def _installed_folders() -> tuple[Path, ...]:
    return (THEME / FOLDER, *(folder / "templates" / FOLDER for folder in material()))


def find_icon(site: Site, name: str) -> Path | None:
    """Return the file of an icon by its name, such as `lucide/wrench`; `None` if there is none."""
    if not _is_name(name):
        return None
    own = site.overrides / FOLDER / f"{name}.svg" if site.overrides else None
    return own if own and own.is_file() else _installed_icon(name)


@lru_cache(maxsize=2048)
def _is_name(name: str) -> bool:
    """Return whether the file of an icon with that name is in a folder of icons."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\0" in name)


@lru_cache(maxsize=2048)
def _installed_icon(name: str) -> Path | None:
    """Return the file of an icon of the engine or the theme, which stay the same while a program runs."""
    return next((file for each in _installed_folders() if (file := each / f"{name}.svg").is_file()), None)


@cache
def material() -> tuple[Path, ...]:
    """Return the location of the theme. It is not imported, because that is slow."""
    spec = find_spec(MATERIAL)
    return tuple(map(Path, spec.submodule_search_locations or ())) if spec else ()
