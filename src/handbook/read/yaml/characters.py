"""Characters that look like others."""

from __future__ import annotations

ODD_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f"
    "\u2060\u3000"
)
"""Spaces other than that of the keyboard, two of them without a width. YAML takes them for letters."""

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060"
"""Characters that no one sees inside a word."""

LIKE_HYPHEN = "\u2011"
"""The hyphen that never ends a line."""

_ODD = f"{ODD_SPACES}{HIDDEN}{LIKE_HYPHEN}"


def has_odd_characters(text: str) -> bool:
    """Return whether a text has such a character anywhere."""
    return not text.isascii() and any(character in text for character in _ODD)
