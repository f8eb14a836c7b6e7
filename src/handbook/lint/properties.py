"""The properties of a document without front matter: lines or a table of names and values at its top.

Notion writes `Status: Draft` below the title, Confluence and Word have a table, and others write
`Status | Draft`. Only names of the template count, so any other text can be there, too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span
from handbook.lint.manuscript import Heading, Manuscript, words
from handbook.read.yaml.document import Document

Words = tuple[str, ...]

_MOST_LINES = 80
"""The lines at the top to search. The properties of a document are not further below."""

_CELL = re.compile(r"(?:\\.|[^|\t\\])+")
_PROPERTY = re.compile(
    r"[\s>]*(?:[-*+]\s+)?(?:\*\*|__)?(?P<label>[^\s:*|\uff1a][^:*|\uff1a]{0,60}?)\s{0,3}(?:\*\*|__)?\s{0,3}[:\uff1a]"
    r"\s{0,3}(?:\*\*|__)?\s{0,3}(?P<value>.*)"
)
_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?")


class Property(NamedTuple):
    """A name and a value at the top of a document.

    Attributes:
        label: The name, as written.
        value: The value, as written.
        start: The offset of the name in the file.
        value_start: The offset of the value in the file.
    """

    label: str
    value: str
    start: int
    value_start: int


class _Cell(NamedTuple):
    text: str
    start: int


def find_properties(manuscript: Manuscript, known: Container[Words]) -> list[Property]:
    """Return everything above the first section that can be a property.

    Args:
        manuscript: The document.
        known: The words of the names. They decide whether a table has its names on the side or at the top.
    """
    found: list[Property] = []
    above: Sequence[_Cell] = ()
    titles: Sequence[_Cell] = ()
    for number in range(1, _end(manuscript)):
        line = manuscript.file.line(number)
        if _RULE.fullmatch(line.strip()):
            titles = above if len(above) > 1 and all(words(cell.text) in known for cell in above) else ()
            continue
        cells = _cells(line, manuscript.file.offset(Span(number, 1, number, 1)))
        if titles and cells:
            found = [each for each in found if each.start < titles[0].start]
            found += [_property(*pair) for pair in zip(titles, cells, strict=False)]
        else:
            found += _in_cells(_whole_if_one(cells, line))
        above, titles = cells, ()
    return found


def _end(manuscript: Manuscript) -> int:
    """Return the line of the first heading that is not the title."""
    headings = [part for part in manuscript.parts if isinstance(part, Heading)]
    has_title = headings and (headings[0].level == 1 or headings[0].level < headings[-1].level)
    last = headings[1:] if has_title else headings
    return last[0].span.line if last else _last_line(manuscript.file)


def _last_line(file: Document) -> int:
    return min(file.text.count("\n") + 1, _MOST_LINES) + 1


def _cells(line: str, offset: int) -> Sequence[_Cell]:
    """Return the cells of a line, without the empty ones; a line without bars or tabs is one cell."""
    found = (_Cell(match[0], offset + match.start()) for match in _CELL.finditer(line))
    return [_stripped(cell) for cell in found if cell.text.strip()]


def _whole_if_one(cells: Sequence[_Cell], line: str) -> Sequence[_Cell]:
    """Return a line as one cell if its bars are a part of the value: `Status: Draft  # Draft | Done`."""
    inside = [_PROPERTY.fullmatch(cell.text) is not None for cell in cells]
    if len(cells) > 1 and inside[0] and not all(inside) and not line.lstrip().startswith("|"):
        return [_Cell(line.strip(), cells[0].start)]
    return cells


def _stripped(cell: _Cell) -> _Cell:
    start = len(cell.text) - len(cell.text.lstrip())
    return _Cell(cell.text.strip(), cell.start + start)


def _in_cells(cells: Sequence[_Cell]) -> Iterator[Property]:
    """Yield the properties of a line: `Status: Draft` in each cell, or names and values in turn."""
    inside = [_PROPERTY.fullmatch(cell.text) for cell in cells]
    if len(cells) == 1 or all(inside):
        for cell, match in zip(cells, inside, strict=True):
            if match:
                places = [cell.start + match.start(name) for name in ("label", "value")]
                yield Property(match["label"], match["value"], places[0], places[1])
        return
    for name, value in zip(cells[::2], cells[1::2], strict=False):
        yield _property(name, value)


def _property(name: _Cell, value: _Cell) -> Property:
    return Property(name.text, value.text, name.start, value.start)
