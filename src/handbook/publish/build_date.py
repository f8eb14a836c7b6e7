"""The date a build bears: that of its commit, so that two builds of one commit are the same."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def commit_date(root: Path) -> str | None:
    """The day of the last commit as `2026-09-01`; `None` outside git, or when the environment sets a date."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return None
    command = ["git", "-C", str(root), "log", "-1", "--format=%cs"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() or None
