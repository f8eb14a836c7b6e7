"""Lists and dates in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def in_words(day: date) -> str:
    """Return a date as readers see it: `1 September 2026`."""
    return f"{day.day} {day:%B %Y}"
