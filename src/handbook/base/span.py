"""A range in a file."""

from __future__ import annotations

from handbook.base.named_tuples import NamedTuple


class Span(NamedTuple):
    """A range in a file. Lines and columns count from 1; columns count characters.

    The end is exclusive: a span of one character has `end_column == column + 1`.
    """

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 2
