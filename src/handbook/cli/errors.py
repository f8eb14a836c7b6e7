"""Errors that stop a command before it runs."""

from __future__ import annotations

from handbook.base.errors import HandbookError


class UsageError(HandbookError):
    """Raised when a command cannot run. The text states the cause on one line."""
