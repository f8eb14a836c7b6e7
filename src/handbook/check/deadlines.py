"""Calculate the dates on which an entry needs attention. Rules report them, and the site lists them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from handbook.read.document import Pointer


class Contract(NamedTuple):
    """The two dates of a contract.

    Attributes:
        renews_on: The renewal date.
        notice_by: The notice deadline: the renewal date minus the notice period.
    """

    renews_on: date
    notice_by: date


def value_at(value: Any, pointer: Pointer) -> Any:
    """Return the value at a place of an entry, or `None`."""
    for part in pointer:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def day_at(value: Any, pointer: Pointer) -> date | None:
    """Return the date at a place of an entry, if it is valid."""
    try:
        return date.fromisoformat(str(value_at(value, pointer)))
    except ValueError:
        return None


def review_due(value: Mapping[str, Any]) -> date | None:
    """Return the next review date of an entry; `None` if it is retired or has none."""
    return None if value.get("status") == "retired" else day_at(value, ("review", "next"))


def contract_of(tool: Mapping[str, Any]) -> Contract | None:
    """Return the dates of a tool's contract; `None` without one."""
    renews_on = day_at(tool, ("contract", "renews_on"))
    if renews_on is None:
        return None
    # The notice period is missing if readers can't see it.
    notice_days = value_at(tool, ("contract", "notice_days")) or 0
    notice_by = max(renews_on.toordinal() - notice_days, date.min.toordinal())
    return Contract(renews_on, date.fromordinal(notice_by))


def contract_to_decide(tool: Mapping[str, Any]) -> Contract | None:
    """Return the contract of a tool that renews automatically; `None` if the tool is retired or has none."""
    return None if tool.get("status") == "retired" else contract_of(tool)


def experiment_end(experiment: Mapping[str, Any]) -> date | None:
    """Return the planned end of a running experiment."""
    return day_at(experiment, ("planned_end",)) if experiment.get("status") == "running" else None


def flag_expiry(flag: Mapping[str, Any]) -> date | None:
    """Return the expiry date of a flag."""
    return day_at(flag, ("expires_on",))


def days(number: int) -> str:
    """Return a number of days in words: `today`, `in 3 days` or `3 days ago`."""
    if number == 0:
        return "today"
    amount = f"{abs(number)} day{'' if abs(number) == 1 else 's'}"
    return f"in {amount}" if number > 0 else f"{amount} ago"
