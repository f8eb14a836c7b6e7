"""Pass what the command line knows of a build to the site engine, which is a separate process."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

_VARIABLE = "HANDBOOK_BUILD"
"""Names a file, because the changes can exceed the size limit of an environment variable."""


class Edition(NamedTuple):
    """A published version of a handbook.

    Attributes:
        version: The version.
        changes: The changes since the previous version, as Markdown below the heading of a page.
    """

    version: str
    changes: str


class Handover(NamedTuple):
    """A build.

    Attributes:
        audience: The audience; `None` to use the audience of the settings.
        edition: The version that the build publishes; `None` if it publishes none.
    """

    audience: str | None = None
    edition: Edition | None = None

    def variables(self, folder: Path) -> dict[str, str]:
        """Return the variables to add to the environment of the engine.

        Args:
            folder: A folder to write to, which must exist until the engine has finished.
        """
        file = folder / "build.json"
        file.write_text(json.dumps(self), encoding="utf-8")
        return {_VARIABLE: str(file)}


def handed_over() -> Handover:
    """Return the build that this engine runs for."""
    file = os.environ.get(_VARIABLE)
    if not file:
        return Handover()
    audience, edition = json.loads(Path(file).read_text(encoding="utf-8"))
    return Handover(audience, Edition(*edition) if edition else None)
