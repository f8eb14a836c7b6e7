"""Render entries and figures with their views to Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from handbook.base.language import Language, _
from handbook.base.table import Styled
from handbook.base.text import escape
from handbook.base.version import __version__
from handbook.check.left_out import EXCLUDED, unpublished_by
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import HiddenFieldError
from handbook.kinds.figures import FIGURES
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.place import Place
from handbook.read.files import Site
from handbook.read.marked_terms import markdown_with_words
from handbook.read.pages import GUIDE_PAGE
from handbook.read.schemas.kinds import Kind
from handbook.render.byline import Byline, PageSource, below_title, byline, source_of, words_to_add
from handbook.render.data_links import data_links
from handbook.render.downloads import Downloads
from handbook.render.environment import ViewError
from handbook.render.html_table import show_styled
from handbook.render.more import Rest, parts_left_out
from handbook.render.preview import as_previewed
from handbook.render.repository import Repository
from handbook.render.signs import sign
from handbook.render.terms import Terms
from handbook.render.to_tick import Company
from handbook.render.translating import in_language
from handbook.render.values import FigureValue, Record, RenderContext
from handbook.render.view_functions import CurrentPage, view_functions
from handbook.render.views import Views

_ORIGIN = Markup('<div class="hb-byline"><p><span>{}</span></p></div>\n')
_STATE = Markup('<p class="hb-state">{}</p>\n\n')
_FIGURE_VIEWS = "figures/"
_LINE_VIEW = "page"
_FOOT_VIEW = "page_foot"
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
        return self.basis.catalogue.whole

    @property
    def site(self) -> Site:
        """The site of the pages."""
        return self.repository.site

    @cached_property
    def language(self) -> Language:
        """The language of the readers, in which everything is written."""
        return self.catalogue.language

    @cached_property
    def _current(self) -> CurrentPage:
        return CurrentPage(self.context(""))

    @cached_property
    def _views(self) -> Views:
        settings = self.basis.settings
        company = Company(settings.holidays, settings.tracker)
        functions = view_functions(self._current, self.repository, self._calculate, self._downloads, company)
        return Views(self.site, sum(1 for _ in self.catalogue.all()), functions)

    @cached_property
    def has_guide(self) -> bool:
        """Whether readers have a page that explains how to change the handbook."""
        setting_of = unpublished_by(self.site)
        is_left_out = setting_of is not None and setting_of(GUIDE_PAGE) == EXCLUDED
        return not is_left_out and GUIDE_PAGE not in self.catalogue.gate.hidden_pages

    def guide(self, place: Place) -> str | None:
        """Return the URL of that page, if readers have it."""
        return place.url(GUIDE_PAGE) if self.has_guide else None

    @cached_property
    def _downloads(self) -> Downloads:
        return Downloads(self.catalogue, self.site)

    def context(self, page: str, prefix: str = "") -> RenderContext:
        """Return the context for values on a page."""
        place = Place(page, self.site.directory_urls, self.from_source)
        return RenderContext(self.catalogue, place, prefix, self.basis.today)

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
        rest = self._more(entry, view.rest, context)
        text = self._render(view.template, context, rest, entry=context.entry(entry))
        body = (text.rstrip() + self._current.take_rest()).strip() + "\n"
        if not embedded:
            return body
        found = replace(self._byline(entry, entry.name, source_of(entry), context.place), embedded=True)
        return self._said(context.present(found), _LINE_VIEW, context) + body

    @in_language
    def title(self, entry: Entry) -> str:
        """Return the title of the page of an entry as Markdown: its sign, its name and its state."""
        state = entry.data.get("status")
        title = f"# {sign(self.site, entry, large=True)}{escape(entry.name)} {{ #top }}\n\n"
        return f"{title}{_STATE.format(show_styled(Styled(state, 'label')))}" if state else title

    def _more(self, entry: Entry, rest: Rest, context: RenderContext) -> str:
        """Return the section with the fields that the view leaves out; empty if the entry has none."""
        parts = parts_left_out(entry.data, entry.kind.shape, rest) if rest else None
        if not parts:
            return ""
        record = Record(parts, entry.kind.shape, entry, context)
        return f"\n\n{self._render(self._views.select(_MORE_VIEW), context, entry=record).strip()}\n\n"

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self.catalogue)

    @in_language
    def page(self, body: str, page: str, about: Entry | None = None) -> str:
        """Return the text of a page, hand-written or generated, with the additions of every page.

        Owner and freshness are below the title, and everything else that a page says of itself is at its end.
        Glossary terms become links, and an index page ends with links to its data.

        Args:
            body: Its Markdown, without front matter.
            page: The path of the page in the docs folder.
            about: The entry of the page, or the first one that it lists; by default, the front matter of a
                hand-written page.

        Raises:
            ViewError: The view of bylines is invalid.
        """
        context = self.context(page)
        # The texts of entries already have the words of the company.
        shown = self._linked(body if about else self._written(body), page)
        found = self.byline(page, about)
        said = context.present(found)
        line, foot = (self._said(said, view, context) for view in (_LINE_VIEW, _FOOT_VIEW))
        return _ended(below_title(shown, line) + data_links(self.catalogue, page, context.place), foot)

    def byline(self, page: str, about: Entry | None = None) -> Byline:
        """Return what a page says of itself.

        Args:
            page: The path of the page in the docs folder.
            about: As for `page`.
        """
        place = self.context(page).place
        if about is not None and about.page == page:
            return self._byline(about, about.name, source_of(about), place)
        if about is None:
            imprint = self.catalogue.imprints.get(page)
            written = PageSource(self.site.relative(self.catalogue.gate.file_of(page)))
            found = self._byline(imprint, imprint.name if imprint else page, written, place)
        else:
            found = self._byline(None, _(about.kind.title), PageSource(about.path, is_data=True), place)
        kind = self._listed.get(page)
        return replace(found, kind=kind.name, add=words_to_add(kind)) if kind else found

    @cached_property
    def _listed(self) -> Mapping[str, Kind]:
        """The content types that the audience may know, by the page that lists their entries."""
        hidden = self.catalogue.gate.hidden_kinds
        kinds = self.catalogue.kinds
        return {f"{kind.page}/index.md": kind for name, kind in kinds.items() if name not in hidden}

    def _written(self, body: str) -> str:
        """Return a text that people have written, with the words of the company."""
        return as_previewed(markdown_with_words(body, self.language))

    @in_language
    def text(self, body: str, page: str) -> str:
        """Return the text of a hand-written page for the audience, without the additions of every page.

        Args:
            body: Its Markdown, without front matter.
            page: The path of the page in the docs folder.
        """
        return self.catalogue.gate.page(markdown_with_words(body, self.language), page)

    def _linked(self, body: str, page: str) -> str:
        """Return a text for the audience, with links to the terms of the glossary."""
        return self._terms.link(self.catalogue.gate.page(body, page), self.context(page).place)

    @in_language
    def help_page(self, body: str, page: str) -> str:
        """Return the text of a help page of the engine, which has no owner and can't be edited in the site.

        Args:
            body: Its Markdown, without front matter.
            page: The path of the page in the docs folder.
        """
        origin = _("This page comes with version %(version)s of the handbook engine.", version=__version__)
        return _ended(self._linked(self._written(body), page), _ORIGIN.format(origin))

    @in_language
    def made_page(self, body: str, page: str, name: str) -> str:
        """Return the text of a page generated from the whole handbook, with what it says of itself.

        Args:
            body: Its Markdown, without front matter.
            page: The path of the page in the docs folder.
            name: The name of the page.

        Raises:
            ViewError: The view of bylines is invalid.
        """
        context = self.context(page)
        found = self._byline(None, name, PageSource(is_data=True), context.place)
        said = context.present(found)
        line, foot = (self._said(said, view, context) for view in (_LINE_VIEW, _FOOT_VIEW))
        return _ended(below_title(body, line), foot)

    def _byline(self, about: Entry | None, name: str, source: PageSource, place: Place) -> Byline:
        guide = self.guide(place) if place.page != GUIDE_PAGE else None
        return replace(byline(self.basis, about, name, source, self.repository), guide=guide)

    def _said(self, said: FigureValue, view: str, context: RenderContext) -> str:
        text = self._render(self._views.select(view), context, byline=said).strip()
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
        template = self._views.select(f"{_FIGURE_VIEWS}{name}")
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

    def _render(self, template: Template, context: RenderContext, rest: str = "", **values: Any) -> str:
        self._current.begin(context, rest)
        return self._views.render(template, values)


def _ended(text: str, foot: str) -> str:
    """Return the text of a page with its end."""
    return f"{text.rstrip()}\n\n{foot}" if foot else text
