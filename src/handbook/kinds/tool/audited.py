"""The audit of one tool."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.base.table import Several
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.ownership import owners_of
from handbook.kinds.tool.audit_data import missing_fields_of, titles_of
from handbook.kinds.tool.case import Case
from handbook.kinds.tool.contract import ToolContract, tool_contract
from handbook.kinds.tool.cost import ToolCost, tool_cost
from handbook.kinds.tool.money import Money
from handbook.kinds.tool.overlap import Overlaps
from handbook.kinds.tool.recommendation import Recommendation, recommend
from handbook.kinds.tool.seats import SeatHistory, seat_history
from handbook.kinds.tool.states import is_ending, is_in_use, is_proposed
from handbook.link.catalogue import Entry
from handbook.read.values import review_due

DECIDED_WITHIN = 120
"""The days to a notice deadline within which an audit decides. The next one would be too late."""

_ENDS = frozenset({"sunset", "complete-sunset"})
_NOTHING_TO_DO = frozenset({"keep", "closed", "none"})


@dataclass(frozen=True, slots=True)
class AuditedTool:
    """One tool in the audit.

    Attributes:
        tool: The tool.
        owners: The owners, the accountable one first.
        cost: The cost and seats.
        paid: Whether it is paid for now.
        contract: The dates of its contract.
        seats: Its seats over time.
        shared: The capabilities that it shares with other active tools, if it is active.
        review_due: The review date, if it is overdue.
        missing_fields: The missing audit data.
        left_in_use: Whether it is in sunset or retired, but still in use.
        recommendation: The recommendation.
    """

    tool: Entry
    owners: Several
    cost: ToolCost
    paid: bool
    contract: ToolContract | None
    seats: SeatHistory
    shared: tuple[str, ...]
    review_due: date | None
    missing_fields: tuple[str, ...]
    left_in_use: bool
    recommendation: Recommendation

    @property
    def category(self) -> str:
        """The category."""
        return self.tool.data.get("category") or ""

    @property
    def status(self) -> str:
        """The status."""
        return self.tool.data.get("status") or ""

    @property
    def missing_titles(self) -> tuple[str, ...]:
        """The titles of the missing fields, for readers."""
        return titles_of(self.tool, self.missing_fields)

    @property
    def saving(self) -> Money | None:
        """The annual cost that the recommendation saves; `None` if it saves none, or none that is known."""
        if not self.paid:
            return None
        saved = None
        if self.recommendation.action in _ENDS:
            saved = self.cost.yearly
        elif self.recommendation.action == "reduce-seats":
            saved = self.cost.idle_cost
        return saved if saved and saved.amount else None

    @property
    def is_to_decide(self) -> bool:
        """Return whether someone has to do something."""
        return self.recommendation.action not in _NOTHING_TO_DO

    @property
    def decided_now(self) -> bool:
        """Return whether the notice deadline is so close that this audit decides."""
        days_left = self.contract.days_left if self.contract else None
        return self.paid and days_left is not None and 0 <= days_left <= DECIDED_WITHIN


def audited(tool: Entry, basis: Basis, overlaps: Overlaps) -> AuditedTool:
    """Return the audit of a tool.

    Args:
        tool: The tool.
        basis: The data that figures are calculated from.
        overlaps: The overlaps of all active tools.
    """
    cost = tool_cost(basis, tool)
    contract = tool_contract(basis, tool)
    is_bound = not is_proposed(tool.data) and contract is not None and not contract.renewed
    paid = is_in_use(tool.data) or is_bound
    missing_fields = tuple(missing_fields_of(tool)) if paid else ()
    due = review_due(tool.data)
    overdue_since = due if due and due < basis.today else None
    replacement = basis.catalogue.resolve(("tool",), tool.data.get("replaced_by", ""))
    seats = seat_history(basis, tool)
    capabilities = tool.data.get("capabilities", ())
    case = Case(
        tool=tool,
        cost=cost,
        contract=contract,
        partners=overlaps.of(tool),
        seats=seats,
        in_house=[name for name in capabilities if name in overlaps.by_capability],
        replacement=replacement,
        missing_fields=missing_fields,
        review_due=overdue_since,
    )
    return AuditedTool(
        tool=tool,
        owners=owners_of(basis, tool),
        cost=cost,
        paid=paid,
        contract=contract,
        seats=seats,
        shared=overlaps.shared_by(tool),
        review_due=overdue_since,
        missing_fields=missing_fields,
        left_in_use=is_ending(tool.data) and bool(cost.active),
        recommendation=recommend(case),
    )
