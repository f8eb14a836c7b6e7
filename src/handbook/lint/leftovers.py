"""Find text of the template that its user was meant to replace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from handbook.lint.manuscript import Block, blocks
from handbook.lint.matching import Section
from handbook.lint.outline import Part

_TELLING = 5
"""The fewest words in common that are not a coincidence."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text of the template in a part of a document.

    Attributes:
        part: The part.
        block: The first block of it that is from the template.
        is_all: Whether the part contains nothing else.
    """

    part: Part
    block: Block
    is_all: bool


class Leftovers:
    """Finds the blocks of one type of text, guidance or examples.

    Args:
        sections: The sections of the template.
        text: Returns the text of a section that does not belong in a document.
    """

    def __init__(self, sections: Sequence[Section], text: Callable[[Section], str]) -> None:
        self._own = {
            section.index: frozenset(block.words for block in blocks(text(section))) for section in sections
        }
        self._all = frozenset[tuple[str, ...]]().union(*self._own.values())
        self._by_start: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for text_words in self._all:
            if len(text_words) >= _TELLING:
                self._by_start[text_words[:_TELLING]].append(text_words)

    def find(self, parts: Iterable[Part], *, short: bool) -> list[Leftover]:
        """Return text of the template in parts of a document, once for each part.

        Args:
            parts: The parts.
            short: Whether a few words are enough if they are from the same section.
        """
        found = []
        for part in parts:
            own = self._own[part.section.index] if short and part.section else ()
            left = [block for block in part.blocks if block.words in own or self._begins(block)]
            if left:
                found.append(Leftover(part, left[0], self._all.issuperset(b.words for b in part.blocks)))
        return found

    def _begins(self, block: Block) -> bool:
        """Return whether a block starts with one of the template: Markdown joins adjacent blocks."""
        return any(
            block.words[: len(start)] == start for start in self._by_start.get(block.words[:_TELLING], ())
        )
