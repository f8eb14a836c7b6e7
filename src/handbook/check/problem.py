"""Something wrong, before a rule has put its code and its severity on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from handbook.findings import Span


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
