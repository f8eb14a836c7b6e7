"""The dates of a tool's contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from handbook.base.language import _
from handbook.base.named_tuples import NamedTuple
from handbook.kinds.tool.states import is_gone
from handbook.read.values import day_at, number_at


class Contract(NamedTuple):
    """The two dates of a contract.

    Attributes:
        renews_on: The renewal date.
        notice_by: The notice deadline: the renewal date minus the notice period; `None` if that is unknown.
    """

    renews_on: date
    notice_by: date | None


def contract_of(tool: Mapping[str, Any]) -> Contract | None:
    """Return the dates of a tool's contract; `None` without a known renewal date."""
    renews_on = day_at(tool, ("contract", "renews_on"))
    if renews_on is None:
        return None
    notice_days = number_at(tool, ("contract", "notice_days"))
    if notice_days is None:
        return Contract(renews_on, None)
    notice_by = max(renews_on.toordinal() - int(notice_days), date.min.toordinal())
    return Contract(renews_on, date.fromordinal(notice_by))


def contract_to_decide(tool: Mapping[str, Any]) -> Contract | None:
    """Return the contract of a tool that renews automatically; `None` if the tool is retired or has none."""
    return None if is_gone(tool) else contract_of(tool)


def tool_deadlines(tool: Mapping[str, Any], today: date) -> Iterator[tuple[str, date | None]]:
    """Yield the actions for a tool with their due dates."""
    contract = contract_to_decide(tool)
    if contract and contract.renews_on < today:
        yield _("update the renewal date"), contract.renews_on
    elif contract and contract.notice_by:
        yield _("renew or cancel"), contract.notice_by
    elif contract:
        yield "find out the notice period", contract.renews_on
    if not is_gone(tool):
        yield _("assign an owner"), None
