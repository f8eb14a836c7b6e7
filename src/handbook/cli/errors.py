"""What ends a command before it has begun."""

from __future__ import annotations


class UsageError(Exception):
    """The command cannot do what was asked; its text says why in one line."""
