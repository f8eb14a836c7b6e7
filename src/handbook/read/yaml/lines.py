"""A text by lines, and the slips on them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.read.yaml.changes import Change

START = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?:(?P<key>[\w-]+):(?: +|$))?(?P<value>.*)")
"""The parts of any line."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"\s+#.*|\s+$")


class Slip(NamedTuple):
    """A slip on a line, with its correction.

    Attributes:
        message: The problem.
        hint: What to do.
        start: The offset of its place.
        end: The offset after it.
        changes: The correction; none if it takes more than a change.
        is_safe: Whether it is the only right one.
    """

    message: str
    hint: str
    start: int
    end: int
    changes: tuple[Change, ...] = ()
    is_safe: bool = True


class Lines:
    """A text by lines.

    Attributes:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._ends = [*(end.start() for end in ends), len(text)]

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> str:
        return self.text[self._starts[number] : self._ends[number]]

    def start(self, number: int) -> int:
        """Return the offset of a line, counted from 0."""
        return self._starts[number]

    def number(self, offset: int) -> int:
        """Return the line of an offset."""
        return bisect_right(self._starts, offset) - 1

    def indent(self, number: int) -> int:
        """Return the number of spaces before the text of a line."""
        return len(self[number]) - len(self[number].lstrip(" "))

    def is_comment(self, number: int) -> bool:
        """Return whether a line has only a comment."""
        return self[number].lstrip(" \t").startswith("#")

    def above(self, number: int) -> int | None:
        """Return the nearest line above that has text."""
        return next((each for each in range(number - 1, -1, -1) if self[each].strip()), None)


Find: TypeAlias = Callable[[Lines, int], Slip | None]


def quotes(text: str, start: int, end: int) -> tuple[Change, ...]:
    """Return the changes that put a text in quotes."""
    if '"' not in text and "\\" not in text:
        return Change(start, start, '"'), Change(end, end, '"')
    marks = (Change(start + each.start(), start + each.start(), "'") for each in re.finditer("'", text))
    return Change(start, start, "'"), *marks, Change(end, end, "'")


def without_comment(text: str) -> str:
    """Return a line without a comment and the spaces at its end."""
    return _COMMENT.sub("", text)
