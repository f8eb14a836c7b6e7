"""Write a text with the byte order mark of its file."""

from __future__ import annotations

from handbook.read.yaml.document import Document

MARK = "\ufeff"
"""The byte order mark that some editors put first."""


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
