"""The error of a build."""

from __future__ import annotations


class BuildError(Exception):
    """A site can't be built. The message gives the reason, as findings if there are any."""
