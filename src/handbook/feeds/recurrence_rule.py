"""Write recurrences as rules of iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from handbook.base.recurrence import WEEKDAYS, Recurrence
from handbook.kinds.process.timing import Timing


def recurrence_rule(recurrence: Recurrence, month: int = 0) -> dict[str, Any]:
    """Return the rule of an event; empty for a single date.

    Args:
        recurrence: The recurrence.
        month: The month of an event that recurs in some months only; January is 1.
    """
    days = [WEEKDAYS[weekday][:2].upper() for weekday in recurrence.weekdays]
    if recurrence.unit == "day":
        return {"FREQ": "DAILY"}
    if recurrence.unit == "week":
        return {"FREQ": "WEEKLY", "INTERVAL": recurrence.interval, "BYDAY": days}
    if recurrence.unit != "month":
        return {}
    # Outlook writes BYSETPOS, others write 1MO. All three read it.
    position = {"BYDAY": days, "BYSETPOS": recurrence.position}
    day = {"BYMONTHDAY": recurrence.day} if recurrence.day else position
    if month:
        return {"FREQ": "YEARLY", **day, "BYMONTH": month}
    interval = {"INTERVAL": recurrence.interval} if recurrence.interval > 1 else {}
    return {"FREQ": "MONTHLY", **interval, **day}


def exceptions(timing: Timing) -> Sequence[date]:
    """Return the exceptions that are dates of the rule; calendar apps reject others."""
    last = max(timing.excepted, default=date.min)
    return [day for day in takewhile(last.__ge__, timing.rule_days()) if day in timing.excepted]
