"""Recognise the rows of a table, by the rules of CommonMark with tables."""

from __future__ import annotations

from handbook.base.regex import regex

RULER = regex(r"^ {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
_PIPE = regex(r"(?<!\\)\|")
_LAST_PIPE = regex(r"(?<=[^\\])\|\Z")


def is_ruler(line: str) -> bool:
    """Return whether a line is the one below the first row of a table."""
    return "|" in line and "-" in line and RULER.match(line) is not None


def cells(row: str) -> int:
    """Return the number of cells in a row of a table. Pipes in code count, as in CommonMark."""
    row = row.strip()
    return len(_PIPE.findall(row)) + 1 - row.startswith("|") - bool(_LAST_PIPE.search(row))
