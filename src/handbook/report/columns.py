"""Rows of text in columns that fit a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wcwidth import wcswidth, wcwidth

from handbook.check.words import visible

_GAP = 2
_NARROWEST = 8
"""Columns do not get narrower than this: rather a line that is too long than one letter a line."""


def drawn(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The lines of a table. What is too wide for its column goes on in the next line.

    Args:
        rows: The cells, as many in each row.
        width: The columns of the terminal. Wide characters take two of them.
    """
    widths = _fitting([max(map(_widest, column)) for column in zip(*rows, strict=True)], width)
    for row in rows:
        cells = [_broken(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            line = (
                _padded(cell[at] if at < len(cell) else "", wide)
                for cell, wide in zip(cells, widths, strict=True)
            )
            yield (" " * _GAP).join(line).rstrip()


def _fitting(widths: list[int], width: int) -> list[int]:
    """The widths of the columns, the widest ones narrowed until all fit."""
    spare = sum(widths) + _GAP * (len(widths) - 1) - width
    while spare > 0 and max(widths) > _NARROWEST:
        widest = max(widths)
        at = widths.index(widest)
        second = max([_NARROWEST, *(each for each in widths if each < widest)])
        less = max(min(spare, widest - second), 1)
        widths[at] -= less
        spare -= less
    return widths


def _broken(text: str, width: int) -> list[str]:
    """A text in lines that are no wider than a column, broken between words where that is possible."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in visible(paragraph).split(" "):
            if line and _wide(line) + 1 + _wide(word) <= width:
                line = f"{line} {word}"
                continue
            if line:
                lines.append(line)
            *whole, line = _cut(word, width)
            lines += whole
        lines.append(line)
    return lines


def _cut(word: str, width: int) -> list[str]:
    """A word in pieces that are no wider than a column."""
    pieces = [""]
    room = width
    for char in word:
        wide = max(wcwidth(char), 0)
        if wide > room:
            pieces.append("")
            room = width
        pieces[-1] += char
        room -= wide
    return pieces


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _wide(text))


def _widest(text: str) -> int:
    return max(map(_wide, map(visible, text.splitlines() or [""])))


def _wide(text: str) -> int:
    """The columns that a text takes; some characters take two, and some none."""
    return max(wcswidth(text), 0)
