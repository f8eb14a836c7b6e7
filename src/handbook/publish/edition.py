"""The version that one build is for, handed over from the command line to the site engine that it starts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

_VARIABLE = "HANDBOOK_EDITION"
"""Names a file: what has changed can be more than an environment holds."""


class Edition(NamedTuple):
    """A handbook as it is published under a version.

    Attributes:
        version: The version.
        changes: What has changed since the version before, as Markdown below the heading of a page.
    """

    version: str
    changes: str


def handed_over() -> Edition | None:
    """The version that this build is for; `None` when it is none to keep."""
    file = os.environ.get(_VARIABLE)
    return Edition(**json.loads(Path(file).read_text(encoding="utf-8"))) if file else None


def to_hand_over(edition: Edition | None, folder: Path) -> dict[str, str]:
    """What to add to the environment of a site engine.

    Args:
        edition: The version; `None` for a build that is none.
        folder: A folder to write into, which is there until the engine is done.
    """
    if edition is None:
        return {}
    file = folder / "edition.json"
    file.write_text(json.dumps(edition._asdict()), encoding="utf-8")
    return {_VARIABLE: str(file)}
