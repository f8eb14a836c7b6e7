"""Read the file with the packages of a site, of which the last is the engine."""

from __future__ import annotations

import re

FILE = "requirements.txt"
"""The file, which is the only place of a site that names the engine."""

ENGINE = "product-handbook"
"""The name of the engine's package."""

_ENGINE = re.compile(rf"^{ENGINE}\b", re.MULTILINE | re.IGNORECASE)


def start_of_engine(text: str) -> int | None:
    """Return where the engine starts in the content of the file; `None` if it isn't there."""
    found = _ENGINE.search(text)
    return found.start() if found else None


def engine_without_hash(text: str) -> int:
    """Return the line of the engine in the content of the file if it has no hash; otherwise 0."""
    start = start_of_engine(text)
    if start is None or "--hash" in text[start:]:
        return 0
    return text.count("\n", 0, start) + 1
