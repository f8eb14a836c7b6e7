"""Calendar versions, and those that a handbook has published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from mike.versions import Versions

from handbook.release.errors import ReleaseError

LATEST = "latest"
"""The name under which the newest version is found, whichever that is."""

_FORM = re.compile(r"[1-9]\d{3}\.[1-9]\d?(\.[1-9]\d?)?", re.ASCII)
_COMMIT = "commit"


class Version(NamedTuple):
    """A version: a year, a number within it and, for a correction, a third.

    Attributes:
        parts: The numbers, in the order that they count in.
    """

    parts: tuple[int, ...]

    def __str__(self) -> str:
        return ".".join(map(str, self.parts))


class Published(NamedTuple):
    """A version that readers have.

    Attributes:
        version: The version.
        commit: The commit of the sources that it was built from; empty when nobody noted it.
    """

    version: Version
    commit: str


def parse_version(text: str) -> Version:
    """The version that somebody has written.

    Raises:
        ReleaseError: It does not have the form of one.
    """
    if not _FORM.fullmatch(text):
        raise ReleaseError(
            f"`{text}` is no version; write the year and a number, such as 2026.4, and for a correction a "
            "third, as in 2026.4.1"
        )
    return Version(tuple(map(int, text.split("."))))


class Shelf:
    """The versions that lie on the pages branch, as mike keeps them in `versions.json`."""

    def __init__(self, text: str = "[]") -> None:
        """Reads the file.

        Raises:
            ReleaseError: It is not what mike writes.
        """
        try:
            self._versions = Versions.from_json(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleaseError("versions.json on the pages branch is not as mike writes it") from error

    def published(self) -> list[Published]:
        """The versions, the newest first; what is no version, such as a preview, is left out."""
        found = [
            Published(parse_version(str(info.version)), str((info.properties or {}).get(_COMMIT, "")))
            for info in self._versions
            if _FORM.fullmatch(str(info.version))
        ]
        return sorted(found, key=lambda each: each.version, reverse=True)

    def with_latest(self, version: Version, commit: str) -> str:
        """The file with one more version, which is the latest from now on."""
        more = Versions.from_json(self._versions.to_json())
        more.add(str(version), aliases=[LATEST], update_aliases=True).set_property(_COMMIT, commit)
        return str(more.dumps()) + "\n"


def find(published: Iterable[Published], version: Version) -> Published | None:
    """What was published as a version."""
    return next((each for each in published if each.version == version), None)
