"""Render entries and figures with their views to Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from handbook.base.language import Language, _
from handbook.base.text import Plain
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import HiddenFieldError
from handbook.kinds.figures import FIGURES
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.place import Place
from handbook.link.selection import UnknownFieldError
from handbook.read.files import Site
from handbook.read.languages import make_language
from handbook.read.marked_terms import markdown_with_words
from handbook.read.pages import GUIDE_PAGE
from handbook.render.byline import PageSource, below_title, byline
from handbook.render.data_links import data_links
from handbook.render.downloads import Downloads, download_path
from handbook.render.environment import ViewError
from handbook.render.more import Rest, parts_left_out
from handbook.render.repository import Repository
from handbook.render.sandbox import Function, offer
from handbook.render.terms import Terms
from handbook.render.to_tick import to_tick
from handbook.render.translating import in_language
from handbook.render.values import EntryView, Record, RenderContext, entry_of
from handbook.render.views import Views

_FIGURE_VIEWS = "figures/"
_BYLINE_VIEW = "page"
_MORE_VIEW = "_more"


@dataclass(frozen=True)
class Renderer:
    """Render the entries of a handbook.

    Attributes:
        basis: The entries, and the other data of figures.
        repository: The site with its own views, and the repository with its sources.
        from_source: The start of links, as in `Place`.
    """

    basis: Basis
    repository: Repository
    from_source: bool = False

    @property
    def catalogue(self) -> Catalogue:
        """The entries."""
        return self.basis.catalogue

    @property
    def site(self) -> Site:
        """The site of the pages."""
        return self.repository.site

    @cached_property
    def language(self) -> Language:
        """The language of the readers, in which everything is written."""
        return make_language(self.site.language, self.basis.settings.words)

    @cached_property
    def _views(self) -> Views:
        return Views(self.site)

    @cached_property
    def has_guide(self) -> bool:
        """Whether readers have a page that explains how to change the handbook."""
        is_hidden = GUIDE_PAGE in self.catalogue.gate.hidden_pages
        return not is_hidden and self.catalogue.gate.file_of(GUIDE_PAGE).is_file()

    @cached_property
    def _downloads(self) -> Downloads:
        return Downloads(self.catalogue, self.site)

    def context(self, page: str, prefix: str = "") -> RenderContext:
        """Return the context for values on a page."""
        return RenderContext(self.catalogue, Place(page, self.site.directory_urls, self.from_source), prefix)

    @in_language
    def entry(self, entry: Entry, page: str, *, embedded: bool = False) -> str:
        """Return the body of an entry as Markdown, for its own page or embedded in another.

        Raises:
            ViewError: The view is invalid.
        """
        view = self._views.of(entry.kind)
        context = self.context(page, prefix=entry.anchor if embedded else "")
        context = replace(context, is_lenient=view.is_shipped)
        # The view puts the section in its place, or it is at the end.
        sections = iter([self._more(entry, view.rest, context)])
        more = Function(lambda: Markup(next(sections, "")))  # noqa: S704 - from a view
        text = self._render(view.template, context, entry=context.entry(entry), more=more)
        body = (text.rstrip() + next(sections, "")).strip() + "\n"
        if not embedded:
            return body
        return self._byline(entry, entry.name, PageSource(entry.path, entry.span.line), context) + body

    def _more(self, entry: Entry, rest: Rest, context: RenderContext) -> str:
        """Return the section with the fields that the view leaves out; empty if the entry has none."""
        parts = parts_left_out(entry.data, entry.kind.shape, rest) if rest else None
        if not parts:
            return ""
        record = Record(parts, entry.kind.shape, entry, context)
        return f"\n\n{self._render(self._views.select([_MORE_VIEW]), context, entry=record).strip()}\n\n"

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self.catalogue)

    @in_language
    def page(self, body: str, page: str, about: Entry | None = None) -> str:
        """Return the text of a page, hand-written or generated, with the additions of every page.

        The byline is below the title. Glossary terms become links, and an index page ends with links to its
        data.

        Args:
            body: Its Markdown, without front matter.
            page: The path of the page in the docs folder.
            about: The entry of the page, or the first one that it lists; by default, the front matter of a
                hand-written page.

        Raises:
            ViewError: The view of bylines is invalid.
        """
        context = self.context(page)
        if about is None:
            # The texts of entries already have the words of the company.
            body = markdown_with_words(body, self.language)
        shown = self._terms.link(self.catalogue.gate.page(body, page), context.place)
        written = PageSource(self.site.relative(self.catalogue.gate.file_of(page)))
        imprint = self.catalogue.imprints.get(page)
        if about is None:
            head = self._byline(imprint, imprint.name if imprint else page, written, context)
        elif about.page == page:
            head = self._byline(about, about.name, PageSource(about.path, about.span.line), context)
        else:
            head = self._byline(None, _(about.kind.title), PageSource(about.path, is_data=True), context)
        return below_title(shown, head) + data_links(self.catalogue, page, context.place)

    @in_language
    def made_page(self, body: str, page: str, name: str) -> str:
        """Return the text of a page generated from the whole handbook, with the byline below its title.

        Args:
            body: Its Markdown, without front matter.
            page: The path of the page in the docs folder.
            name: The name of the page.

        Raises:
            ViewError: The view of bylines is invalid.
        """
        return below_title(body, self._byline(None, name, PageSource(is_data=True), self.context(page)))

    def _byline(self, about: Entry | None, name: str, source: PageSource, context: RenderContext) -> str:
        guide = context.place.url(GUIDE_PAGE) if self.has_guide and context.place.page != GUIDE_PAGE else None
        found = replace(byline(self.basis, about, name, source, self.repository), guide=guide)
        template = self._views.select([_BYLINE_VIEW])
        text = self._render(template, context, byline=context.present(found)).strip()
        return f"{text}\n\n" if text else ""

    @cached_property
    def figures(self) -> Sequence[str]:
        """The figures with a view, which pages can show."""
        return [name for name in FIGURES if f"{_FIGURE_VIEWS}{name}" in self._views.names]

    @in_language
    def figure(self, name: str, page: str, arguments: Mapping[str, Any]) -> str:
        """Return a figure as Markdown, for a page.

        Args:
            name: The name of the figure and of its view.
            page: The path of the page in the docs folder.
            arguments: The arguments of the figure.

        Raises:
            UnknownFieldError: The schemas of the site don't have what the figure needs.
            ViewError: The view is invalid.
        """
        context = self.context(page)
        value = context.present(self._calculate(name, **arguments))
        template = self._views.select([f"{_FIGURE_VIEWS}{name}"])
        return self._render(template, context, figure=value).strip() + "\n"

    def _calculate(self, name: str, *entries: Entry, **arguments: Any) -> object:
        """Return a figure.

        Raises:
            UnknownFieldError: The schemas of the site don't have what the figure needs.
            ViewError: A required field is hidden from the audience.
        """
        try:
            return FIGURES[name].calculate(self.basis, *entries, **arguments)
        except HiddenFieldError as error:
            raise ViewError(str(error)) from error

    def _render(self, template: Template, context: RenderContext, **values: Any) -> str:
        return self._views.render(template, offer(self._helpers(context)) | values)

    def _helpers(self, context: RenderContext) -> dict[str, Callable[..., Any]]:
        """Return the functions that views can call."""

        def used_by(view: EntryView) -> list[tuple[str, list[EntryView]]]:
            """Return the entries that refer to this one, once each, by the title of their content type."""
            groups: dict[str, dict[str, EntryView]] = {}
            for use in self.catalogue.uses(entry_of(view)):
                found = groups.setdefault(_(use.entry.kind.title), {})
                found.setdefault(use.entry.id, context.entry(use.entry))
            return [(title, list(found.values())) for title, found in groups.items()]

        def referring_items(view: EntryView, field: str) -> list[tuple[EntryView, Any]]:
            """Return the list items in other entries that refer to this one, with those entries."""
            return [
                (context.entry(use.entry), context.entry(use.entry)[field][use.pointer[1]])
                for use in self.catalogue.uses(entry_of(view))
                if use.pointer[0] == field
            ]

        def figure(name: str, *views: EntryView) -> Any:
            """Return a figure for entries; `None` if the schemas of the site don't have what it needs."""
            with suppress(UnknownFieldError):
                return context.present(self._calculate(name, *(entry_of(view) for view in views)))
            return None

        def list_to_tick(view: EntryView, groups: str, items: str) -> Plain:
            """Return the checklist data for the browser script."""
            prefix = f"{context.prefix}-" if context.prefix else ""
            return to_tick(view, groups, items, prefix, self.repository.issues)

        return {
            "address": lambda view: context.place.url(entry_of(view).page),
            "anchor": context.anchor,
            "used_by": used_by,
            "referring_items": referring_items,
            "figure": figure,
            "download": lambda view, suffix: context.place.file_url(download_path(entry_of(view), suffix)),
            "download_text": lambda view, suffix: self._downloads.text(entry_of(view), suffix),
            "more": str,
            "to_tick": list_to_tick,
            "site_file": context.place.file_url,
        }
