"""Fixes: the edits that correct what a finding is about."""

from __future__ import annotations

from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span


class Edit(NamedTuple):
    """Text that replaces a part of a file.

    Attributes:
        path: The file, relative to the site's folder, with forward slashes.
        span: The replaced part. It can be empty, and can include several lines.
        text: The new text.
    """

    path: str
    span: Span
    text: str


class Move(NamedTuple):
    """A file that gets another name.

    Attributes:
        path: The file, relative to the site's folder, with forward slashes.
        to: Its new path.
    """

    path: str
    to: str


class Fix(NamedTuple):
    """A correction of what a finding is about.

    Attributes:
        edits: The changed parts of files. They don't overlap.
        moves: The files to move, after the edits.
        is_safe: Whether there is one right answer. If not, this is the likely one.
    """

    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    is_safe: bool = True
