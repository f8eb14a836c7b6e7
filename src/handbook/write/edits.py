"""Apply edits to the text of a file. Everything else stays, including line ends and a byte order mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handbook.base.fixes import Edit
from handbook.base.span import Span
from handbook.read.yaml.changes import Change, changed

_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\n|\r")


def with_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file with edits, which don't overlap.

    Args:
        data: The file. Bytes that are not UTF-8 stay.
        edits: The edits. New lines get the line ends of the file.

    Raises:
        ValueError: An edit is outside the file.
    """
    mark = _MARK if data.startswith(_MARK) else b""
    text = data[len(mark) :].decode("utf-8", "surrogateescape")
    lines = _Lines(text)
    changes = (Change(*lines.range(edit.span), lines.with_own_ends(edit.text)) for edit in edits)
    return mark + changed(text, changes).encode("utf-8", "surrogateescape")


def do_overlap(first: Span, second: Span) -> bool:
    """Return whether two edited parts have a character or an edge in common."""
    starts = (first.line, first.column), (second.line, second.column)
    ends = (first.end_line, first.end_column), (second.end_line, second.end_column)
    return starts[0] <= ends[1] and starts[1] <= ends[0]


class _Lines:
    """The places of the lines of a text.

    Attributes:
        line_end: LF or CRLF, whichever more lines have.
    """

    def __init__(self, text: str) -> None:
        ends = list(_LINE_END.finditer(text))
        self._starts: Sequence[int] = [0, *(end.end() for end in ends)]
        self._ends: Sequence[int] = [*(end.start() for end in ends), len(text)]
        found = [end[0] for end in ends]
        self.line_end = max(("\n", "\r\n"), key=found.count)

    def with_own_ends(self, text: str) -> str:
        """Return a new text with the line ends of the file."""
        return text.replace("\r\n", "\n").replace("\n", self.line_end)

    def range(self, span: Span) -> tuple[int, int]:
        """Return the offsets of a part."""
        start, end = self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)
        if end < start:
            message = f"{span} ends before it starts"
            raise ValueError(message)
        return start, end

    def _offset(self, line: int, column: int) -> int:
        if line == len(self._starts) + 1 and column == 1:
            return self._ends[-1]
        if not 1 <= line <= len(self._starts) or column < 1:
            message = f"line {line}, column {column} is outside the file"
            raise ValueError(message)
        # The place of what is missing at the end of a line is after its last character.
        return min(self._starts[line - 1] + column - 1, self._ends[line - 1])
