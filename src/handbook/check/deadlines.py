"""The days on which an entry wants somebody's attention. Rules point at them, and the site lists them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from handbook.read.document import Pointer


class Contract(NamedTuple):
    """The two days of a contract.

    Attributes:
        renews_on: The day the next term begins.
        notice_by: The last day to give notice: the day of renewal minus the notice period.
    """

    renews_on: date
    notice_by: date


def value_at(value: Any, pointer: Pointer) -> Any:
    """The value at a place of an entry, or `None`."""
    for part in pointer:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def day_at(value: Any, pointer: Pointer) -> date | None:
    """The day that stands at a place of an entry, if one does."""
    try:
        return date.fromisoformat(str(value_at(value, pointer)))
    except ValueError:
        return None


def review_due(value: Mapping[str, Any]) -> date | None:
    """The day by which somebody looks at an entry again; `None` for one that is retired or does not say."""
    return None if value.get("status") == "retired" else day_at(value, ("review", "next"))


def contract_of(tool: Mapping[str, Any]) -> Contract | None:
    """The days of a tool's contract; `None` when it does not say."""
    renews_on = day_at(tool, ("contract", "renews_on"))
    if renews_on is None:
        return None
    # Where readers may not see the notice period, it is not there.
    notice_days = value_at(tool, ("contract", "notice_days")) or 0
    notice_by = max(renews_on.toordinal() - notice_days, date.min.toordinal())
    return Contract(renews_on, date.fromordinal(notice_by))


def contract_to_decide(tool: Mapping[str, Any]) -> Contract | None:
    """The contract of a tool that renews unless somebody acts; `None` for a retired tool, or without one."""
    return None if tool.get("status") == "retired" else contract_of(tool)


def experiment_end(experiment: Mapping[str, Any]) -> date | None:
    """The day on which an experiment that is running was to end."""
    return day_at(experiment, ("planned_end",)) if experiment.get("status") == "running" else None


def flag_expiry(flag: Mapping[str, Any]) -> date | None:
    """The day by which a flag was to be gone."""
    return day_at(flag, ("expires_on",))


def days(number: int) -> str:
    """`today`, `in 3 days` or `3 days ago`."""
    if number == 0:
        return "today"
    amount = f"{abs(number)} day{'' if abs(number) == 1 else 's'}"
    return f"in {amount}" if number > 0 else f"{amount} ago"
