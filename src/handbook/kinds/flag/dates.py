"""The dates of a feature flag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from handbook.base.language import _
from handbook.read.values import day_at


def flag_expiry(flag: Mapping[str, Any]) -> date | None:
    """Return the expiry date of a flag."""
    return day_at(flag, ("expires_on",))


def flag_deadlines(flag: Mapping[str, Any], _today: date) -> Iterator[tuple[str, date]]:
    """Yield the action for a flag with its due date."""
    expiry = flag_expiry(flag)
    if expiry:
        yield _("remove the flag"), expiry
