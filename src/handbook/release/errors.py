"""Errors that stop a version from being published."""

from __future__ import annotations


class ReleaseError(Exception):
    """Raised when a version cannot be published. The message states the cause and the fix on one line."""
