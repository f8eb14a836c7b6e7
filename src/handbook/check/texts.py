"""The texts of the handbook, wherever they stand, as rules about words read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handbook.check.context import Context, RawEntry
from handbook.check.problem import Problem
from handbook.findings import Span
from handbook.read.document import Pointer
from handbook.read.pages import Page

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|(?i:TBD|lorem ipsum|x{3,}))\b")
"""What stands where somebody meant to write on."""

_NOT_PROSE = re.compile(
    r"^(?P<fence>[ \t]*(?P<mark>```+|~~~+)).*?(?:^[ \t]*(?P=mark)[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--.*?(?:-->|\Z)"
    r"|\{\{.*?\}\}|\{%.*?%\}",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Text:
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
        piece = self.text[start:end]
        if isinstance(self.where, RawEntry):
            before = self.text.count(piece, 0, start)
            return self.where.problem_in_text(self.pointer, piece, message, hint, before)
        line = self.text.count("\n", 0, start) + 1
        column = start - self.text.rfind("\n", 0, start)
        width = len(piece.partition("\n")[0])
        return Problem(self.where.shown_path, Span(line, column, line, column + width), message, hint)


def texts(context: Context, pattern: re.Pattern[str]) -> Iterator[Text]:
    """The texts in which a pattern may occur: first those of the entries, then the pages.

    Files without a match are not taken apart.
    """
    files = {source.path for source in context.sources if pattern.search(source.document.text)}
    for entry in context.entries:
        if entry.source.path in files:
            for pointer, text in _strings(entry.value, ()):
                if pattern.search(text):
                    yield Text(entry, pointer, prose(text))
    yield from _pages(context, pattern)


def markdown_texts(context: Context, pattern: re.Pattern[str]) -> Iterator[Text]:
    """The Markdown texts in which a pattern may occur: first those of the entries, then the pages."""
    for entry, pointer, shape, value in context.connections:
        if shape.markdown and isinstance(value, str) and pattern.search(value):
            yield Text(entry, pointer, prose(value))
    yield from _pages(context, pattern)


def _pages(context: Context, pattern: re.Pattern[str]) -> Iterator[Text]:
    return (Text(page, (), prose(page.text)) for page in context.pages if pattern.search(page.text))


def prose(text: str) -> str:
    """A Markdown text of the same length with blanks where code, comments and macros stand."""
    if "`" not in text and "~~~" not in text and "<!--" not in text and "{" not in text:
        return text
    return _NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _strings(value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, (*pointer, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _strings(part, (*pointer, index))
