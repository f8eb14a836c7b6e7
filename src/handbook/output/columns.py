"""Lay out rows of text in columns that fit a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.base.words import visible

_GAP = 2
_NARROWEST = 8
"""The least width of a column. A line that is too long is better than one letter a line."""


def drawn(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield the lines of a table. Text that is too wide for its column wraps.

    Args:
        rows: The cells; every row has the same number.
        width: The columns of the terminal. Wide characters take two columns.
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
    """Return the widths of the columns, with the widest ones narrowed until all fit."""
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
    """Wrap a text to the width of a column, between words if possible."""
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
    """Split a word into pieces that fit a column."""
    if _wide(word) <= width:
        return [word]
    pieces = [""]
    room = width
    for char in word:
        wide = _wide(char)
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
    """Return the columns that a text takes: some characters take two, some none."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - slow to import, and few texts need it

    return max(wcswidth(text), 0)
