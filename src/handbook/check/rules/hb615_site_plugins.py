"""Settings: plugins or a theme that the pages of the handbook can't work with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown, suggestion
from handbook.check.engine_settings import engine_settings, plugin_names
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.icons import MATERIAL
from handbook.read.macro_settings import PLUGIN as MACROS
from handbook.read.macros import page_macros
from handbook.read.pages import Page
from handbook.read.view_files import FIGURE_VIEWS, VIEW_SUFFIX, shipped_view

OURS = "handbook"
"""The name of our plugin."""

_LANGUAGES = "i18n"
"""The plugin mkdocs-static-i18n. It only knows files of the docs folder."""

_CONFIG = """site_name: Handbook
theme: {{name: material, font: false}}
plugins: {}
"""
_CALL = regex(r"^\{\{-?[ ]*(\w+)\(", re.MULTILINE)
_FENCE = regex(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_FOREIGN = ("mkdocs", "readthedocs")
"""The themes of the engine itself. A theme of another name can be based on Material."""


@rule(
    "HB615",
    "site-plugins",
    reason=(
        "The plugin `handbook` in `mkdocs.yml` adds the pages of all entries, and the plugin `macros` after "
        "it fills the pages. The pages are made for the theme Material. Without one of them, readers see "
        "half a handbook, and no build would say so."
    ),
    bad={"mkdocs.yml": _CONFIG.format("«[search]»"), "docs/index.md": "# Home\n"},
    good={"mkdocs.yml": _CONFIG.format("[search, handbook]"), "docs/index.md": "# Home\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, "plugins")
    if found is None or found[1].get("plugins") is None:
        return
    source, settings = found
    names = plugin_names(settings)
    if OURS not in names:
        yield _problem(
            source, ("plugins",), f"The plugin `{OURS}` is missing", f"Add `- {OURS}` to `plugins`"
        )
        return
    if MACROS in names[: names.index(OURS)]:
        message = f"The plugin `{MACROS}` is before the plugin `{OURS}`"
        hint = f"Put `{OURS}` above `{MACROS}`"
        yield _problem(source, _place(settings, names.index(MACROS), MACROS), message, hint)
    if _LANGUAGES in names:
        message = f"The plugin `{_LANGUAGES}` leaves the pages of all entries out of the site"
        hint = "Remove it, and build a handbook for each language, with its `language` under `theme`"
        yield _problem(source, _place(settings, names.index(_LANGUAGES), _LANGUAGES), message, hint)
    page = next(filter(partial(_calls_macros, context), context.pages), None) if MACROS not in names else None
    if page:
        message = f"The plugin `{MACROS}` is missing, so {shown(page.shown_path)} shows its macros as text"
        hint = f"Add `{MACROS}` to `plugins`, below `{OURS}`"
        yield _problem(source, ("plugins",), message, hint)
    theme = settings.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if name in _FOREIGN or theme is None:
        where = ("theme",) if theme else ("plugins",)
        what = (
            f"The theme {shown(name)} can't show the pages of the handbook"
            if theme
            else "The theme is missing"
        )
        yield _problem(source, where, what, "Use the theme `material`")
    elif isinstance(name, str) and name != MATERIAL and name not in (known := _themes()):
        hint = suggestion(name, known) or "Install it, or use the theme `material`"
        place = ("theme", "name") if isinstance(theme, dict) else ("theme",)
        yield _problem(source, place, f"Unknown theme {shown(name)}", hint)


def _themes() -> list[str]:
    """Return the names of the installed themes for whole handbooks."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import, and few sites need it

    names = {theme.name for theme in entry_points(group="mkdocs.themes")}
    return sorted((names | {MATERIAL}).difference(_FOREIGN))


def _problem(source: Source, pointer: tuple[str | int, ...], message: str, hint: str) -> Problem:
    return Problem(source.path, partial(source.document.value_span, pointer), message, hint)


def _place(settings: dict[str, Any], index: int, name: str) -> tuple[str | int, ...]:
    return ("plugins", index) if isinstance(settings["plugins"], list) else ("plugins", name)


def _calls_macros(context: Context, page: Page) -> bool:
    """Return whether a page calls one of our macros, outside examples in code."""
    known = page_macros(context.kinds.values())
    for call in _CALL.finditer(page.text):
        is_example = len(_FENCE.findall(page.text, 0, call.start())) % 2
        figure = f"{FIGURE_VIEWS}{call[1]}{VIEW_SUFFIX}"
        if not is_example and (call[1] in known or shipped_view(figure) is not None):
            return True
    return False
