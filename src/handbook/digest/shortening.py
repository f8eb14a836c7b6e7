"""How long the parts of a message may be."""

from __future__ import annotations

LONGEST_NAME = 120
LONGEST_WORDS = 600


def short(text: str, most: int) -> str:
    """Return a text on one line, shortened to a length; spaces at its ends stay."""
    flat = text.replace("\r", " ").replace("\n", " ")
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
