"""When the contract of a tool renews, and until when notice can be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ToolContract:
    """The two days of a contract, seen from today.

    Attributes:
        renews_on: The day the next term begins.
        notice_by: The last day to give notice: the day of renewal minus the notice period.
        days_left: From today to the last day for notice; below zero when it has passed.
        renewed: Whether the day of renewal has passed, so that the entry is out of date.
    """

    renews_on: date
    notice_by: date
    days_left: int
    renewed: bool


def tool_contract(tool: Mapping[str, Any], today: date) -> ToolContract | None:
    """The days of a tool's contract; `None` when the entry has no contract.

    Args:
        tool: The fields of an entry of the kind `tool`.
        today: The day that counts as today.
    """
    contract = tool.get("contract")
    if not contract:
        return None
    renews_on = date.fromisoformat(contract["renews_on"])
    notice_by = date.fromordinal(max(renews_on.toordinal() - contract["notice_days"], 1))
    return ToolContract(renews_on, notice_by, (notice_by - today).days, renewed=renews_on < today)
