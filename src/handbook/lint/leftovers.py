"""Text of the template that its reader was meant to replace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from handbook.lint.manuscript import Block, blocks
from handbook.lint.outline import Part, Section

_TELLING = 5
"""The fewest words that two people do not write alike by chance."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text of the template in a part of a document.

    Attributes:
        part: The part.
        block: The first block of it that the template wrote.
        is_all: Whether nothing else stands there.
    """

    part: Part
    block: Block
    is_all: bool


class Leftovers:
    """Finds the blocks of one sort of text, guidance or examples.

    Args:
        sections: The sections of the template.
        text: The text of a section that does not belong in a document.
    """

    def __init__(self, sections: Sequence[Section], text: Callable[[Section], str]) -> None:
        self._own = {
            section.index: frozenset(block.words for block in blocks(text(section))) for section in sections
        }
        self._all = frozenset[tuple[str, ...]]().union(*self._own.values())
        self._by_start: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for known in self._all:
            if len(known) >= _TELLING:
                self._by_start[known[:_TELLING]].append(known)

    def find(self, parts: Iterable[Part], *, short: bool) -> list[Leftover]:
        """What the template wrote in some parts of a document, once for each part.

        Args:
            parts: The parts.
            short: Whether a few words tell as much, when they are those of the same section.
        """
        found = []
        for part in parts:
            own = self._own[part.section.index] if short and part.section else ()
            left = [block for block in part.blocks if block.words in own or self._begins(block)]
            if left:
                found.append(Leftover(part, left[0], self._all.issuperset(b.words for b in part.blocks)))
        return found

    def _begins(self, block: Block) -> bool:
        """Whether a block begins with one of the template's: without an empty line, Markdown joins them."""
        return any(
            block.words[: len(known)] == known for known in self._by_start.get(block.words[:_TELLING], ())
        )
