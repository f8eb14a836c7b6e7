"""Changes of a text by offsets."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base.named_tuples import NamedTuple


class Change(NamedTuple):
    """New text for a part of a text.

    Attributes:
        start: The offset of the part.
        end: The offset after it; the same offset to insert.
        text: The new text.
    """

    start: int
    end: int
    text: str


def changed(text: str, changes: Iterable[Change]) -> str:
    """Return a text with changes, which don't overlap. At the same place, they keep their order."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        parts += (text[done:start], new)
        done = end
    return "".join((*parts, text[done:]))


def offset_before(offset: int, changes: Iterable[Change]) -> int:
    """Return the offset in the text before changes that has become an offset after them."""
    shift = 0
    for start, end, new in sorted(changes):
        if offset <= start + shift:
            break
        if offset < start + shift + len(new):
            return start
        shift += len(new) - (end - start)
    return offset - shift
