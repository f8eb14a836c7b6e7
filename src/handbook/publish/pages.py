"""Generated pages: one for each entry, one for each content type, and one for the latest changes."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from handbook.base.as_yaml import as_yaml
from handbook.base.language import N_, Language, _, current, speaking
from handbook.base.sentences import in_words
from handbook.base.shelf import Keep, in_memory
from handbook.base.span import Span
from handbook.base.text import escape
from handbook.link.catalogue import Entry
from handbook.link.selection import default_columns, default_order, select
from handbook.loaded.handbook import Handbook
from handbook.read.audiences import may_see
from handbook.read.gone import Gone
from handbook.read.life import ended_state
from handbook.read.pages import CHANGES_PAGE
from handbook.read.schemas.kinds import Kind
from handbook.render.entry_tables import Layout, draw_entries
from handbook.render.render import Renderer
from handbook.render.signs import own_sign

NAVIGATION_LIMIT = 50
"""The maximum number of entries that a section lists in the navigation. MkDocs writes the whole navigation
into every
page, so its cost grows with the square of the number of pages."""

NEW = N_("What's new")
CHANGES_SUMMARY = N_("Changes since the previous version.")
_NO_VERSION = N_(
    "This is the unreleased version of the handbook. In published versions, this page lists the\n"
    "changes since the previous version.\n"
)
_CHANGES_FRONT = """---
title: {}
description: {}
icon: material/history
render_macros: false
---

"""


@dataclass(frozen=True, eq=False)
class GeneratedPage:
    """A page generated from data.

    Attributes:
        path: Its path in the docs folder.
        title: Its title, as HTML.
        short_title: Its title in the navigation, as HTML.
        write: Returns its text, with front matter.
        source: The file to edit, relative to the folder of the site.
        find_span: Returns the position in that file. Most pages are never asked for it.
        kind: Its content type; `None` for help pages, the page of changes and those of removed entries.
        in_navigation: Whether it is in the navigation, which lists its folder and not too many entries.
        language: The language of the text.
        keep: Keeps the text.
    """

    path: str
    title: str
    short_title: str
    write: Callable[[], str]
    source: str
    find_span: Callable[[], Span]
    kind: Kind | None
    in_navigation: bool
    language: Language = field(default_factory=current)
    keep: Keep = in_memory

    @property
    def span(self) -> Span:
        """Its position in the file of its source."""
        return self.find_span()

    @property
    def titles(self) -> tuple[str, str]:
        """Both of its titles."""
        return self.title, self.short_title

    @cached_property
    def read(self) -> Callable[[], str]:
        """What returns its text, which is written when this is first asked for.

        Raises:
            ViewError: A view is invalid.
        """
        with speaking(self.language):
            return self.keep(self.write())

    @property
    def markdown(self) -> str:
        """Its text, with front matter.

        Raises:
            ViewError: A view is invalid.
        """
        return self.read()


def make_pages(handbook: Handbook, renderer: Renderer) -> Iterator[GeneratedPage]:
    """Yield the pages of every content type and entry that no hand-written page replaces."""
    for kind in handbook.catalogue.kinds.values():
        entries = list(handbook.catalogue.entries(kind.name).values())
        if not entries:
            continue
        index = f"{kind.page}/index.md"
        if index not in handbook.pages:
            yield _index(kind, entries, index, renderer)
        named = handbook.site.navigation is None or f"{kind.page}/" in handbook.site.navigation
        listed = named and len(entries) <= NAVIGATION_LIMIT
        for entry in select(kind, entries):
            if entry.page not in handbook.pages:
                yield _page(entry, renderer, listed=listed)


def _index(kind: Kind, entries: list[Entry], path: str, renderer: Renderer) -> GeneratedPage:
    shown = html.escape(_(kind.title))
    write = partial(_index_text, kind, entries, path, renderer)
    return GeneratedPage(path, shown, shown, write, entries[0].path, Span, kind, in_navigation=True)


def _index_text(kind: Kind, entries: list[Entry], path: str, renderer: Renderer) -> str:
    ordered = select(kind, entries, sort=default_order(kind))
    groups = {title: [entry for entry in ordered if entry.namespace == title] for title in _titles(ordered)}
    context = renderer.context(path)
    layout, sign = Layout(default_columns(kind)), partial(own_sign, renderer.repository.site)
    tables = "\n".join(
        f"{_heading(title)}{draw_entries(kind, group, layout, context, sign=sign)}\n"
        for title, group in groups.items()
    )
    title, description = _(kind.title), _(kind.description) if kind.description else ""
    body = f"# {escape(title)}\n\n{_lead(description)}{tables}"
    front = _front_matter(title, description, icon=kind.icon, hide=["toc"])
    return front + renderer.page(body, path, entries[0])


def _heading(title: str) -> str:
    return f"## {escape(title)}\n\n" if title else ""


def _titles(entries: Iterable[Entry]) -> list[str]:
    """Return the titles of namespaces in order, after the empty title of entries without one."""
    return sorted({entry.namespace for entry in entries}, key=lambda title: (title.casefold(), title))


def _page(entry: Entry, renderer: Renderer, *, listed: bool) -> GeneratedPage:
    return GeneratedPage(
        entry.page,
        html.escape(entry.name),
        html.escape(_listed_name(entry)),
        partial(_text, entry, renderer),
        entry.path,
        lambda: entry.span,
        entry.kind,
        in_navigation=listed,
    )


def _text(entry: Entry, renderer: Renderer) -> str:
    summary = str(entry.data.get("summary", ""))
    body = f"{renderer.title(entry)}{_lead(summary)}{renderer.entry(entry, entry.page)}"
    front = _front_matter(entry.name, summary, hide=["toc"] if entry.kind.is_wide else [])
    return front + renderer.page(body, entry.page, entry)


def _listed_name(entry: Entry) -> str:
    """Return the name of an entry in the navigation, with its state if it has ended."""
    state = ended_state(entry.data)
    return f"{entry.brief_name} ({state})" if state else entry.brief_name


def changes_page(handbook: Handbook, renderer: Renderer, changes: str | None) -> Iterator[GeneratedPage]:
    """Yield the page of changes, unless a hand-written page replaces it.

    A published version always has the page. Any other build has the page when the navigation names it, or
    is automatic.

    Args:
        handbook: The handbook.
        renderer: Renders the byline.
        changes: The changes since the previous version, as Markdown; `None` if no version is published.
    """
    is_named = shows_changes(handbook)
    if (changes is not None or is_named) and all(
        page.path != CHANGES_PAGE for page in handbook.context.pages
    ):
        title = _(NEW)
        text = _(_NO_VERSION) if changes is None else changes
        body = f"# {title} {{ #what-changed }}\n\n{text}"
        front = _CHANGES_FRONT.format(title, _(CHANGES_SUMMARY))
        yield GeneratedPage(
            CHANGES_PAGE,
            title,
            title,
            lambda: front + renderer.made_page(body, CHANGES_PAGE, title),
            CHANGES_PAGE,
            Span,
            None,
            in_navigation=is_named,
        )


def shows_changes(handbook: Handbook) -> bool:
    """Return whether the navigation has the page of changes in every build, or is automatic."""
    named = handbook.site.navigation
    return named is None or CHANGES_PAGE in named


def gone_pages(handbook: Handbook) -> Iterator[GeneratedPage]:
    """Yield a page for each removed entry that the audience could see, at its old address."""
    context = handbook.context
    for path, gone in context.gone_pages.items():
        if may_see(handbook.audience, gone.audience) and path not in context.page_paths:
            title = handbook.language.with_words(gone.name)
            shown = html.escape(title)
            write = partial(_gone_text, handbook, path, gone, title)
            source = gone.file.source.path
            yield GeneratedPage(path, shown, shown, write, source, Span, None, in_navigation=False)


def _gone_text(handbook: Handbook, path: str, gone: Gone, title: str) -> str:
    text = "\n\n".join(_said_of(handbook, path, gone))
    return f"{_front_matter(title, '')}# {escape(title)}\n\n{text}\n"


def _said_of(handbook: Handbook, path: str, gone: Gone) -> Iterator[str]:
    day = in_words(date.fromisoformat(gone.day))
    yield _("This page was removed on %(day)s.", day=day)
    yield f"{escape(handbook.language.with_words(gone.why))}."
    kind, entry_id = gone.instead or ("", "")
    entry = handbook.catalogue.entries(kind).get(entry_id) if kind in handbook.catalogue.kinds else None
    if entry is not None:
        link = f"[{escape(entry.name)}]({posixpath.relpath(entry.page, posixpath.dirname(path))})"
        yield _("Use %(link)s instead.", link=link)


def _lead(sentence: str) -> str:
    return f'<p class="hb-lead">{escape(sentence)}</p>\n\n' if sentence else ""


def _front_matter(title: str, description: str, **more: object) -> str:
    """Return front matter. The theme inserts title and description as HTML, so they are HTML here."""
    values = {
        "title": html.escape(title),
        "description": html.escape(description),
        **more,
        "render_macros": False,
    }
    lines = [f"{name}: {as_yaml(value)}" for name, value in values.items() if value not in ("", None, [])]
    return "\n".join(["---", *lines, "---", "", ""])
