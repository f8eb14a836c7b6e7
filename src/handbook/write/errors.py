"""What keeps an entry, a file or a folder from being written."""

from __future__ import annotations


class NotWrittenError(Exception):
    """Nothing was written; the text says why and what to do, in one line."""


def reason(error: OSError) -> str:
    """Return what the system says, as the end of a sentence."""
    return (error.strerror or str(error)).lower()
