"""Who may see what. Each audience sees what the one before it sees, and more."""

from __future__ import annotations

AUDIENCES = ("public", "internal", "restricted")
"""Everybody, the company, and those in it who may see salaries and the like."""

USUAL = "internal"
"""Whom a site is for, and who may see an entry or a page, when nothing else is said."""

FIELD = "audience"
"""Where an entry or a page says who may see it."""


def may_see(audience: str, lowest: str) -> bool:
    """Whether an audience sees what is for another audience and all above it."""
    return AUDIENCES.index(audience) >= AUDIENCES.index(lowest)


def strictest(*lowest: str) -> str:
    """The highest of several audiences."""
    return max(lowest, key=AUDIENCES.index)
