"""Find the texts of the handbook, for rules about words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias

from handbook.base.fixes import Edit, Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.regex import regex
from handbook.base.span import Span
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.marked_terms import free_texts
from handbook.read.pages import Page
from handbook.read.raw import RawEntry
from handbook.read.schemas.places import is_optional
from handbook.read.yaml.document import Pointer

Search = Callable[[str], object]
"""Search for something in a text: the result is true if it might be there."""

UNFINISHED = regex(r"\b(?:TODO|FIXME|[Ll][Oo][Rr][Ee][Mm] [Ii][Pp][Ss][Uu][Mm]|[Xx]{3,})\b")
"""Placeholders for unfinished text, in a way that the form of a proposal reads as well."""
OPEN_POINT = regex(r"\b[Tt][Bb][AaCcDd]\b|^\s*\?+\s*$")
"""Signs that a decision is pending: to be announced, confirmed or decided. The form reads them as well."""

_PART = 2**20
_OVERLAP = 8

Change: TypeAlias = tuple[int, int, str]
"""The offsets of a part of a text, and what replaces it."""


class Text(NamedTuple):
    """One text of an entry, or a whole page.

    Attributes:
        where: The entry or the page.
        pointer: The place in the entry; empty for a page.
        text: The text, with blanks for code, comments and macros, which are not prose.
        written: The whole text, with all of these.
    """

    where: RawEntry | Page
    pointer: Pointer
    text: str
    written: str

    @property
    def is_optional(self) -> bool:
        """Return whether it can be left out."""
        return isinstance(self.where, Page) or is_optional(self.where.kind.shape, self.pointer)

    def problem(self, start: int, end: int, message: str, hint: str, *changes: Change) -> Problem:
        """Return a problem with the text between two offsets.

        Args:
            start: The offset of its first character.
            end: The offset after its last one.
            message: The problem.
            hint: What to do.
            changes: The changes that correct it. They are the one right answer.
        """
        place = partial(self._place, start, end)
        fix = partial(self._fix, changes) if changes else None
        if isinstance(self.where, RawEntry):
            problem = self.where.problem(self.pointer, message, hint)
            return problem._replace(place=place, correction=fix)
        return Problem(self.where.shown_path, place, message, hint, correction=fix)

    def _place(self, start: int, end: int) -> Span:
        piece = self.written[start:end]
        if isinstance(self.where, RawEntry):
            before = self.written.count(piece, 0, start)
            document = self.where.source.document
            return document.text_span((*self.where.at, *self.pointer), piece, before)
        line = self.written.count("\n", 0, start) + 1
        column = start - self.written.rfind("\n", 0, start)
        return Span(line, column, line, column + len(piece.partition("\n")[0]))

    def _fix(self, changes: Iterable[Change]) -> Fix | None:
        """Return the edits, unless YAML spells a changed part in another way."""
        edits: list[Edit] = []
        for start, end, new in changes:
            piece, span = self.written[start:end], self._place(start, end)
            if isinstance(self.where, Page):
                edits.append(Edit(self.where.shown_path, span, new))
                continue
            source, pointer = self.where.source, (*self.where.at, *self.pointer)
            spelling = source.document.written(pointer)[1]
            text = _spelled(new, spelling[:1], is_first=start == 0)
            if (
                text is None
                or source.document.line(span.line)[span.column - 1 : span.end_column - 1] != piece
            ):
                return None
            edits.append(Edit(source.path, span, text))
        return Fix(tuple(edits))


def _spelled(new: str, mark: str, *, is_first: bool) -> str | None:
    """Return a part of a text as YAML spells it; nothing if the whole text needs quotes for it.

    Args:
        new: The part.
        mark: The first character of the text as it is written.
        is_first: Whether the text starts with the part.
    """
    if mark == '"':
        import json  # noqa: PLC0415 - few corrections need it

        return json.dumps(new, ensure_ascii=False)[1:-1]
    if mark == "'":
        return new.replace("'", "''")
    is_plain = mark not in {"|", ">"}
    return None if is_plain and (is_first or ": " in new or " #" in new) else new


def texts(context: Context, search: Search, in_file: Search | None = None) -> Iterator[Text]:
    """Yield the texts in which something might occur: first those of the entries, then the pages.

    Args:
        context: Everything that was read from the site.
        search: Whether it might occur in a text.
        in_file: Whether it might occur in a source file as written; by default `search`.
            Other files are skipped.
    """
    files = {source.path for source in context.sources if may_have(source, in_file or search)}
    for entry in context.entries:
        if entry.source.path in files:
            for pointer, text in strings(entry.value, ()):
                if search(text):
                    yield Text(entry, pointer, prose(text), text)
    yield from _pages(context, search)


def may_have(source: Source, search: Search) -> bool:
    """Return whether something might occur in a text of a source file, by the file as written.

    Codes can spell it, such as that of a line break, whose letter joins the word behind it.
    """
    text = source.document.text
    return "\\" in text or bool(search(text))


def lowered(text: str) -> Iterator[str]:
    """Yield a text in lowercase, a large one in parts. A word of at most nine characters is whole in one."""
    for start in range(0, len(text), _PART):
        yield text[start : start + _PART + _OVERLAP].lower()


def markdown_texts(context: Context, search: Search) -> Iterator[Text]:
    """Yield the Markdown texts in which something might occur: first those of the entries, then the pages."""
    for entry, pointer, _, value in context.markdown_texts:
        if search(value):
            yield Text(entry, pointer, prose(value), value)
    yield from _pages(context, search)


def _pages(context: Context, search: Search) -> Iterator[Text]:
    return (Text(page, (), prose(page.text), page.text) for page in context.pages if search(page.text))


def free_entry_texts(context: Context, in_file: Search) -> Iterator[tuple[Text, bool]]:
    """Yield the texts of entries for readers, not IDs, links or quotations, and whether each is Markdown.

    Args:
        context: Everything that was read from the site.
        in_file: Whether something might occur in a source file as written. Other files are skipped.
    """
    files = {source.path for source in context.sources if may_have(source, in_file)}
    for entry in context.entries if files else ():
        if entry.source.path in files:
            for found in free_texts(entry.value, entry.kind.shape):
                yield Text(entry, found.pointer, prose(found.text), found.text), found.is_markdown


def strings(value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[Pointer, str]]:
    """Yield each text in a value with its place."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from strings(part, (*pointer, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from strings(part, (*pointer, index))
