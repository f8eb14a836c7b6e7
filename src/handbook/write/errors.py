"""What keeps an entry from being written."""

from __future__ import annotations


class NotWrittenError(Exception):
    """Nothing was written; the text says why and what to do, in one line."""
