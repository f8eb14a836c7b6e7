"""Limits of what is read, so that no file can fill the memory or overflow the stack."""

from __future__ import annotations

from handbook.base.regex import regex

MAX_DEPTH = 100
"""The deepest nesting that is read. libyaml recurses and would overflow the C stack far above it."""

FREE_NODES = 100_000
"""The keys and values that any file can have, however dense it is."""

CHARACTERS_OF_A_NODE = 6
"""The characters that each further key or value needs. Sources have ten or more; a text with fewer is only
brackets and commas, and needs hundreds of times its own size in memory."""

LINE_END = regex(r"\r\n|\n|\r")


def most_nodes(text: str) -> int:
    """Return the most keys and values that a text can have."""
    return FREE_NODES + len(text) // CHARACTERS_OF_A_NODE
