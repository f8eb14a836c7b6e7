"""The parts of a Markdown text: plain words, headings and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_MARKS = re.compile(r"[\\`*\[\]<|]|(?<!\w)_|_(?!\w)|~(?=~)|&(?=#?\w+;)")
_STARTS = re.compile(r"^(?:(?=[#>+=-])|\d+(?=[.)](?:\s|$)))")
_HEADING = re.compile(r"^#{1,6}(?=\s)", re.MULTILINE)
_LOWEST_HEADING = 6


@lru_cache(maxsize=4096)  # Most are titles of fields, and words that many entries share.
def plain_text(text: str) -> str:
    """Return a plain text on one line, with Markdown's characters escaped."""
    line = _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
    return _STARTS.sub(r"\g<0>\\", line)


def heading(level: int, text: str) -> str:
    """Return a heading. The text is Markdown."""
    return f"{'#' * min(level, _LOWEST_HEADING)} {text}"


def lowered(text: str, by: int) -> str:
    """Return a Markdown text with its headings at a lower level."""
    if by <= 0 or "#" not in text:
        return text
    parts = re.split(r"(^(?:```+|~~~+)[^\n]*\n.*?^(?:```+|~~~+)[ ]*$)", text, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = [
        _HEADING.sub(lambda marks: "#" * min(len(marks[0]) + by, _LOWEST_HEADING), part)
        for part in parts[::2]
    ]
    return "".join(parts)


def table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table. Its cells are Markdown on one line."""
    lines = [list(titles)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
