"""Trust: content from the theme or a plugin that browsers will block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.check.engine_settings import engine_settings, listed, plugin_names
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.settings import SETTINGS_FILE
from handbook.read.yaml.document import Pointer

_LISTS = ("extra_css", "extra_javascript")
_PICTURES = ("logo", "favicon")
_FONTS = "fonts.googleapis.com"
"""The host of the fonts that the theme names."""
_OWN_FONT = "Use `font: false`, and add the files of your font with `extra_css`, as the page *Looks* says"
_FETCHER = "privacy"
"""A plugin of Material that includes the fonts in the site."""
_ABROAD = regex(r"(?:https?:)?//(?P<host>[^/?#]+)", re.IGNORECASE)


@rule(
    "HB603",
    "foreign-part",
    Severity.WARNING,
    reason=(
        "Every page tells the browser to run only the theme's own scripts, and to load content only from "
        "the handbook's own host. Anything else that a plugin, a hook or a setting adds is missing from the "
        "page until `security` in `sources/handbook.yaml` allows it: hosts in `allow_hosts`, scripts inside "
        "pages in `allow_inline_from`. The build reports it with the name of the plugin."
    ),
    bad={"mkdocs.yml": "site_name: Test\nextra_javascript:\n  - «https://cdn.example.com/count.js»\n"},
    good={
        "mkdocs.yml": "site_name: Test\nextra_javascript:\n  - https://cdn.example.com/count.js\n",
        "sources/handbook.yaml": "security: {allow_hosts: [cdn.example.com]}\n",
    },
)
def _check(context: Context) -> Iterator[Problem]:
    """Check `mkdocs.yml`. The build reports what plugins add, because it is known only for finished pages."""
    found = engine_settings(context.site, *_LISTS, "theme")
    if not found:
        return
    source, settings = found
    allows = context.settings.security.allows
    theme = settings.get("theme")
    if isinstance(theme, dict):
        yield from _check_pictures(source, theme, allows)
    if _loads_fonts(settings) and not allows(_FONTS):
        has_font = isinstance(theme, dict) and "font" in theme
        yield _problem(source, ("theme", "font") if has_font else ("theme",), _FONTS, _OWN_FONT)
    for name in _LISTS:
        for index, item in enumerate(listed(settings.get(name))):
            place = (name, index, "path") if isinstance(item, dict) else (name, index)
            address = item.get("path") if isinstance(item, dict) else item
            abroad = _ABROAD.match(address) if isinstance(address, str) else None
            if abroad and not allows(abroad["host"].lower()):
                yield _problem(source, place, abroad["host"])


def _check_pictures(
    source: Source, theme: dict[str, Any], allows: Callable[[str], bool]
) -> Iterator[Problem]:
    """Yield problems with the logo and the icon of the theme."""
    for name in _PICTURES:
        abroad = _ABROAD.match(str(theme.get(name)))
        if abroad and not allows(abroad["host"].lower()):
            yield _problem(source, ("theme", name), abroad["host"])


def _loads_fonts(settings: Mapping[str, Any]) -> bool:
    """Return whether the theme loads its fonts, as Material does by default."""
    theme = settings.get("theme")
    options = theme if isinstance(theme, dict) else {"name": theme}
    is_default = options.get("name") == "material" and "INHERIT" not in settings
    return bool(options.get("font", is_default)) and _FETCHER not in plugin_names(settings)


def _problem(source: Source, place: Pointer, host: str, hint: str = "") -> Problem:
    return Problem(
        source.path,
        partial(source.document.value_span, place),
        f"`{host}` is another host, and browsers don't load anything from there",
        hint
        or f"Move the file to the docs folder, or add the host to `security.allow_hosts` in {SETTINGS_FILE}",
    )
