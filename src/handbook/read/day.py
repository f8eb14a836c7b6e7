"""The day that counts as today: of the command line, of the settings, or of the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handbook.read.values import day_at

PINNED = "as_of"
"""The setting that pins the day of a site, such as a demonstration that must look the same in ten years."""


def today() -> date:
    """Return the current day of the reader's own calendar. Nothing else asks the clock."""
    return date.today()  # noqa: DTZ011 - a day has no time zone here


def day_of(settings: Mapping[str, Any], given: date | None) -> date:
    """Return the day that counts as today.

    Args:
        settings: The content of the site's own settings file, valid or not. Layers don't hand on their day.
        given: The day that the caller asks for, if any.
    """
    return given or day_at(settings, (PINNED,)) or today()


def name_today(day: date, pinned: str) -> str:
    """Return the day that counts as today in a sentence, and the setting if that pins it.

    Args:
        day: The day that counts as today.
        pinned: The value of the setting; empty if nothing is set.
    """
    why = f" by the setting `{PINNED}`" if pinned == day.isoformat() else ""
    return f"today is {day}{why}"
