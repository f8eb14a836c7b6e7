"""What all pages of a build have in common. While it stays the same, a page can be built again alone."""

from __future__ import annotations

import os
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig

from handbook.loaded.handbook import Handbook
from handbook.publish.build_date import commit_date
from handbook.publish.contents import SiteContents
from handbook.publish.html_blocks import are_harmless
from handbook.publish.navigation import without_titles
from handbook.publish.page_findings import MARK
from handbook.read.files import Site
from handbook.read.icons import MATERIAL
from handbook.read.macro_names import has_only_ours
from handbook.read.macro_settings import PLUGIN as MACROS
from handbook.read.schemas.kinds import GONE_FILE
from handbook.read.settings import SETTINGS_FILE

_OURS = "handbook"
"""The name of our plugin."""


def is_plain(config: MkDocsConfig, site: Site) -> bool:
    """Return whether nothing but the handbook and its settings has a say in what pages are."""
    return (
        not config.strict
        and config.theme.name == MATERIAL
        and not any(site.overrides.rglob("*.html") if site.overrides else ())
        and are_harmless(config.markdown_extensions)
        and config.plugins.keys() <= {_OURS, MACROS}
        and (site.macros is None or (has_only_ours(site.root, site.macros) and not site.macros.unsupported))
    )


def text_files(handbook: Handbook) -> dict[str, str]:
    """Return the files with entries and the hand-written pages, with the path of each page."""
    root, context = handbook.site.root, handbook.context
    found = {
        source.path: ""
        for source in context.sources
        if source.path.rpartition("/")[2] not in {SETTINGS_FILE, GONE_FILE}
    }
    found |= {page.shown_path: page.path for page in handbook.pages.values()}
    return {os.path.realpath(root / path): page for path, page in found.items()}


def outline(contents: SiteContents) -> tuple[object, ...]:
    """Return what all pages of a build have in common, besides the titles of pages."""
    handbook = contents.handbook
    return (
        handbook.site,
        handbook.context.today,
        commit_date(handbook.site.root),
        handbook.context.docs_files,
        handbook.pages.keys(),
        contents.hidden,
        contents.inherited,
        [(page.path, page.in_navigation) for page in contents.pages.values()],
        without_titles(contents.navigation or ()),
    )


def titled_by_macros(handbook: Handbook) -> Iterator[str]:
    """Yield the pages whose titles can depend on entries."""
    for path, page in handbook.pages.items():
        if "title" not in page.meta and MARK.search(page.body.partition("\n## ")[0]):
            yield path
