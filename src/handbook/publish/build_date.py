"""Date a build by its commit, so that two builds of one commit are identical."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def commit_date(root: Path) -> str | None:
    """Return the day of the last commit, such as `2026-09-01`.

    Outside git, or when the environment sets a date, the day is `None`.
    """
    if "SOURCE_DATE_EPOCH" in os.environ:
        return None
    command = ["git", "-C", str(root), "log", "-1", "--format=%cs"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None
