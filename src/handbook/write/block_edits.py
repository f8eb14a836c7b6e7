"""Edit lists and mappings that are on lines of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from handbook.read.yaml.changes import Change
from handbook.write.lines import Layout, Writer
from handbook.write.parts import Part, Parts

Candidate = Sequence[Change]
"""Edits that might give the expected result."""


_SAMPLE = 2_000
"""The parts of a text that tell how it indents."""


def layout_of(parts: Parts) -> Layout:
    """Return how far a text usually indents, by its first parts."""
    if parts.layout:
        return parts.layout
    fields: Counter[int] = Counter()
    items: Counter[int] = Counter()
    texts: Counter[int] = Counter()
    for part in islice(parts.every(), _SAMPLE):
        if not (part.is_mapping and part.is_block):
            continue
        for key, value in zip(part.keys, part.children, strict=True):
            column = parts.column(key.start)
            if value.is_block_text:
                line = parts.next_line(value.start)
                texts[
                    len(parts.text[line : value.end]) - len(parts.text[line : value.end].lstrip()) - column
                ] += 1
            elif value.is_block and value.is_mapping:
                fields[parts.column(value.keys[0].start) - column] += 1
            elif value.is_block:
                items[parts.column(parts.dash(value, 0)) - column] += 1
    usual = (_most(found, least) for found, least in ((fields, 1), (items, 0), (texts, 1)))
    return Layout(*usual)


def _most(found: Counter[int], least: int) -> int:
    return next((columns for columns, _ in found.most_common() if least <= columns <= 9), 2)  # noqa: PLR2004


class BlockEdits:
    """Edits of a list or a mapping on lines of its own, as candidates: the caller reads the results.

    Args:
        parts: The text.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._text = parts.text
        self._writer = Writer(layout_of(parts))

    def add(self, mapping: Part, index: int, name: str, value: Any) -> Iterator[Candidate]:
        """Yield the edits that add a field behind others."""
        column = self._parts.column(mapping.keys[0].start)
        lines = list(self._writer.fields({name: value}))
        end = mapping.children[index - 1].end
        yield [self._below(self._parts.tail(end, column), lines, column)]
        yield [self._below(self._parts.eol(end), lines, column)]

    def insert(self, items: Part, index: int, value: Any, lines: Sequence[str] = ()) -> Iterator[Candidate]:
        """Yield the edits that add an item."""
        parts = self._parts
        dash = parts.dash(items, 0)
        column = parts.column(dash)
        lines = lines or list(self._writer.item(value, gap=self._gap(items)))
        is_spaced = self._is_spaced(items)
        if index == 0:
            new = _joined(lines, column, parts.line_end())
            between = parts.line_end() if is_spaced else ""
            yield [Change(dash, dash, f"{new.lstrip(' ')}{between}{' ' * column}")]
            return
        if index == len(items.children) and self._is_alone(items):
            at = len(self._text)
            last = self._text[parts.bol(len(self._text.rstrip("\r\n"))) :]
            is_apart = not last.strip() or self._text.endswith(("\n\n", "\r\n\r\n"))
            yield [self._below(at, ["", *lines] if is_spaced and not is_apart else lines, column)]
        end = parts.tail(items.children[index - 1].end, column)
        yield [self._below(end, ["", *lines] if is_spaced else lines, column)]

    def remove(self, part: Part, index: int) -> Iterator[Candidate]:
        """Yield the edits that remove a field or an item. There are others."""
        parts = self._parts
        start, end = self._lines_of(part, index)
        if self._is_first_on_line(start):
            first, last = parts.bol(start), parts.next_line(end)
            if parts.eol(end) == len(self._text):
                first, last = parts.eol(parts.bol(first - 1)) if first else 0, len(self._text)
            yield [self._without_gap(first, last)]
            yield [Change(first, last, "")]
        elif index + 1 < len(part.children):
            after, _ = self._lines_of(part, index + 1)
            if not parts.has_comment(end, after):
                yield [Change(start, after, "")]
            yield [Change(start, part.children[index].end, "")]

    def move(self, items: Part, index: int, to: int) -> Iterator[Candidate]:
        """Yield the edits that give an item another position. The comments above it go with it."""
        parts = self._parts
        start, end = self._lines_of(items, index)
        least = parts.next_line(items.children[index - 1].end) if index else parts.bol(start)
        for first in dict.fromkeys((parts.head(start, least), parts.bol(start))):
            raw = self._text[first : parts.eol(end)]
            if not self._is_first_on_line(start):
                return
            cut = Change(first, parts.next_line(end), "")
            gap = self._without_gap(cut.start, cut.end)
            column = parts.column(parts.dash(items, 0))
            if to == 0:
                at = parts.bol(parts.dash(items, 0))
                paste = Change(at, at, f"{raw}{parts.line_end() * (1 + self._is_spaced(items))}")
            else:
                above = items.children[to - 1 if to < index else to]
                at = parts.tail(above.end, column)
                between = parts.line_end() * (1 + self._is_spaced(items))
                paste = Change(at, at, f"{between}{raw}")
            yield [gap, paste]
            yield [cut, paste]

    def _lines_of(self, part: Part, index: int) -> tuple[int, int]:
        """Return where a field or item starts, at its key or dash, and the end of what belongs to it."""
        parts = self._parts
        start = part.keys[index].start if part.is_mapping else parts.dash(part, index)
        end = part.children[index].end
        return start, end if part.is_mapping else parts.tail(end, parts.column(start))

    def _without_gap(self, first: int, last: int) -> Change:
        """Return the removal of lines, and of the empty line before them if one follows or nothing does."""
        above = self._parts.bol(max(first - 1, 0))
        is_after = not self._text[last : self._parts.eol(last)].strip()
        if first and is_after and not self._text[above:first].strip() and above < first:
            first = above
        return Change(first, last, "")

    def _below(self, end: int, lines: Iterable[str], column: int) -> Change:
        """Return lines that are put below the line that ends at an offset."""
        line_end = self._parts.line_end()
        new = _joined(lines, column, line_end)
        if end == len(self._text) and (not self._text or self._text.endswith(("\n", "\r"))):
            return Change(end, end, new)
        new = f"{line_end}{new}"
        return Change(end, end, new if end == len(self._text) else new.removesuffix(line_end))

    def _is_first_on_line(self, offset: int) -> bool:
        return not self._text[self._parts.bol(offset) : offset].strip()

    def _is_alone(self, items: Part) -> bool:
        """Return whether a list is all that a file has."""
        root = self._parts.root
        return root is not None and root.is_mapping and root.children == [items]

    def _is_spaced(self, items: Part) -> bool:
        """Return whether empty lines separate the items, with comments above the last one skipped."""
        if not items.children[1:]:
            return False
        last = len(items.children) - 1
        start = self._parts.head(self._parts.dash(items, last), items.children[last - 1].end)
        above = self._parts.bol(max(self._parts.bol(start) - 1, 0))
        return above < start and not self._text[above : self._parts.bol(start)].strip()

    def _gap(self, items: Part) -> int:
        """Return the spaces after a dash."""
        gaps = [
            item.start - self._parts.dash(items, index) - 1 for index, item in enumerate(items.children[:1])
        ]
        return next((gap for gap in gaps if 1 <= gap <= 8), 1)  # noqa: PLR2004


def _joined(lines: Iterable[str], column: int, line_end: str) -> str:
    return "".join(f"{' ' * column}{line}{line_end}" if line else line_end for line in lines)
