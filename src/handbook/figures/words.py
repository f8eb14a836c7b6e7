"""What figures say in sentences: lists and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def listed(names: Sequence[str]) -> str:
    """Names as people list them: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def in_words(day: date) -> str:
    """A day as people write it: `1 September 2026`."""
    return f"{day.day} {day:%B %Y}"
