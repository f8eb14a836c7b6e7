"""The dates of a tool's contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from handbook.kinds.tool.states import is_gone
from handbook.read.values import day_at, number_at


class Contract(NamedTuple):
    """The two dates of a contract.

    Attributes:
        renews_on: The renewal date.
        notice_by: The notice deadline: the renewal date minus the notice period.
    """

    renews_on: date
    notice_by: date


def contract_of(tool: Mapping[str, Any]) -> Contract | None:
    """Return the dates of a tool's contract; `None` without one."""
    renews_on = day_at(tool, ("contract", "renews_on"))
    if renews_on is None:
        return None
    # The notice period is missing if readers can't see it.
    notice_days = number_at(tool, ("contract", "notice_days")) or 0
    notice_by = max(renews_on.toordinal() - int(notice_days), date.min.toordinal())
    return Contract(renews_on, date.fromordinal(notice_by))


def contract_to_decide(tool: Mapping[str, Any]) -> Contract | None:
    """Return the contract of a tool that renews automatically; `None` if the tool is retired or has none."""
    return None if is_gone(tool) else contract_of(tool)


def tool_deadlines(tool: Mapping[str, Any], today: date) -> Iterator[tuple[str, date | None]]:
    """Yield the actions for a tool with their due dates."""
    contract = contract_to_decide(tool)
    if contract and contract.renews_on < today:
        yield "update the renewal date", contract.renews_on
    elif contract:
        yield "renew or cancel", contract.notice_by
    if not is_gone(tool):
        yield "assign an owner", None
