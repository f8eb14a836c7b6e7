"""Docs-as-code handbooks for product teams: facts in YAML, checked and published as a website.

`src/handbook/help/reference/python.md` describes the public names. Everything else can change in any version.
"""

from __future__ import annotations

from handbook.base.version import __version__

TYPE_CHECKING = False
"""Type checkers take it for true. The one of `typing` would make the import ten times as slow."""

__all__ = ["Entry", "Finding", "Handbook", "HandbookError", "Severity", "__version__", "compare", "load"]

if TYPE_CHECKING:
    from handbook.base.errors import HandbookError
    from handbook.base.findings import Finding, Severity
    from handbook.link.catalogue import Entry
    from handbook.loaded.comparing import compare
    from handbook.loaded.handbook import Handbook, load
else:

    def __getattr__(name: str) -> object:
        """Import the public names on first use: every command imports this package for its version only."""
        if name not in __all__:
            raise AttributeError(f"module `handbook` has no attribute `{name}`")
        from handbook.base import errors, findings  # noqa: PLC0415
        from handbook.link import catalogue  # noqa: PLC0415
        from handbook.loaded import comparing, handbook  # noqa: PLC0415

        homes = (errors, findings, catalogue, comparing, handbook)
        return next(getattr(home, name) for home in homes if hasattr(home, name))
