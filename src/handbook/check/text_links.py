"""Find the links in entries and on pages, with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import unquote

from handbook.base.fixes import Edit, Fix
from handbook.base.markdown_links import is_written_otherwise, possible_links, targets_that, written_links
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.span import Span
from handbook.check.left_out import EXCLUDED, unpublished_by
from handbook.check.page_prose import page_prose
from handbook.read.context import Context
from handbook.read.pages import Page
from handbook.read.raw import RawEntry
from handbook.read.yaml.document import Pointer

IsMeant = Callable[[str, str | None, bool], bool]
"""Tells whether to find a link, by its target, its page (`None` in an entry) and whether it is a tag."""


class TextLink(NamedTuple):
    """A link or an image in an entry or on a page.

    Attributes:
        target: What it opens, as written.
        where: The entry or the page.
        pointer: The text in the entry; empty for a page.
        start: The offset of the target in that text; `None` if it is spelt in another way.
        is_tag: Whether it is a tag. Engines leave the target of a tag as it is.
    """

    target: str
    where: RawEntry | Page
    pointer: Pointer = ()
    start: int | None = None
    is_tag: bool = False

    @property
    def page(self) -> str | None:
        """Return the page with the link; `None` for a link in an entry."""
        return self.where.path if isinstance(self.where, Page) else None

    def problem(
        self, message: str, hint: Callable[[], str], correct: Callable[[], tuple[str, bool]]
    ) -> Problem:
        """Return a problem with this link.

        Args:
            message: The problem.
            hint: Returns what to do.
            correct: Returns the right target, and whether it is the only right one; empty if unknown.
        """
        correction = partial(self._fix, correct)
        if isinstance(self.where, Page):
            return Problem(self.where.shown_path, self._span, message, hint, correction=correction)
        entry = self.where.problem(self.pointer, message, hint)
        return entry._replace(place=self._span, correction=correction)

    def _span(self) -> Span:
        if isinstance(self.where, Page):
            start, text = self.start or 0, self.where.text
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            return Span(line, column, line, column + len(self.target))
        value = self._value
        before = value.count(self.target, 0, self.start or 0)
        return self.where.source.document.text_span((*self.where.at, *self.pointer), self.target, before)

    @property
    def _value(self) -> str:
        value = self.where.value if isinstance(self.where, RawEntry) else ""
        for part in self.pointer:
            value = value[part]  # type: ignore[index]  # the text was found there
        return str(value)

    def _fix(self, correct: Callable[[], tuple[str, bool]]) -> Fix | None:
        target, is_safe = correct()
        span = self._span()
        if not target or self.start is None:
            return None
        if isinstance(self.where, Page):
            return Fix((Edit(self.where.shown_path, span, target),), is_safe=is_safe)
        source = self.where.source
        written = source.document.line(span.line)[span.column - 1 : span.end_column - 1]
        # In quotes, the target can be spelt in another way.
        if written != self.target:
            return None
        return Fix((Edit(source.path, span, target),), is_safe=is_safe)


def text_links(context: Context, is_meant: IsMeant) -> Iterator[TextLink]:
    """Yield the links that a function means: first those of the entries, then those of the pages."""
    in_entry = partial(_in_entry, is_meant)

    def might_be(target: str) -> bool:
        return in_entry(target) or is_written_otherwise(target)

    for entry, pointer, shape, value in context.texts_with_links(might_be):
        if shape.link and in_entry(value):
            yield TextLink(value, entry, pointer, 0)
        elif shape.markdown:
            for target, start in _in_value(in_entry, value):
                yield TextLink(target, entry, pointer, start)
    setting_of = unpublished_by(context.site)
    for page in context.pages:
        if setting_of is None or setting_of(page.path) != EXCLUDED:
            yield from _on_page(page, is_meant)


def _in_entry(is_meant: IsMeant, target: str) -> bool:
    return is_meant(target, None, False)  # noqa: FBT003


def _in_value(is_meant: Callable[[str], bool], value: str) -> Iterator[tuple[str, int | None]]:
    found = list(targets_that(is_meant, value))
    if not found:
        return
    remaining = Counter(map(unquote, found))
    for link in written_links(prose(value)):
        name = unquote(link.target)
        if remaining[name] and not link.is_tag:
            remaining[name] -= 1
            yield link.target, link.start
    for target in remaining.elements():
        yield target, None


def _on_page(page: Page, is_meant: IsMeant) -> Iterator[TextLink]:
    # Most pages have only links that are obviously correct.
    if any(is_meant(target, page.path, is_tag) for target, is_tag in possible_links(page.text)):
        for link in written_links(page_prose(page, with_held_code=False)):
            if is_meant(link.target, page.path, link.is_tag):
                yield TextLink(link.target, page, (), link.start, link.is_tag)
