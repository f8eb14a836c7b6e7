"""Advice about states. A company can have its own state for each meaning, or none."""

from __future__ import annotations

from handbook.read.schemas.kinds import Kind


def or_set_status(kind: Kind, meaning: str) -> str:
    """Return the end of advice: the alternative to set another status; empty if no status means that.

    Args:
        kind: The content type.
        meaning: The built-in status.
    """
    shape = kind.shape.field("status")
    choices = shape.choices if shape else ()
    known = [choice for choice in choices if shape and shape.meanings.get(choice, choice) == meaning]
    return f", or set the status to `{known[0]}`" if known else ""
