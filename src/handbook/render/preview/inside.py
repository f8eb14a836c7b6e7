"""Collect the lines of an item or a quotation, with the lines below it that continue its last paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from handbook.base import markdown_lines as md
from handbook.render.preview.templates import is_statement


class _Last(Enum):
    """The block at the end."""

    CLOSED = auto()
    PARAGRAPH = auto()
    TABLE = auto()
    CODE = auto()


class Inside:
    """The lines of an item or a quotation, without what is in front of them.

    Attributes:
        lines: The lines.
    """

    def __init__(self, *lines: str) -> None:
        self.lines: list[str] = []
        self._last = _Last.CLOSED
        self._fence: str | None = None
        self._offset = 0
        """The indentation of the last item inside."""
        for line in lines:
            self.add(line)

    def add(self, line: str) -> None:
        """Add a line."""
        self.lines.append(line)
        inner = line.lstrip(" ")
        if self._fence is not None:
            if md.ends_fence(inner, self._fence):
                self._fence = None
            return
        if md.indent_of(line) - self._offset >= md.INDENT and self._last is not _Last.TABLE:
            self._last = _Last.PARAGRAPH if self._last is _Last.PARAGRAPH else _Last.CODE
            return
        while (item := md.item_at(inner)) or md.is_quote(inner):
            self._last = _Last.CLOSED
            rest = item.text if item else md.unquoted(inner)
            self._offset = len(line) - len(rest) if item else 0
            inner = rest
        self._fence = md.fence_at(inner)
        if not inner or is_statement(inner) or md.block_at([inner], 0) is not md.Block.TEXT:
            self._last = _Last.CLOSED
        elif self._last is _Last.PARAGRAPH and md.starts_table([self.lines[-2].lstrip(" "), inner], 0):
            self._last = _Last.TABLE
        elif self._last is not _Last.TABLE:
            self._last = _Last.PARAGRAPH

    def is_continued(self, lines: Sequence[str], index: int) -> bool:
        """Return whether a line below belongs to the paragraph at the end."""
        line = lines[index]
        if self._last is not _Last.PARAGRAPH or self._fence or not line.strip() or is_statement(line):
            return False
        return not md.interrupts(lines, index, is_outside=True)
