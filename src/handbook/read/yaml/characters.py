"""Characters that look like others."""

from __future__ import annotations

ODD_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f"
    "\u2060\u3000"
)
"""Spaces other than that of the keyboard, two of them without a width. YAML takes them for letters."""


def has_odd_spaces(text: str) -> bool:
    """Return whether a text has such a space anywhere."""
    return not text.isascii() and any(space in text for space in ODD_SPACES)
