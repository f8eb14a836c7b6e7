"""A shelf gives back the texts that it has kept."""

from __future__ import annotations

import pytest

from handbook.base.shelf import Keep, Shelf, in_memory


@pytest.mark.parametrize("keep", [Shelf().keep, in_memory])
def test_every_text_comes_back_in_any_order(keep: Keep) -> None:
    # Together they are too large for the part of the shelf that is in the memory.
    texts = ["", "a\r\nb", "Ü\U0001f600", "\ud800", "x" * 9_000_000, "last"]
    first = [keep(text) for text in texts[:-1]]
    assert first[2]() == texts[2]
    reads = [*first, keep(texts[-1])]
    assert [read() for read in reversed(reads)] == texts[::-1]
