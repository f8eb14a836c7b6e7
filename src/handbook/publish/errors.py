"""The error of a build."""

from __future__ import annotations

CANNOT_WRITE = 74
"""The exit code of an engine with our plugin when the system denies writing (`EX_IOERR`)."""


class BuildError(Exception):
    """A site can't be built. The message gives the reason, as findings if there are any."""
