"""The lines that a fix changes, before and after, for servers that replace whole lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from handbook.base.fixes import Edit, Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.report import MOST_LINES


class CorrectedLines(NamedTuple):
    """Lines of a file that a fix replaces.

    Attributes:
        path: The file.
        first: The number of the first replaced line.
        last: The number of the last one.
        text: The lines in their place, without the last line end.
    """

    path: str
    first: int
    last: int
    text: str


def corrected_lines(fix: Fix | None, lines: Mapping[tuple[str, int], str]) -> Sequence[CorrectedLines]:
    """Return the lines that a fix changes, for each file; none if it moves files or changes unknown lines.

    Args:
        fix: The fix, if there is one.
        lines: Known lines, by path and line number.
    """
    if fix is None or fix.moves:
        return ()
    changed = []
    for path in dict.fromkeys(edit.path for edit in fix.edits):
        edits = [edit for edit in fix.edits if edit.path == path]
        first, last = min(edit.span.line for edit in edits), max(edit.span.end_line for edit in edits)
        if last - first >= MOST_LINES:
            return ()
        before = [lines.get((path, number)) for number in range(first, last + 1)]
        known = [line for line in before if line is not None]
        if len(known) < len(before):
            return ()
        changed.append(CorrectedLines(path, first, last, _after(known, first, edits)))
    return changed


def _after(lines: Sequence[str], first: int, edits: Sequence[Edit]) -> str:
    """Return lines after some edits; `first` is the number of the first line."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    text = "\n".join(lines)
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        span = edit.span
        start, end = starts[span.line - first] + span.column, starts[span.end_line - first] + span.end_column
        text = text[: start - 1] + edit.text + text[end - 1 :]
    return text
