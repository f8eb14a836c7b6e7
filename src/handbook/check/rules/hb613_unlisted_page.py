"""Settings: a page that the navigation leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.engine_settings import engine_settings, validation_setting
from handbook.check.left_out import DRAFTS, EXCLUDED, left_out_by
from handbook.read.context import Context

_CONFIG = """site_name: Handbook
nav:
  - Home: index.md
{}validation:
  nav:
    omitted_files: warn
"""
_LEFT_OUT = ("not_in_nav", DRAFTS, EXCLUDED)
"""The settings with patterns of pages that need not be in the navigation."""


@rule(
    "HB613",
    "unlisted-page",
    Severity.WARNING,
    reason=(
        "Readers find a page that isn't in the navigation only by a link or by search. If "
        "`validation.nav.omitted_files` in `mkdocs.yml` is `warn`, every page must be in the navigation, or "
        "in the patterns of `not_in_nav`."
    ),
    bad={
        "mkdocs.yml": _CONFIG.format(""),
        "docs/index.md": "# Home\n",
        "docs/travel.md": "«#» Travel\n",
    },
    good={
        "mkdocs.yml": _CONFIG.format("  - travel.md\n"),
        "docs/index.md": "# Home\n",
        "docs/travel.md": "# Travel\n",
    },
)
def _check(context: Context) -> Iterator[Problem]:
    named = context.site.navigation
    found = engine_settings(context.site, "omitted_files") if named is not None else None
    if named is None or found is None or validation_setting(found[1], "nav", "omitted_files") != "warn":
        return
    if validation_setting(found[1], "nav", "absolute_links") == "relative_to_docs":
        named = tuple(name.lstrip("/") for name in named)
    listed = {*named, *(f"{folder}index.md" for folder in named), *(f"{folder}README.md" for folder in named)}
    patterns = [match for name in _LEFT_OUT if (match := left_out_by(found[1], name))]
    for page in context.pages:
        folder = f"{page.path.rpartition('/')[0]}/"
        if (
            page.path not in listed
            and folder not in listed
            and not any(match(page.path) for match in patterns)
        ):
            hint = "Add it to `nav:` in mkdocs.yml, or to `not_in_nav`"
            message = f"The page `{page.path}` isn't in the navigation"
            yield Problem(page.shown_path, Span(), message, hint)
