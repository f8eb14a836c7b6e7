"""A problem before its rule adds the code and the severity."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from handbook.base.fixes import Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span

_LINES_OF_A_TAG = 20


class Problem(NamedTuple):
    """A finding before its rule adds the code and the severity.

    Only the first problems of a file are shown, so expensive work is delayed: the place, the hint and the fix
    can be functions.
    """

    path: str
    place: Span | Callable[[], Span]
    message: str
    advice: str | Callable[[], str] = ""
    pointer: str = ""
    kind: str = ""
    id: str = ""
    correction: Fix | Callable[[], Fix | None] | None = None

    @property
    def span(self) -> Span:
        """Return the place in the file."""
        return self.place if isinstance(self.place, Span) else self.place()

    @property
    def hint(self) -> str:
        """Return what to do, in words."""
        return self.advice if isinstance(self.advice, str) else self.advice()

    @property
    def fix(self) -> Fix | None:
        """Return the edits that correct it, if they are known."""
        return self.correction() if callable(self.correction) else self.correction


def span_of_word(lines: Sequence[str], number: int, word: str) -> Span:
    """Return the place of a word on a line or one of the next lines; without the word, the whole line.

    Args:
        lines: The lines of the file.
        number: The line, counted from 1.
        word: The word to find.
    """
    number = min(number, len(lines))
    for at in range(number, min(number + _LINES_OF_A_TAG, len(lines) + 1)) if word else ():
        # The word itself rather than a part of a longer one.
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lines[at - 1])
        column = (match.start() if match else lines[at - 1].find(word)) + 1
        if column:
            return Span(at, column, at, column + len(word))
    return Span(number, 1, number, max(len(lines[number - 1]), 1) + 1)
