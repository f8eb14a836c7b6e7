"""Replace parts of a text by position, and accept the result only if it says what it should."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from handbook.read.yaml.document import Document

MARK = "\ufeff"
"""The byte order mark that some editors put first."""


class Splice(NamedTuple):
    """New text for a part of a text.

    Attributes:
        start: The offset of the part.
        end: The offset after it; the same offset to insert.
        new: The new text.
    """

    start: int
    end: int
    new: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return a text with some parts replaced. At the same place, they keep their order."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        parts += (text[done:start], new)
        done = end
    return "".join((*parts, text[done:]))


def encoded(data: bytes, document: Document, text: str) -> bytes | None:
    """Return a new text of a file with the byte order mark of its old content.

    Args:
        data: The old content.
        document: The old content, as it was read.
        text: The new text.

    Returns:
        The new content; `None` if the old one is not what was read.
    """
    mark = MARK if data.startswith(MARK.encode()) else ""
    return (mark + text).encode() if (mark + document.text).encode() == data else None


def is_same(first: Any, second: Any) -> bool:
    """Return whether two values are the same, also in their types: `1` is not `1.0` or `true`."""
    if isinstance(first, Mapping):
        return (
            isinstance(second, Mapping)
            and list(first) == list(second)
            and all(is_same(part, second[name]) for name, part in first.items())
        )
    if isinstance(first, list):
        return isinstance(second, list) and len(first) == len(second) and all(map(is_same, first, second))
    return type(first) is type(second) and (first == second or repr(first) == repr(second))
