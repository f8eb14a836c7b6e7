"""Errors that stop an entry, a file or a folder from being written."""

from __future__ import annotations

from handbook.base.errors import HandbookError


class NotWrittenError(HandbookError):
    """Raised when nothing was written. The text states the cause and the fix on one line."""


def reason(error: OSError) -> str:
    """Return the message of the system as the end of a sentence."""
    from shutil import Error  # noqa: PLC0415 - every command imports this module, and few fail

    if isinstance(error, Error) and isinstance(error.args[0], list):
        # An error about a whole folder: the message about its first file is enough.
        _, _, message = error.args[0][0]
        return str(message)
    return (error.strerror or str(error)).lower()
