"""Errors that stop a version from being published."""

from __future__ import annotations

from handbook.base.errors import HandbookError


class ReleaseError(HandbookError):
    """Raised when a version cannot be published. The message states the cause and the fix on one line."""
