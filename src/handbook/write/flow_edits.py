"""Edit lists and mappings in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handbook.read.yaml.changes import Change
from handbook.write.lines import on_one_line
from handbook.write.parts import Part, Parts
from handbook.write.scalars import written

Candidate = Sequence[Change]
"""Edits that might give the expected result."""


class FlowEdits:
    """Edits of a list or a mapping in brackets, as candidates: the caller reads the results.

    Args:
        parts: The text.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._text = parts.text

    def add(self, mapping: Part, index: int, name: str, value: Any) -> Iterator[Candidate]:
        """Yield the edits that add a field behind others, or to an empty mapping."""
        if not mapping.children:
            at = self._text.index("{", mapping.start) + 1
            yield [Change(at, at, f"{written(name)}: {on_one_line(value)}")]
            return
        end = mapping.children[index - 1].end
        yield [Change(end, end, f", {written(name)}: {on_one_line(value)}")]

    def insert(self, items: Part, index: int, value: Any, _lines: Sequence[str] = ()) -> Iterator[Candidate]:
        """Yield the edits that add an item to others."""
        yield from self._paste(items, index, on_one_line(value), ())

    def remove(self, part: Part, index: int) -> Iterator[Candidate]:
        """Yield the edits that remove a field or an item. There are others."""
        yield self._cut(part, index)

    def move(self, items: Part, index: int, to: int) -> Iterator[Candidate]:
        """Yield the edits that give an item another position."""
        raw = self._text[items.children[index].start : items.children[index].end]
        yield from self._paste(items, to if to <= index else to + 1, raw, self._cut(items, index))

    def _paste(self, items: Part, index: int, raw: str, others: Sequence[Change]) -> Iterator[Candidate]:
        if index:
            at = items.children[index - 1].end
            yield [*others, Change(at, at, f", {raw}")]
        else:
            at = items.children[0].start
            yield [*others, Change(at, at, f"{raw}, ")]

    def _cut(self, part: Part, index: int) -> Candidate:
        """Return the removal of a part with one comma. Comments stay."""
        starts = part.keys or part.children
        start, end = starts[index].start, part.children[index].end
        if index:
            before = part.children[index - 1].end
            comma = self._parts.find(",", before, start)
        else:
            before = end
            after = starts[1].start
            comma = self._parts.find(",", end, after)
            if comma is not None and not self._parts.has_comment(end, after):
                return [Change(start, after, "")]
        if comma is None:
            raise KeyError(index)
        if index and not self._parts.has_comment(before, start):
            return [Change(comma, end, "")]
        return sorted([Change(start, end, ""), Change(comma, comma + 1, "")])
