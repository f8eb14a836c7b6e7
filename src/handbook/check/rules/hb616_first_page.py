"""Settings: a site without a first page."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.engine_settings import engine_settings, plugin_names
from handbook.check.rules.hb615_site_plugins import OURS
from handbook.read.context import Context
from handbook.read.pages import FIRST_PAGES

_CONFIG = """site_name: Handbook
theme: {name: material, font: false}
plugins: [search, handbook]
"""


@rule(
    "HB616",
    "first-page",
    reason=(
        "The address of the site opens `index.md` of the docs folder. Without it, readers see an error of "
        "the web server, although all other pages work."
    ),
    bad={"mkdocs.yml": f"«s»{_CONFIG[1:]}", "docs/travel.md": "# Travel\n"},
    good={"mkdocs.yml": _CONFIG, "docs/index.md": "# Home\n", "docs/travel.md": "# Travel\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    if not context.page_paths.isdisjoint(FIRST_PAGES):
        return
    found = engine_settings(context.site, "plugins")
    # Only a site with our plugin is meant to be published.
    if found and OURS in plugin_names(found[1]):
        docs = context.site.shown(context.site.docs / FIRST_PAGES[0])
        yield Problem(found[0].path, Span(), f"The site has no first page: missing {docs}", f"Add {docs}")
