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


def as_decimal(text: str) -> str:
    """Return a number in a form that can't be meant as thousands: `1.2` for `1.200`, `1.2340` for `1.234`."""
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{short}0" if may_be_thousands(short) else short


def hint_of_two(first: str, second: str) -> str:
    """Return the advice for a number that can be meant as two: the likely one, and the other."""
    return f"Write `{first}`, or `{as_decimal(second)}` if you mean that"
