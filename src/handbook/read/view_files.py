"""The files of views: the site's own and those of the engine."""

from __future__ import annotations

from pathlib import Path

from handbook.read.files import shipped

VIEWS = "macros"
"""The folder of views, in a site and among the files of the engine."""


def shipped_view(name: str) -> bytes | None:
    """Return the content of a view of the engine; `None` if it has none of that name."""
    path = shipped(VIEWS) / name
    return path.read_bytes() if path.is_file() else None


def is_shipped_view(path: Path, name: str) -> bool:
    """Return whether a view comes with the engine, or is an unchanged copy of one that does.

    Args:
        path: The file.
        name: The name of the view, such as `figures/calendar.jinja`.
    """
    return path == shipped(VIEWS) / name or (path.is_file() and path.read_bytes() == shipped_view(name))
