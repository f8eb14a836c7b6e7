"""The renewal date and notice deadline of a tool's contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.dates import contract_of
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class ToolContract:
    """The dates of a contract.

    Attributes:
        renews_on: The renewal date.
        notice_by: The notice deadline: the renewal date minus the notice period; `None` if that is unknown.
        days_left: The days until the notice deadline; negative if it has passed, `None` if it is unknown.
        renewed: Whether the renewal date has passed, so that the entry is out of date.
    """

    renews_on: date
    notice_by: date | None
    days_left: int | None
    renewed: bool


@figure({"tool": ("contract.renews_on",)})
def tool_contract(basis: Basis, tool: Entry) -> ToolContract | None:
    """Return the dates of a tool's contract; `None` without a known renewal date.

    Args:
        basis: The data that figures are calculated from.
        tool: An entry of the content type `tool`.
    """
    contract = contract_of(tool.data)
    if not contract:
        return None
    left = (contract.notice_by - basis.today).days if contract.notice_by else None
    return ToolContract(
        contract.renews_on, contract.notice_by, left, renewed=contract.renews_on < basis.today
    )
