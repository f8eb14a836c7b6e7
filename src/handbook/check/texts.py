"""The texts of the handbook, wherever they stand, as rules about words read them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from handbook.check.context import Context, RawEntry
from handbook.check.problem import Problem
from handbook.findings import Span
from handbook.read.document import Pointer
from handbook.read.pages import Page

Search = Callable[[str], object]
"""Looks for something in a text: what it gives is true when that may be there."""

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|(?i:TBD|lorem ipsum|x{3,}))\b")
"""What stands where somebody meant to write on."""

_OPENING = re.compile(r"^[ \t]*(?P<fence>```+|~~~+)|(?P<ticks>`+)|<!--|\{\{|\{%", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?P<fence>```+|~~~+)[ \t]*$", re.MULTILINE)
_TICKS = re.compile(r"`+")
_CLOSING = {"<!--": "-->", "{{": "}}", "{%": "%}"}


class Text(NamedTuple):
    """One text of an entry, or a whole page.

    Attributes:
        where: The entry or the page.
        pointer: The place in the entry; empty for a page.
        text: What it says. Code, comments and macros in it are blanks, for nobody reads them as prose.
    """

    where: RawEntry | Page
    pointer: Pointer
    text: str

    def problem(self, start: int, end: int, message: str, hint: str) -> Problem:
        """Something wrong with the piece of the text between two offsets."""
        place = partial(self._place, start, end)
        if isinstance(self.where, RawEntry):
            return self.where.problem(self.pointer, message, hint)._replace(place=place)
        return Problem(self.where.shown_path, place, message, hint)

    def _place(self, start: int, end: int) -> Span:
        piece = self.text[start:end]
        if isinstance(self.where, RawEntry):
            before = self.text.count(piece, 0, start)
            document = self.where.source.document
            return document.text_span((*self.where.at, *self.pointer), piece, before)
        line = self.text.count("\n", 0, start) + 1
        column = start - self.text.rfind("\n", 0, start)
        return Span(line, column, line, column + len(piece.partition("\n")[0]))


def texts(context: Context, search: Search, in_file: Search | None = None) -> Iterator[Text]:
    """The texts in which something may occur: first those of the entries, then the pages.

    Args:
        context: What was read of the site.
        search: Whether it may occur in a text.
        in_file: Whether it may occur in some text of a source file, as that is written; by default `search`.
            Other files are not taken apart.
    """
    files = {source.path for source in context.sources if (in_file or search)(source.document.text)}
    for entry in context.entries:
        if entry.source.path in files:
            for pointer, text in _strings(entry.value, ()):
                if search(text):
                    yield Text(entry, pointer, prose(text))
    yield from _pages(context, search)


def markdown_texts(context: Context, search: Search) -> Iterator[Text]:
    """The Markdown texts in which something may occur: first those of the entries, then the pages."""
    for entry, pointer, shape, value in context.connections:
        if shape.markdown and isinstance(value, str) and search(value):
            yield Text(entry, pointer, prose(value))
    yield from _pages(context, search)


def _pages(context: Context, search: Search) -> Iterator[Text]:
    return (Text(page, (), prose(page.text)) for page in context.pages if search(page.text))


def prose(text: str, *, with_comments: bool = False) -> str:
    """A Markdown text of the same length with blanks where code, comments and macros stand."""
    if "`" not in text and "~~~" not in text and "<!--" not in text and "{" not in text:
        return text
    parts: list[str] = []
    done = 0
    for start, end in _not_prose(text):
        if with_comments and text.startswith("<!--", start):
            continue
        parts += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def _not_prose(text: str) -> Iterator[tuple[int, int]]:
    """Where code, comments and macros begin and end. What closes each is looked up, never searched twice."""
    closing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _FENCE.finditer(text):
        closing[f"fence {match['fence']}"].append(match.span())
    for match in _TICKS.finditer(text):
        closing[match[0]].append(match.span())
    for opening, mark in _CLOSING.items():
        closing[opening] += [match.span() for match in re.finditer(re.escape(mark), text)]
    at = 0
    while opened := _OPENING.search(text, at):
        at = opened.end()
        is_block = bool(opened["fence"])
        ends = closing.get(f"fence {opened['fence']}" if is_block else opened[0], [])
        index = bisect_left(ends, (at, 0))
        if index < len(ends):
            at = ends[index][1]
        elif is_block or opened[0] == "<!--":
            at = len(text)
        else:
            continue
        yield opened.start(), at


def _strings(value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, (*pointer, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _strings(part, (*pointer, index))
