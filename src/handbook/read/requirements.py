"""Read the file with the packages of a site, of which the last is the engine."""

from __future__ import annotations

import re

FILE = "requirements.txt"
"""The file, which is the only place of a site that names the engine."""

ENGINE = "product-handbook"
"""The name of the engine's package."""

_ENGINE = re.compile(rf"^{ENGINE}\b", re.MULTILINE | re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.-]+[ \t]*@")
_INDEX = re.compile(r"^[ \t]*(?:-i|-f|--index-url|--extra-index-url|--find-links)[ =]", re.MULTILINE)


def start_of_engine(text: str) -> int | None:
    """Return where the engine starts in the content of the file; `None` if it isn't there."""
    found = _ENGINE.search(text)
    return found.start() if found else None


def unfound_engine(text: str) -> int:
    """Return the line of the engine in the content of the file if CI can't install it; otherwise 0.

    It has a hash, and an address or an index: the name in the public index is not ours.
    """
    start = start_of_engine(text)
    if start is None:
        return 0
    engine = text[start:]
    is_found = _ADDRESS.match(engine) or _INDEX.search(text)
    return 0 if is_found and "--hash" in engine else text.count("\n", 0, start) + 1
