"""Whether the theme has an icon, and which name is near that of one it lacks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from handbook.base.words import nearest
from handbook.check.engine_settings import engine_settings
from handbook.read.files import Site
from handbook.read.icons import MATERIAL, find_icon, icon_folders, material


def has_icon(site: Site, icon: str) -> bool:
    """Return whether pages can show an icon. The icons of other themes are unknown."""
    return find_icon(site, icon) is not None or not _uses_material(site)


def icon_hint(site: Site, icon: str) -> str:
    """Return what to do about an icon that pages can't show."""
    collection = icon.rpartition("/")[0]
    names = (name for folder in icon_folders(site) for name in _icons(folder) if name.startswith(collection))
    near = nearest(icon, names)
    return f"Did you mean `{near}`?" if near else "Use the name of an icon of the theme, or remove it"


@cache
def _icons(folder: Path) -> tuple[str, ...]:
    return tuple(
        sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.svg"))
    )


def _uses_material(site: Site) -> bool:
    found = engine_settings(site, "theme")
    theme = found[1].get("theme") if found else None
    name = theme.get("name") if isinstance(theme, dict) else theme
    return name == MATERIAL and bool(material()) and not engine_settings(site, "INHERIT")
