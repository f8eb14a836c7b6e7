"""Looks: a language that the theme doesn't have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.engine_settings import engine_settings
from handbook.check.theme_languages import theme_language_near, theme_languages
from handbook.read.context import Context

_CONFIG = "site_name: Test\ntheme:\n  name: material\n  font: false\n  language: {}\n"
_AT = ("theme", "language")


@rule(
    "HB611",
    "theme-language",
    reason=(
        "The theme has a file for each of its languages, named by its code, such as `de`. It can't render a "
        "page in any other, not even in a variant such as `de-AT`."
    ),
    bad={"mkdocs.yml": _CONFIG.format("«de-AT»")},
    good={"mkdocs.yml": _CONFIG.format("de")},
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, "language")
    theme = found[1].get("theme") if found else None
    if found is None or not isinstance(theme, Mapping) or theme.get("name") != "material":
        return
    source, codes = found[0], theme_languages(context.site)
    if "language" not in theme or not codes or theme["language"] in list(codes):
        return
    # The value of a tag such as `!ENV` is known only to the build.
    if source.document.written(_AT)[1].startswith("!"):
        return
    code = theme["language"]
    near = theme_language_near(code, codes) if isinstance(code, str) else None
    message = f"The theme has no language {shown(code)}" if code else "Missing language of the theme"
    hint = f"Did you mean `{near}`?" if near else "Use the code of a language, such as `de`, or remove it"
    yield Problem(source.path, source.document.value_span(_AT), message, hint)
