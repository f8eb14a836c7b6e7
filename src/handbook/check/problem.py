"""Something wrong, before a rule has put its code and its severity on it."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.findings import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding before its rule has put code and severity on it."""

    path: str
    span: Span
    message: str
    hint: str = ""
    pointer: str = ""
    kind: str = ""
    id: str = ""
