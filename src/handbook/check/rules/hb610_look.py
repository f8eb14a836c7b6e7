"""Looks: a colour, logo or icon in the settings that pages can't show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import nearest, shown
from handbook.check.engine_settings import engine_settings
from handbook.read.context import Context
from handbook.read.looks import read_looks

_PICTURES = ("logo", "favicon")
_ENDINGS = (".svg", ".png", ".ico", ".jpg", ".webp", ".gif")


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

    for fault in read_looks(settings, context.docs_files).faults:
        yield problem(tuple(fault.pointer), fault.message, fault.hint)
    theme = settings.get("theme")
    for name in _PICTURES:
        picture = theme.get(name) if isinstance(theme, Mapping) else None
        if picture and not _exists(context, picture):
            near = nearest(str(picture), (path for path in context.docs_files if path.endswith(_ENDINGS)))
            hint = f"Did you mean `{near}`?" if near else "Use the path of a picture in the docs folder"
            yield problem(("theme", name), f"Missing file {shown(picture)}", hint)


def _exists(context: Context, picture: Any) -> bool:
    """Return whether the docs folder or the theme has a picture. Another rule is about other hosts."""
    if not isinstance(picture, str):
        return False
    if "//" in picture or picture in context.docs_files:
        return True
    path, overrides = PurePosixPath(picture), context.site.overrides
    is_below = not path.is_absolute() and ".." not in path.parts and "\0" not in picture
    return overrides is not None and is_below and (overrides / path).is_file()
