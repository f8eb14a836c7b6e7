"""What keeps a version from being published."""

from __future__ import annotations


class ReleaseError(Exception):
    """A version cannot be published. The message says why and how to mend it, in one line."""
