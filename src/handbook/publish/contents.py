"""Put together what a site publishes, once for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from handbook.base.language import speaking
from handbook.feeds.calendar import CalendarFeed
from handbook.link.download import Download
from handbook.loaded.handbook import Handbook
from handbook.output.as_json import as_json
from handbook.output.entries import json_object, spreadsheet
from handbook.output.entries.records import Records
from handbook.output.entries.schemas import described, list_schema, list_schema_name
from handbook.publish.assets import SCRIPT, STYLE, VERSIONS_SCRIPT, read_assets, translated_texts
from handbook.publish.errors import BuildError
from handbook.publish.forms import form_files
from handbook.publish.forwarding import forwarding_pages
from handbook.publish.frame import make_frame, make_metadata
from handbook.publish.help import help_pages
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
from handbook.render.downloads import DATA, Downloads, list_path
from handbook.render.render import Renderer
from handbook.render.repository import Repository


@dataclass(frozen=True)
class SiteContents:
    """What a site publishes. The adapter of an engine only writes it.

    Attributes:
        handbook: The handbook, with the hand-written pages.
        renderer: Completes these pages.
        own: The site's own settings, as the engine has read them.
        url: The URL of the site; empty if unknown.
        pages: The generated pages, by path.
        hidden: The hand-written pages and files that the audience can't see.
        inherited: The visible pages and files of layers that the docs folder of the site lacks, by path.
        navigation: The navigation with all its pages; `None` if the site has none of its own.
        files: The files to add to those in the docs folder, by path.
        downloads: More of them, some of which an engine would treat as pages.
        forwarding: The redirect pages, by path. They need no theme.
        lists: The styles and scripts of the pages, by the name of the setting.
        features: What to add to the features of the theme.
        frame: What the frame of every page shows, for the setting `extra.handbook`.
        metadata: What the frame of a page shows, by path, for its front matter.
        portable: The pages as Markdown without HTML.
    """

    handbook: Handbook
    renderer: Renderer
    own: Mapping[str, Any]
    url: str
    pages: Mapping[str, GeneratedPage]
    hidden: frozenset[str]
    inherited: Mapping[str, Path]
    navigation: list[Any] | None
    files: Mapping[str, bytes]
    downloads: Mapping[str, bytes]
    forwarding: Mapping[str, bytes]
    lists: Mapping[str, list[Any]]
    features: Sequence[str]
    frame: Mapping[str, Any]
    metadata: Mapping[str, Mapping[str, Any]]
    portable: PortablePages

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
    handbook: Handbook, own: Mapping[str, Any], changes: str | None = None, *, from_source: bool = False
) -> SiteContents:
    """Return what a site publishes.

    Args:
        handbook: The handbook.
        own: The site's own settings, as the engine has read them.
        changes: The changes since the previous version, as Markdown, if the build publishes a version.
        from_source: The start of links, as in `Place`.

    Raises:
        BuildError: The home page is hidden from the audience.
        ViewError: A view is invalid.
    """
    check_first_page(handbook)
    with speaking(handbook.language):
        return _make_contents(handbook, own, changes, from_source=from_source)


def _make_contents(
    handbook: Handbook, own: Mapping[str, Any], changes: str | None, *, from_source: bool
) -> SiteContents:
    site, gate = handbook.site, handbook.catalogue.gate
    repository = Repository(site, own.get("repo_url"), own.get("edit_uri"))
    renderer = Renderer(handbook.basis, repository, from_source)
    pages = [
        *help_pages(handbook, renderer),
        *make_pages(handbook, renderer),
        *changes_page(handbook, renderer, changes),
        *gone_pages(handbook),
        *setup_page(handbook, renderer),
    ]
    hidden = gate.hidden_texts | gate.hidden_files
    nav, url = own.get("nav"), own.get("site_url") or ""
    unlisted = gate.hidden_pages | handbook.context.navigation_off.keys()
    if changes is not None and url:
        # Search engines get the stable URL of the latest version.
        url = urljoin(url, "latest/")
    scripts = [{"path": SCRIPT, "type": "module"}, *([] if changes is None else [VERSIONS_SCRIPT])]
    feed = CalendarFeed(handbook.basis, str(own.get("site_name")), url, site.directory_urls)
    return SiteContents(
        handbook,
        renderer,
        own,
        url,
        pages={page.path: page for page in pages},
        hidden=hidden,
        inherited={
            path: file
            for path, file in handbook.context.docs_files.items()
            if not file.is_relative_to(site.docs) and path not in hidden
        },
        navigation=with_setup(
            expand(nav, pages, handbook.pages, unlisted),
            pages,
            site.navigation,
            as_mapping(own.get("extra")).get("without_tab"),
        )
        if nav
        else nav,
        files=read_assets(read_looks(own, handbook.context.docs_files))
        | translated_texts(handbook.language.code)
        | _as_files(
            [
                *data_files(handbook),
                *search_files(handbook, repository.issues),
                *form_files(handbook, repository),
            ]
        ),
        downloads=_as_files(
            [*Downloads(handbook.catalogue, site).all(), *readings_files(handbook), *feed.all()]
        ),
        forwarding=_as_files(forwarding_pages(handbook, url)),
        # The style sheets of the site come later, so that they can change what the handbook's sets.
        lists={
            "extra_css": [STYLE, *(own.get("extra_css") or ())],
            "extra_javascript": [*(own.get("extra_javascript") or ()), *scripts],
        },
        features=["navigation.path"],
        frame=make_frame(handbook, renderer, pages),
        metadata=make_metadata(handbook, renderer, pages),
        portable=PortablePages(handbook, renderer, pages, url),
    )


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


def data_files(handbook: Handbook) -> Iterator[Download]:
    """Yield each content type with entries as JSON and CSV, with its schemas, in a stable order."""
    catalogue = handbook.catalogue
    records = Records(catalogue, handbook.site.directory_urls)
    kinds = [kind for kind in catalogue.kinds.values() if catalogue.entries(kind.name)]
    for kind in kinds:
        entries = list(catalogue.entries(kind.name).values())
        text = json_object.render_list(records, kind, entries, schema=list_schema_name(kind))
        yield Download(list_path(kind, "json"), text)
        yield Download(list_path(kind, "csv"), spreadsheet.render_list(records, kind, entries))
        yield Download(f"{DATA}/{list_schema_name(kind)}", as_json(list_schema(kind)))
    for name, schema in described(kinds, catalogue.gate.audience, catalogue.gate.hidden_kinds).items():
        yield Download(f"{DATA}/{name}", as_json(schema))


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files to a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _as_files(downloads: Iterable[Download]) -> dict[str, bytes]:
    # Without the mark, spreadsheets read letters such as ü in another encoding.
    return {
        download.path: download.text.encode("utf-8-sig" if download.path.endswith(".csv") else "utf-8")
        for download in downloads
    }
