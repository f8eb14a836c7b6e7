"""Pass the version of a build from the command line to the site engine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

_VARIABLE = "HANDBOOK_EDITION"
"""Names a file, because the changes can exceed the size limit of an environment variable."""


class Edition(NamedTuple):
    """A published version of a handbook.

    Attributes:
        version: The version.
        changes: The changes since the previous version, as Markdown below the heading of a page.
    """

    version: str
    changes: str


def handed_over() -> Edition | None:
    """Return the version that this build publishes; `None` for any other build."""
    file = os.environ.get(_VARIABLE)
    return Edition(**json.loads(Path(file).read_text(encoding="utf-8"))) if file else None


def to_hand_over(edition: Edition | None, folder: Path) -> dict[str, str]:
    """Return the variables to add to the environment of a site engine.

    Args:
        edition: The version; `None` for a build that publishes none.
        folder: A folder to write to, which must exist until the engine has finished.
    """
    if edition is None:
        return {}
    file = folder / "edition.json"
    file.write_text(json.dumps(edition._asdict()), encoding="utf-8")
    return {_VARIABLE: str(file)}
