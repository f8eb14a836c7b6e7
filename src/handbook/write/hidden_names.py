"""The names of the hidden folders in which changes are prepared."""

from __future__ import annotations

from pathlib import Path

SUFFIX = ".handbook-build"
"""The suffix of the names of these folders."""

ALL = "handbook"
"""The name by which commands that write several files of a site wait for each other."""

RECORD = "changes.json"
"""The record of a change of several files, in the folder with that name."""


def workspace_of(target: Path) -> Path:
    """Return where the folder of a target is, if there is one."""
    return target.with_name(f".{target.name}{SUFFIX}")


def record_of(root: Path) -> Path:
    """Return where the record of a change of files of a folder is, if there is one."""
    return workspace_of(root / ALL) / RECORD
