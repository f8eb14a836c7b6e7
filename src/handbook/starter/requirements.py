"""Write the packages that a handbook is built with: the engine, and what it was tested with."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution

from handbook.base.version import __version__

_NAME = "product-handbook"
_HEAD = """\
# What the handbook is built with. The last line is the engine: raise its version, and `handbook upgrade`
# writes the other lines. Where pip gets them from is a setting of pip.
"""


def requirements(lock: str) -> str:
    """Return the requirements of a site.

    Args:
        lock: The locked packages that the engine needs, with their hashes.
    """
    body = "".join(line for line in lock.splitlines(keepends=True) if not line.lstrip().startswith("#"))
    digest = _digest()
    engine = f"{_NAME}=={__version__}" + (f" \\\n    --hash=sha256:{digest}" if digest else "")
    return f"{_HEAD}{body}{engine}\n"


def _digest() -> str:
    """Return the hash of the wheel that the engine was installed from; empty if pip didn't note it."""
    try:
        noted = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    archive = json.loads(noted).get("archive_info", {}) if noted else {}
    digest: str = archive.get("hashes", {}).get("sha256", "")
    return digest
