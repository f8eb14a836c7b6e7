"""Content: a language of the theme without our strings."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import one_of
from handbook.check.engine_settings import engine_settings
from handbook.check.theme_languages import theme_languages
from handbook.read.context import Context
from handbook.read.languages import language_codes, nearest_language

_CONFIG = "site_name: Test\ntheme:\n  name: material\n  font: false\n  language: {}\n"


@rule(
    "HB337",
    "untranslated-language",
    severity=Severity.WARNING,
    reason=(
        "`theme.language` in `mkdocs.yml` sets the language of the theme and of our labels. If our labels "
        "aren't translated to it, they are in English, next to text in another language."
    ),
    bad={"mkdocs.yml": _CONFIG.format("«eo»")},
    good={"mkdocs.yml": _CONFIG.format("de")},
)
def _check(context: Context) -> Iterator[Problem]:
    if nearest_language(context.site.language) is not None:
        return
    found = engine_settings(context.site, "language")
    if found is None:
        return
    codes = theme_languages(context.site)
    if codes and context.site.language not in codes:
        return  # Nothing can be built in it, which another rule says.
    source = found[0]
    yield Problem(
        source.path,
        source.document.value_span(("theme", "language")),
        f"No labels in the language `{context.site.language}`, so they are in English",
        f"Use {one_of(language_codes())}, or turn this rule off under `rules`",
    )
