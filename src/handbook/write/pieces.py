"""Cut a file with a list of entries into pieces, each with the lines of one entry."""

from __future__ import annotations

from handbook.base.named_tuples import NamedTuple
from handbook.write.block_edits import layout_of
from handbook.write.lines import Layout
from handbook.write.parts import Parts

_FEW = 2
"""The entries at the end of a list that tell how the next one is added."""


class Pieces(NamedTuple):
    """A text with a list of entries.

    Attributes:
        head: What is above the first entry.
        entries: The lines of each entry, with the comments and empty lines below it.
        layout: How far the text indents.
    """

    head: str
    entries: list[str]
    layout: Layout


def pieces_of(text: str, plural: str) -> Pieces | None:
    """Return the pieces of a text; `None` if its list isn't one whose entries each start a line.

    Args:
        text: A valid text.
        plural: The key of the list, which is all that the text has.
    """
    parts = Parts(text)
    root = parts.root
    if root is None or not (root.is_mapping and root.is_block) or [key.name for key in root.keys] != [plural]:
        return None
    (items,) = root.children
    if not items.is_block or items.is_mapping or not items.children or parts.content(items) != items.start:
        return None
    dashes = [parts.dash(items, index) for index in range(len(items.children))]
    starts = [parts.bol(dash) for dash in dashes]
    is_apart = all(not text[start:dash].strip(" ") for start, dash in zip(starts, dashes, strict=True))
    if not is_apart or parts.line(root.keys[0].start) == parts.line(dashes[0]):
        return None
    ends = [*starts[1:], len(text)]
    entries = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return Pieces(text[: starts[0]], entries, layout_of(parts))


def end_of_items(text: str, plural: str) -> str | None:
    """Return a list with only the last entries of a text, which ends as the text does."""
    pieces = pieces_of(text, plural)
    return f"{plural}:{line_end(text)}{''.join(pieces.entries[-_FEW:])}" if pieces else None


def line_end(text: str) -> str:
    """Return the line end of a text."""
    return "\r\n" if "\r\n" in text else "\n"
