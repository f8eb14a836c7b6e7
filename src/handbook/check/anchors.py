"""Find out whether a page of the finished site has an anchor, without rendering it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from handbook.base.language import speaking, translate
from handbook.base.memory import key_of, memory
from handbook.base.regex import regex
from handbook.base.words import Names
from handbook.check.page_anchors import AnchorStyle, anchor_style, has_other_anchors, page_anchors, slug
from handbook.check.view_anchors import ViewAnchor, ViewAnchors, view_anchors
from handbook.read.context import Context
from handbook.read.help_pages import GENERATED_HEADINGS, read_help_page
from handbook.read.jobs import language_for
from handbook.read.macro_calls import MacroCall, macro_calls
from handbook.read.macros import page_macros
from handbook.read.page_language import MacroSyntaxError
from handbook.read.pages import Page
from handbook.read.raw import RawEntry
from handbook.read.view_files import FIGURE_VIEWS, VIEW_SUFFIX

_DEFAULT_VIEW = "entry.jinja"
_MORE_VIEW = "_more.jinja"
_TITLE_OF_ENTRY = "top"
_LONGEST_KEY = 64
_COMPUTED_TITLE = regex(r"^#+[^\n]*\{[{%]", re.MULTILINE)


class PageAnchors:
    """The anchors of one page.

    Attributes:
        names: Those that are known.
        are_all: Whether there can't be others.
        starts: The starts of more, which the key of an item completes.
        keys: These keys.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        starts: Iterable[str] = (),
        keys: frozenset[str] = frozenset(),
        *,
        are_all: bool = True,
    ) -> None:
        self.names = frozenset(names)
        self.starts = frozenset(starts)
        self.keys = keys
        self.are_all = are_all

    def has(self, anchor: str) -> bool:
        """Return whether the page has an anchor, or might have it."""
        if not self.are_all or anchor in self.names:
            return True
        ends = (
            anchor.removeprefix(f"{start}-" if start else "")
            for start in self.starts
            if anchor.startswith(start)
        )
        return any(end in self.keys for end in ends)

    def near(self, anchor: str) -> tuple[str, bool]:
        """Return the nearest anchor, and whether it alone has the same letters; empty if none is near.

        Other letters can mean a part that has been removed.
        """
        letters = _letters(anchor)
        same = [name for name in self._names if _letters(name) == letters]
        if letters and len(same) == 1:
            return same[0], True
        return self._all.nearest(anchor) or "", False

    @cached_property
    def _names(self) -> frozenset[str]:
        """Return all anchors that the page can have."""
        more = (f"{start}-{key}" if start else key for start in self.starts for key in self.keys)
        return self.names.union(more)

    @cached_property
    def _all(self) -> Names:
        return Names(self._names)


class Anchors:
    """The anchors of all pages, each calculated when it is asked for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._pages = {page.path: page for page in context.pages}
        self._known: dict[str, PageAnchors] = {}
        self._own: dict[str, frozenset[str]] = {}
        self._of_views: dict[str, ViewAnchors] = {}

    def has(self, path: str, anchor: str) -> bool:
        """Return whether a page has an anchor, or might have it."""
        # Most links open a heading that the page itself has, which is found in less time.
        return not self._style.is_known or anchor in self._own_of(path) or self.of(path).has(anchor)

    def _own_of(self, path: str) -> frozenset[str]:
        """Return the anchors that a hand-written page or a help page has without its macros."""
        if path not in self._own:
            page = self._pages.get(path)
            if path in self._context.help_paths:
                page = read_help_page(path, self._context.kinds, self._language.code)
            if page and "$" in page.text:
                page = Page(path, page.shown_path, self._language.with_words(page.text))
            self._own[path] = _anchors_in(page, self._style.separator) if page else frozenset()
        return self._own[path]

    def of(self, path: str) -> PageAnchors:
        """Return the anchors of a page, by its path in the docs folder."""
        if path not in self._known:
            with speaking(self._language):
                self._known[path] = self._of(path)
        return self._known[path]

    def _of(self, path: str) -> PageAnchors:
        page = self._pages.get(path)
        if page is not None:
            return self._of_page(page)
        if path in self._context.help_paths:
            return PageAnchors(self._own_of(path), are_all=path not in GENERATED_HEADINGS)
        entry = self._entries.get(path)
        if entry is not None:
            return self._of_entry(entry)
        kind = next((kind for kind in self._context.kinds.values() if f"{kind.page}/index.md" == path), None)
        if kind is None or kind.name in self._context.uncertain_kinds:
            return PageAnchors(are_all=False)
        titles = [translate(kind.title), *self._context.settings.namespaces.values()]
        return PageAnchors(map(self._slug, titles))

    @cached_property
    def _style(self) -> AnchorStyle:
        return anchor_style(self._context.site)

    @cached_property
    def _language(self) -> Any:
        return language_for(self._context, self._context.settings.audience)

    @cached_property
    def _entries(self) -> Mapping[str, RawEntry]:
        return {
            f"{self._context.kinds[kind].page}/{entry_id}.md": entry
            for kind, entries in self._context.ids.items()
            for entry_id, entry in entries.items()
        }

    @cached_property
    def _all_keys(self) -> frozenset[str]:
        ids = (entry.id.replace("/", "-") for entry in self._context.entries)
        return frozenset(ids).union(*(_keys(entry.value) for entry in self._context.entries))

    def _slug(self, text: str) -> str:
        return slug(self._language.with_words(text), self._style.separator)

    def _of_entry(self, entry: RawEntry) -> PageAnchors:
        name = f"{entry.kind.name}{VIEW_SUFFIX}"
        view = self._of_view(name if name in self._context.views.names else _DEFAULT_VIEW)
        more = self._of_view(_MORE_VIEW)
        shown = [
            found
            for found in (*view.anchors, *more.anchors)
            if all(any(map(entry.value.get, fields)) for fields in found.conditions)
        ]
        names = {_TITLE_OF_ENTRY, *self._names(shown)}
        starts = {found.start for found in view.anchors if found.form == "start"}
        return PageAnchors(names, starts, frozenset(_keys(entry.value)), are_all=not view.are_open)

    def _of_view(self, name: str) -> ViewAnchors:
        # Thousands of entries share a view.
        if name not in self._of_views:
            self._of_views[name] = view_anchors(name, self._context.views.text)
        return self._of_views[name]

    def _names(self, anchors: Iterable[ViewAnchor]) -> Iterator[str]:
        """Yield whole anchors, and those of titles in the readers' language."""
        for found in anchors:
            if found.form != "start":
                yield self._slug(translate(found.start)) if found.form == "title" else found.start

    def _of_page(self, page: Page) -> PageAnchors:
        own = self._own_of(page.path)
        if has_other_anchors(page.text):
            return PageAnchors(own, are_all=False)
        if "{{" not in page.text and "{%" not in page.text:
            return PageAnchors(own)
        try:
            calls = macro_calls(page, self._context.site.macros)
        except MacroSyntaxError:
            return PageAnchors(are_all=False)
        if _COMPUTED_TITLE.search(page.text):
            return PageAnchors(are_all=False)
        found = [self._of_call(call) for call in calls]
        return PageAnchors(
            own.union(*(each.names for each in found)),
            frozenset().union(*(each.starts for each in found)),
            self._all_keys if any(each.starts for each in found) else frozenset(),
            are_all=all(each.are_all for each in found),
        )

    def _of_call(self, call: MacroCall) -> PageAnchors:
        macro = page_macros(self._context.kinds.values()).get(call.name)
        if macro and (macro.name in {"entries", "ref"} or (macro.kind and macro.shows == "entries")):
            return PageAnchors()
        view = f"{FIGURE_VIEWS}{call.name}{VIEW_SUFFIX}"
        if macro or view not in self._context.views.names:
            return PageAnchors(are_all=False)
        found = self._of_view(view)
        starts = {each.start for each in found.anchors if each.form == "start"}
        return PageAnchors(self._names(found.anchors), starts, are_all=not found.are_open)


def _anchors_in(page: Page, separator: str) -> frozenset[str]:
    """Return the anchors of a page without its macros, from the memory if the text is the same."""
    kept = memory()
    key = key_of("anchors", separator, page.text) if kept else ""
    found: frozenset[str] | None = kept.recall(key) if kept else None
    if found is None:
        found = page_anchors(page, separator)
        if kept:
            kept.keep(key, found)
    return found


def _letters(anchor: str) -> str:
    return "".join(filter(str.isalnum, anchor)).casefold()


def _keys(value: Any) -> Iterator[str]:
    """Yield the texts of an entry that can be the key of an item."""
    if isinstance(value, str):
        if len(value) <= _LONGEST_KEY and " " not in value:
            yield value
    elif isinstance(value, (Mapping, list)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _keys(part)
