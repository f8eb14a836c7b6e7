"""Print the section of the changelog about a version, and check that the tag is the one of this version."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_VERSION = re.compile(r'^__version__ = "([^"]+)"', re.MULTILINE)
_DUTIES = "### What your site must do"


def notes(tag: str, version: str, changelog: str) -> str:
    """Return the section of a version, without its heading.

    Args:
        tag: The tag of the release.
        version: The version of the engine.
        changelog: The whole changelog.

    Raises:
        ValueError: The tag is another, or the changelog is not complete.
    """
    if tag != f"v{version}":
        message = f"The tag is {tag}, and the version in src/handbook/base/version.py is {version}"
        raise ValueError(message)
    heading = rf"^## {re.escape(version)} - (\S+)\n(.*?)(?=^## |\Z)"
    section = re.search(heading, changelog, re.MULTILINE | re.DOTALL)
    if section is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", section[1]):
        message = f"CHANGELOG.md has no section `## {version} - DATE`"
        raise ValueError(message)
    if _DUTIES not in section[2]:
        message = f"The section about {version} in CHANGELOG.md does not say `{_DUTIES}`"
        raise ValueError(message)
    return section[2].strip() + "\n"


def main() -> None:
    """Print the notes of the tag in the first argument."""
    version = _VERSION.search((_ROOT / "src/handbook/base/version.py").read_text(encoding="utf-8"))
    changelog = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    try:
        sys.stdout.write(notes(sys.argv[1], version[1] if version else "", changelog))
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
