"""What keeps an entry, a file or a folder from being written."""

from __future__ import annotations

import shutil


class NotWrittenError(Exception):
    """Nothing was written; the text says why and what to do, in one line."""


def reason(error: OSError) -> str:
    """Return what the system says, as the end of a sentence."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        # Of a whole folder; what is said of its first file is enough.
        _, _, message = error.args[0][0]
        return str(message)
    return (error.strerror or str(error)).lower()
