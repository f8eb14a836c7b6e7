"""Looks: a colour, picture, icon or style sheet in the settings that pages can't show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import nearest, shown
from handbook.check.engine_settings import engine_settings, listed
from handbook.check.icons import has_icon, icon_hint
from handbook.read.context import Context
from handbook.read.files import Site
from handbook.read.looks import LookFault, read_looks
from handbook.read.values import as_mapping, value_at
from handbook.read.yaml.document import Pointer

_PICTURES = ("logo", "favicon")
_COLOURS = ("brand", "accent")
_SHEETS = "extra_css"
_ENDINGS = (".svg", ".png", ".ico", ".jpg", ".webp", ".gif")


@rule(
    "HB610",
    "look",
    reason=(
        "The pages take their colours, logo, favicon, icons and style sheets from `mkdocs.yml`. What isn't a "
        "colour, or is in another place, has no effect. A missing picture is a broken picture on every page, "
        "and a missing icon fails the build."
    ),
    bad={"mkdocs.yml": "site_name: Test\nextra:\n  brand: «ocean»\n"},
    good={"mkdocs.yml": 'site_name: Test\nextra:\n  brand: "#0b6e4f"\n'},
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, "palette", "icon", *_COLOURS, _SHEETS, *_PICTURES)
    if not found:
        return
    source, settings = found
    theme = as_mapping(settings.get("theme"))
    for fault in (
        *read_looks(settings, context.docs_files).faults,
        *_misplaced(theme),
        *_wrong_icons(context.site, theme),
        *_wrong_sheets(context, settings.get(_SHEETS)),
        *_missing_pictures(context, theme),
    ):
        place = partial(source.document.value_span, tuple(fault.pointer))
        yield Problem(source.path, place, fault.message, fault.hint)


def _misplaced(theme: Mapping[str, Any]) -> Iterator[LookFault]:
    for name in _COLOURS:
        if name in theme:
            yield LookFault(("theme", name), f"`{name}` has no effect in `theme`", "Move it to `extra`")


def _wrong_icons(site: Site, theme: Mapping[str, Any]) -> Iterator[LookFault]:
    for pointer, icon in _icons(theme):
        if icon and not has_icon(site, icon):
            yield LookFault(pointer, f"Unknown icon {shown(icon)}", icon_hint(site, icon))


def _wrong_sheets(context: Context, sheets: Any) -> Iterator[LookFault]:
    if isinstance(sheets, str):
        yield LookFault((_SHEETS,), f"`{_SHEETS}` must be a list", f"Use `[{sheets}]`")
    for at, sheet in enumerate(listed(sheets)):
        if isinstance(sheet, str) and not _exists(context, sheet.partition("?")[0]):
            yield _missing(context, (_SHEETS, at), sheet, (".css",), "file")


def _missing_pictures(context: Context, theme: Mapping[str, Any]) -> Iterator[LookFault]:
    for name in _PICTURES:
        picture = theme.get(name)
        if picture and not _exists(context, picture):
            yield _missing(context, ("theme", name), picture, _ENDINGS, "picture")


def _missing(context: Context, pointer: Pointer, file: Any, endings: tuple[str, ...], what: str) -> LookFault:
    near = nearest(str(file), (path for path in context.docs_files if path.endswith(endings)))
    hint = f"Did you mean `{near}`?" if near else f"Use the path of a {what} in the docs folder"
    return LookFault(pointer, f"Missing file {shown(file)}", hint)


def _icons(theme: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Yield the names of icons in the settings of the theme, with their places."""
    values: list[tuple[Pointer, Any]] = [(("theme", "icon"), theme.get("icon"))]
    palette = theme.get("palette")
    for at, entry in enumerate(listed(palette)):
        values.append((("theme", "palette", at, "toggle", "icon"), value_at(entry, ("toggle", "icon"))))
    for pointer, value in values:
        if isinstance(value, Mapping):
            values += [((*pointer, name), each) for name, each in value.items()]
        elif isinstance(value, str):
            yield pointer, value


def _exists(context: Context, picture: Any) -> bool:
    """Return whether the docs folder or the theme has a file. Another rule is about other hosts."""
    if not isinstance(picture, str):
        return False
    if "//" in picture or picture in context.docs_files:
        return True
    path, overrides = PurePosixPath(picture), context.site.overrides
    is_below = not path.is_absolute() and ".." not in path.parts and "\0" not in picture
    return overrides is not None and is_below and (overrides / path).is_file()
