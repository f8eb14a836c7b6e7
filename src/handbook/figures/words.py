"""What figures say in sentences: lists, days and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction


def listed(names: Sequence[str]) -> str:
    """Names as people list them: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def in_words(day: date) -> str:
    """A day as people write it: `1 September 2026`."""
    return f"{day.day} {day:%B %Y}"


def rounded(amount: Fraction) -> str:
    """An amount with one decimal at most, halves up, and thousands apart: `4.5`, `1,200`, a real minus."""
    tenths = int(abs(amount) * 10 + Fraction(1, 2))
    whole, tenth = divmod(tenths, 10)
    sign = "\N{MINUS SIGN}" if amount < 0 and tenths else ""
    return f"{sign}{whole:,}{f'.{tenth}' if tenth else ''}"
