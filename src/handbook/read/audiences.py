"""The audiences. Each sees everything that the one before it sees, and more."""

from __future__ import annotations

AUDIENCES = ("public", "internal", "restricted")
"""Everyone, the company, and people in it who can see salaries and the like."""

USUAL = "internal"
"""The default audience of a site, an entry and a page."""

FIELD = "audience"
"""The field of an entry or a page with its audience."""


def may_see(audience: str, lowest: str) -> bool:
    """Return whether an audience can see content for another audience and all above it."""
    return AUDIENCES.index(audience) >= AUDIENCES.index(lowest)


def strictest(*lowest: str) -> str:
    """Return the highest of several audiences."""
    return max(lowest, key=AUDIENCES.index)
