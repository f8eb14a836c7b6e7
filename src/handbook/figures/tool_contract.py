"""When the contract of a tool renews, and until when notice can be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.check.deadlines import contract_of
from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry


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


def tool_contract(basis: Basis, tool: Entry) -> ToolContract | None:
    """The days of a tool's contract; `None` when the entry has no contract.

    Args:
        basis: What figures are worked out from.
        tool: An entry of the kind `tool`.
    """
    contract = contract_of(tool.data)
    if not contract:
        return None
    left = (contract.notice_by - basis.today).days
    return ToolContract(
        contract.renews_on, contract.notice_by, left, renewed=contract.renews_on < basis.today
    )
