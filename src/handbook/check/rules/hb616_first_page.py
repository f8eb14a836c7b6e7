"""Settings: a site without a first page."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.engine_settings import engine_settings, plugin_names
from handbook.check.left_out import unpublished_by
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
        "the web server, although all other pages work. Of `index.md` and `README.md`, one is published."
    ),
    bad={"mkdocs.yml": f"«s»{_CONFIG[1:]}", "docs/travel.md": "# Travel\n"},
    good={"mkdocs.yml": _CONFIG, "docs/index.md": "# Home\n", "docs/travel.md": "# Travel\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    yield from _twice(context)
    if not context.page_paths.isdisjoint(FIRST_PAGES):
        return
    found = engine_settings(context.site, "plugins")
    # Only a site with our plugin is meant to be published.
    if found and OURS in plugin_names(found[1]):
        docs = context.site.shown(context.site.docs / FIRST_PAGES[0])
        yield Problem(found[0].path, Span(), f"The site has no first page: missing {docs}", f"Add {docs}")


def _twice(context: Context) -> Iterator[Problem]:
    """Yield the pages that the engine leaves out because another one opens at the address of their folder."""
    first, second = FIRST_PAGES
    pages = {page.path: page for page in context.pages}
    setting_of = unpublished_by(context.site)
    for path in sorted(name for name in pages if name.rpartition("/")[2] == second):
        other = pages.get(f"{path.removesuffix(second)}{first}")
        if other and not (setting_of and (setting_of(path) or setting_of(other.path))):
            message = f"`{other.shown_path}` has the same address, so this page is left out"
            yield Problem(pages[path].shown_path, Span(), message, "Keep one of the two pages")
