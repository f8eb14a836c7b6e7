"""Looks: a colour, logo or icon in the settings that pages can't show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import nearest, shown
from handbook.check.engine_settings import engine_settings
from handbook.read.context import Context
from handbook.read.files import Site
from handbook.read.looks import read_looks

_PICTURES = ("logo", "favicon")


@rule(
    "HB610",
    "look",
    reason=(
        "The pages take their brand colour, accent colour, logo and favicon from `mkdocs.yml`. What isn't a "
        "colour has no effect, and a missing picture is a broken picture on every page."
    ),
    bad={"mkdocs.yml": "site_name: Test\nextra:\n  brand: «ocean»\n"},
    good={"mkdocs.yml": 'site_name: Test\nextra:\n  brand: "#0b6e4f"\n'},
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, "palette", "brand", "accent", "extra_css", *_PICTURES)
    if not found:
        return
    source, settings = found

    def problem(pointer: tuple[str | int, ...], message: str, hint: str) -> Problem:
        return Problem(source.path, partial(source.document.value_span, pointer), message, hint)

    for fault in read_looks(settings, context.site.docs).faults:
        yield problem(tuple(fault.pointer), fault.message, fault.hint)
    theme = settings.get("theme")
    for name in _PICTURES:
        picture = theme.get(name) if isinstance(theme, Mapping) else None
        if picture is not None and not _exists(context.site, picture):
            yield problem(("theme", name), f"Missing file {shown(picture)}", _hint(context.site, picture))


def _exists(site: Site, picture: Any) -> bool:
    """Return whether the docs folder or the theme has a picture. Another rule is about other hosts."""
    if not isinstance(picture, str):
        return False
    if "//" in picture:
        return True
    path = PurePosixPath(picture)
    if path.is_absolute() or ".." in path.parts or "\0" in picture:
        return False
    return any((folder / path).is_file() for folder in _folders(site))


def _folders(site: Site) -> list[Path]:
    return [folder for folder in (site.docs, site.overrides) if folder]


def _hint(site: Site, picture: Any) -> str:
    names = (
        path.relative_to(folder).as_posix()
        for folder in _folders(site)
        for path in folder.rglob("*")
        if path.suffix in {".svg", ".png", ".ico", ".jpg", ".webp", ".gif"}
    )
    near = nearest(str(picture), names)
    return f"Did you mean `{near}`?" if near else "Use the path of a picture in the docs folder"
