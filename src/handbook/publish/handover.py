"""Pass what the command line knows of a build to the site engine, which is a separate process."""

from __future__ import annotations

import json
import os
from pathlib import Path

from handbook.base.named_tuples import NamedTuple

_VARIABLE = "HANDBOOK_BUILD"
"""Names a file, because the changes can exceed the size limit of an environment variable."""


class Handover(NamedTuple):
    """A build.

    Attributes:
        audience: The audience; `None` to use the audience of the settings.
        changes: The changes since the previous version, as Markdown below the heading of a page; `None` if
            the build publishes no version.
    """

    audience: str | None = None
    changes: str | None = None

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
    return Handover(*json.loads(Path(file).read_text(encoding="utf-8"))) if file else Handover()
