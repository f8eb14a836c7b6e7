"""Put together what a site publishes, once for every engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, wraps
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

from handbook.base.language import speaking
from handbook.base.shelf import Keep, in_memory
from handbook.feeds.calendar import CalendarFeed
from handbook.loaded.handbook import Handbook
from handbook.publish.assets import SCRIPT, STYLE, VERSIONS_SCRIPT, read_assets, translated_texts
from handbook.publish.data import data_files
from handbook.publish.errors import BuildError
from handbook.publish.forms import form_files
from handbook.publish.forwarding import forwarding_pages
from handbook.publish.frame import make_frame, make_metadata, make_way_back
from handbook.publish.help import help_pages
from handbook.publish.made_files import MadeFiles, kept, ready
from handbook.publish.navigation import expand
from handbook.publish.pages import GeneratedPage, changes_page, gone_pages, make_pages
from handbook.publish.portable_pages import PortablePages
from handbook.publish.readings import readings_files
from handbook.publish.search import search_files
from handbook.publish.setup_page import setup_page, with_setup
from handbook.read.audiences import FIELD
from handbook.read.looks import read_looks
from handbook.read.pages import FIRST_PAGES
from handbook.read.values import as_mapping
from handbook.render.downloads import Downloads
from handbook.render.render import Renderer
from handbook.render.repository import Repository

_Part = TypeVar("_Part")


def _in_language(make: Callable[[SiteContents], _Part]) -> cached_property[_Part]:
    """Return a property that is made in the language of the readers, when it is first asked for."""

    @wraps(make)
    def make_part(contents: SiteContents) -> _Part:
        with speaking(contents.handbook.language):
            return make(contents)

    return cached_property(make_part)


class SiteContents:
    """What a site publishes. The adapter of an engine only writes it.

    Each part is made when it is first asked for.

    Args:
        handbook: The handbook.
        own: The site's own settings, as the engine has read them.
        changes: The changes since the previous version, as Markdown, if the build publishes a version.
        from_source: The start of links, as in `Place`.
        keep: Keeps what is written later.

    Attributes:
        handbook: The handbook, with the hand-written pages.
        own: The site's own settings, as the engine has read them.
        renderer: Completes these pages.
        url: The URL of the site; empty if unknown.
        hidden: The hand-written pages and files that the audience can't see.
        features: What to add to the features of the theme.
        keep: Keeps what is written later.

    Raises:
        BuildError: The home page is hidden from the audience.
    """

    features: Sequence[str] = ("navigation.path",)

    def __init__(
        self,
        handbook: Handbook,
        own: Mapping[str, Any],
        changes: str | None = None,
        *,
        from_source: bool = False,
        keep: Keep = in_memory,
    ) -> None:
        check_first_page(handbook)
        self.handbook = handbook
        self.own = own
        repository = Repository.of(handbook.site, own)
        self.renderer = Renderer(handbook.basis, repository, from_source)
        self.hidden = handbook.catalogue.gate.hidden_texts | handbook.catalogue.gate.hidden_files
        self.keep = keep
        self._changes = changes
        url = own.get("site_url") or ""
        # Search engines get the stable URL of the latest version.
        self.url: str = urljoin(url, "latest/") if changes is not None and url else url

    @_in_language
    def pages(self) -> Mapping[str, GeneratedPage]:
        """The generated pages, by path. Each has its text when it is first asked for."""
        handbook, renderer = self.handbook, self.renderer
        pages = [
            *help_pages(handbook, renderer),
            *make_pages(handbook, renderer),
            *changes_page(handbook, renderer, self._changes),
            *gone_pages(handbook),
            *setup_page(handbook, renderer),
        ]
        return {page.path: replace(page, keep=self.keep) for page in pages}

    @cached_property
    def inherited(self) -> Mapping[str, Path]:
        """The visible pages and files of layers that the docs folder of the site lacks, by path."""
        site = self.handbook.site
        return {
            path: file
            for path, file in self.handbook.context.docs_files.items()
            if not file.is_relative_to(site.docs) and path not in self.hidden
        }

    @_in_language
    def navigation(self) -> list[Any] | None:
        """The navigation with all its pages; `None` if the site has none of its own."""
        nav, handbook, pages = self.own.get("nav"), self.handbook, list(self.pages.values())
        if not nav:
            return nav
        gate = handbook.catalogue.gate
        unlisted = gate.hidden_pages | handbook.context.navigation_off.keys()
        section = as_mapping(self.own.get("extra")).get("without_tab")
        expanded = expand(nav, pages, handbook.pages, unlisted)
        return with_setup(expanded, pages, handbook.site.navigation, section)

    @_in_language
    def assets(self) -> MadeFiles:
        """The styles, scripts and fonts, by path."""
        looks = read_looks(self.own, self.handbook.context.docs_files)
        return ready(read_assets(looks) | translated_texts(self.handbook.language.code))

    @_in_language
    def data(self) -> MadeFiles:
        """What scripts and programs read: entries, the index of the search and the form, by path."""
        handbook, repository = self.handbook, self.renderer.repository
        found = search_files(handbook, repository.issues)
        return data_files(handbook) | kept(
            chain(found, form_files(handbook, repository, self.keep)), self.keep
        )

    @property
    def files(self) -> MadeFiles:
        """The files to add to those in the docs folder, by path."""
        return self.assets | self.data

    @_in_language
    def downloads(self) -> MadeFiles:
        """More of them, some of which an engine would treat as pages."""
        handbook, site = self.handbook, self.handbook.site
        name = str(self.own.get("site_name"))
        feed = CalendarFeed(handbook.basis, name, self.url, site.directory_urls)
        all_of = Downloads(handbook.catalogue, site).all()
        return kept(chain(all_of, readings_files(handbook), feed.all()), self.keep)

    @_in_language
    def forwarding(self) -> MadeFiles:
        """The redirect pages, by path. They need no theme."""
        return kept(forwarding_pages(self.handbook, self.url), self.keep)

    @property
    def lists(self) -> Mapping[str, list[Any]]:
        """The styles and scripts of the pages, by the name of the setting."""
        own = self.own
        scripts = [{"path": SCRIPT, "type": "module"}, *([] if self._changes is None else [VERSIONS_SCRIPT])]
        return {
            # The style sheets of the site come later, so that they can change what the handbook's sets.
            "extra_css": [STYLE, *(own.get("extra_css") or ())],
            "extra_javascript": [*(own.get("extra_javascript") or ()), *scripts],
        }

    @_in_language
    def frame(self) -> Mapping[str, Any]:
        """What the frame of every page shows, for the setting `extra.handbook`."""
        return make_frame(self.handbook, self.renderer, self.pages.values(), self.navigation)

    def metadata(self, path: str) -> Mapping[str, Any]:
        """Return what the frame of a page shows, for its front matter.

        Args:
            path: The path of the page in the docs folder.
        """
        with speaking(self.handbook.language):
            if not self.portable.has(path):
                gone = self.handbook.context.gone_pages.get(path)
                kind = self.handbook.catalogue.kinds.get(gone.kind) if gone else None
                return make_way_back(self.handbook, kind) if kind else {}
            return make_metadata(self.handbook, self.renderer, path, self.portable.entries.get(path))

    @cached_property
    def portable(self) -> PortablePages:
        """The pages as Markdown without HTML."""
        return PortablePages(self.handbook, self.renderer, self.pages.values(), self.url)

    def knows_source(self, path: str) -> bool:
        """Return whether the source of a page is known here, and not to the engine."""
        page = self.pages.get(path)
        return path in self.inherited if page is None else page.kind is not None

    def edit_url(self, path: str) -> str | None:
        """Return the URL that opens the source of such a page for editing, or `None`."""
        page, repository = self.pages.get(path), self.renderer.repository
        if page is not None:
            return repository.edit_url(page.source, page.span.line)
        return repository.edit_url(self.handbook.site.relative(self.inherited[path]))


def make_contents(
    handbook: Handbook,
    own: Mapping[str, Any],
    changes: str | None = None,
    *,
    from_source: bool = False,
    keep: Keep = in_memory,
) -> SiteContents:
    """Return what a site publishes, with all parts that can fail.

    Args:
        handbook: The handbook.
        own: The site's own settings, as the engine has read them.
        changes: The changes since the previous version, as Markdown, if the build publishes a version.
        from_source: The start of links, as in `Place`.
        keep: Keeps what is written later.

    Raises:
        BuildError: The home page is hidden from the audience.
        ViewError: A view is invalid.
    """
    contents = SiteContents(handbook, own, changes, from_source=from_source, keep=keep)
    for page in contents.pages.values():
        _ = page.read
    _ = contents.downloads
    return contents


def check_first_page(handbook: Handbook) -> None:
    """Check that the audience can see the home page.

    Raises:
        BuildError: The home page is hidden from the audience.
    """
    hidden = handbook.catalogue.gate.hidden_pages.intersection(FIRST_PAGES)
    if hidden and handbook.pages.keys().isdisjoint(FIRST_PAGES):
        page = handbook.site.relative(handbook.site.docs / min(hidden))
        raise BuildError(
            f"{page}: The audience `{handbook.audience}` can't see the home page of the site. "
            f"Add `{FIELD}: {handbook.audience}` to the front matter of the page"
        )
