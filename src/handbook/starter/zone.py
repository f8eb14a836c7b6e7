"""Find out in which time zone this computer is."""

from __future__ import annotations

import os
from pathlib import Path

from handbook.read.schemas.validation import is_time_zone

_FOLDER = "zoneinfo/"
_NO_PLACE = ("Etc/", "posix/", "right/", "SystemV/")


def zone_of_computer(link: Path = Path("/etc/localtime")) -> str:
    """Return the time zone, such as `Europe/Berlin`; empty if it is unknown or no place: servers are on UTC.

    Args:
        link: What leads to the file of the zone on Linux and macOS.
    """
    try:
        found = os.environ.get("TZ", "").lstrip(":") or link.readlink().as_posix().rpartition(_FOLDER)[2]
    except OSError:
        return ""
    is_place = "/" in found and not found.startswith(_NO_PLACE)
    return found if is_place and is_time_zone(found) else ""
