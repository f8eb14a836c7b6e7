"""Calendar versions, and the published versions of a handbook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from mike.versions import Versions

from handbook.base.named_tuples import NamedTuple
from handbook.release.errors import ReleaseError

LATEST = "latest"
"""The name of the latest version in addresses."""

UNRELEASED = "main"
"""The name in addresses of what is merged and not released yet."""

_FORM = re.compile(r"[1-9]\d{3}\.[1-9]\d?(\.[1-9]\d?)?", re.ASCII)
_COMMIT = "commit"


class Version(NamedTuple):
    """A version: the year, a number and, for a correction, a patch number.

    Attributes:
        parts: The numbers, in order of significance.
    """

    parts: tuple[int, ...]

    def __str__(self) -> str:
        return ".".join(map(str, self.parts))


class Published(NamedTuple):
    """A published version.

    Attributes:
        version: The version.
        commit: The commit of the sources it was built from; empty if it was not recorded.
    """

    version: Version
    commit: str


def parse_version(text: str) -> Version:
    """Parse a version.

    Raises:
        ReleaseError: The text is not a valid version.
    """
    if not _FORM.fullmatch(text):
        raise ReleaseError(
            f"`{text}` is not a valid version. Use YEAR.NUMBER, such as 2026.4, or YEAR.NUMBER.PATCH, such "
            "as 2026.4.1."
        )
    return Version(tuple(map(int, text.split("."))))


class Shelf:
    """The versions on the pages branch, as mike records them in `versions.json`."""

    def __init__(self, text: str = "[]") -> None:
        """Read the file.

        Raises:
            ReleaseError: The file does not have the format of mike.
        """
        try:
            self._versions = Versions.from_json(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ReleaseError(
                "Invalid versions.json on the pages branch: it does not have the format of mike"
            ) from error

    def published(self) -> list[Published]:
        """Return the versions, latest first, without others such as previews."""
        versions = [
            Published(parse_version(str(info.version)), str((info.properties or {}).get(_COMMIT, "")))
            for info in self._versions
            if _FORM.fullmatch(str(info.version))
        ]
        return sorted(versions, key=lambda each: each.version, reverse=True)

    def with_latest(self, version: Version, commit: str) -> str:
        """Return the file with a new latest version."""
        more = Versions.from_json(self._versions.to_json())
        more.add(str(version), aliases=[LATEST], update_aliases=True).set_property(_COMMIT, commit)
        return str(more.dumps()) + "\n"

    def with_unreleased(self, title: str) -> str:
        """Return the file with the unreleased state as one more version.

        Args:
            title: The name that readers see.
        """
        more = Versions.from_json(self._versions.to_json())
        more.add(UNRELEASED, title)
        return str(more.dumps()) + "\n"


def find(published: Iterable[Published], version: Version) -> Published | None:
    """Return the published version of a number, or `None`."""
    return next((each for each in published if each.version == version), None)
