"""Errors that stop a command before it runs."""

from __future__ import annotations


class UsageError(Exception):
    """Raised when a command cannot run. The text states the cause on one line."""
