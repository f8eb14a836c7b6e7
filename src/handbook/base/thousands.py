"""Numbers whose point might be meant to separate thousands, as much of the world writes them."""

from __future__ import annotations

from handbook.base.regex import regex

_GROUPED = regex(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")


def may_be_thousands(text: str) -> bool:
    """Return whether a number can be meant as thousands: `1.200`, but not `0.125`, `1.20` or `1200.500`."""
    return _GROUPED.fullmatch(text) is not None


def as_thousands(text: str) -> str:
    """Return such a number without its point: `1200`."""
    return text.replace(".", "")
