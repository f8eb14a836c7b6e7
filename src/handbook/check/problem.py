"""Something wrong, before a rule has put its code and its severity on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from handbook.findings import Span

_LINES_OF_A_TAG = 20


class Problem(NamedTuple):
    """A finding before its rule has put code and severity on it.

    Of very many problems in one file only the first are shown, so what takes time is not done before: the
    place and the hint may be given as functions.
    """

    path: str
    place: Span | Callable[[], Span]
    message: str
    advice: str | Callable[[], str] = ""
    pointer: str = ""
    kind: str = ""
    id: str = ""

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.place if isinstance(self.place, Span) else self.place()

    @property
    def hint(self) -> str:
        """How to mend it."""
        return self.advice if isinstance(self.advice, str) else self.advice()


def span_of_word(lines: Sequence[str], number: int, word: str) -> Span:
    """Return where a word stands on a line, or on one of those below; without it the whole line.

    Args:
        lines: The lines of the file.
        number: The line, counted from 1.
        word: What to look for.
    """
    number = min(number, len(lines))
    for at in range(number, min(number + _LINES_OF_A_TAG, len(lines) + 1)) if word else ():
        column = lines[at - 1].find(word) + 1
        if column:
            return Span(at, column, at, column + len(word))
    return Span(number, 1, number, max(len(lines[number - 1]), 1) + 1)
