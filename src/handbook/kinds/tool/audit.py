"""The tool audit: the cost, use and recommendation for every tool, and the total cost.

The totals include paid tools only: active tools, tools in trial or in sunset, and retired tools whose
contract has not ended. The cost of a proposed tool is listed, but not included in a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from handbook.base.table import Phrase, Table
from handbook.kinds.any.basis import Basis, choice_index, used_values
from handbook.kinds.any.figure import figure
from handbook.kinds.any.ownership import owner_of
from handbook.kinds.tool.audit_tables import audit_issues, audit_tables
from handbook.kinds.tool.contract import ToolContract, tool_contract
from handbook.kinds.tool.cost import COST_NEEDS, ToolCost, tool_cost
from handbook.kinds.tool.money import Money, Sum, add_up
from handbook.kinds.tool.overlap import Overlap, active_by_capability, tool_overlaps
from handbook.kinds.tool.recommendation import ACTIONS, Case, Recommendation, recommend
from handbook.kinds.tool.states import IN_USE
from handbook.link.catalogue import Entry
from handbook.read.settings import Currencies, Rate
from handbook.read.values import review_due

DECIDED_WITHIN = 120
"""The days to a notice deadline within which an audit decides. The next one would be too late."""

_REQUIRED = ("owner", "cost", "seats", "contract", "capabilities", "review")
"""The required audit data of a paid tool."""

_FIELDS = ("status", "category", "owner", "capabilities", "overlaps")


@dataclass(frozen=True, slots=True)
class AuditedTool:
    """One tool in the audit.

    Attributes:
        tool: The tool.
        owner: The owner, or `None`.
        cost: The cost and seats.
        paid: Whether it is paid for now.
        contract: The dates of its contract.
        overlaps: The active tools that share a capability, if it is active.
        review_due: The review date, if it is overdue.
        missing_fields: The missing audit data.
        left_in_use: Whether it is in sunset or retired, but still in use.
        recommendation: The recommendation.
    """

    tool: Entry
    owner: Entry | None
    cost: ToolCost
    paid: bool
    contract: ToolContract | None
    overlaps: tuple[Entry, ...]
    review_due: date | None
    missing_fields: tuple[str, ...]
    left_in_use: bool
    recommendation: Recommendation

    @property
    def category(self) -> str:
        """The category."""
        return str(self.tool.data.get("category", ""))

    @property
    def status(self) -> str:
        """The status."""
        return str(self.tool.data.get("status", ""))

    @property
    def decided_now(self) -> bool:
        """Return whether the notice deadline is so close that this audit decides."""
        return self.paid and self.contract is not None and 0 <= self.contract.days_left <= DECIDED_WITHIN


@dataclass(frozen=True, slots=True)
class Group:
    """Tools of one category, owner or status, with their cost.

    Attributes:
        name: The category, the status, or the ID of the owner; `unassigned` without an owner.
        owner: The owner of a group by owner.
        tools: The tools.
        cost: The annual cost of the paid tools.
        idle: The annual cost of their unused seats.
        unknown: The paid tools with an unknown cost.
    """

    name: str
    owner: Entry | None
    tools: tuple[Entry, ...]
    cost: Sum
    idle: Sum
    unknown: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The name of the group, for readers."""
        return self.owner.name if self.owner else self.name.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class CostChart:
    """The annual cost of groups in one currency, the most expensive first.

    Attributes:
        currency: The currency.
        names: The names of the groups.
        values: The annual cost of each; `None` if unknown.
        shown: The same, for readers.
    """

    currency: str
    names: tuple[str, ...]
    values: tuple[Fraction | None, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToolAudit:
    """The audit of all tools on one day.

    Attributes:
        day: The day.
        tools: Every tool, by status, category and name.
        total: All tools as one group.
        by_category: The groups by category.
        by_owner: The groups by owner; tools without an owner are last.
        by_status: The groups by status.
        overlaps: The pairs of overlapping tools.
        notices: The paid tools with a contract, by notice deadline.
        rates: The exchange rates.
        report_in: The reporting currency.
        decided_within: The days to a notice deadline within which this audit decides.
    """

    day: date
    tools: tuple[AuditedTool, ...]
    total: Group
    by_category: tuple[Group, ...]
    by_owner: tuple[Group, ...]
    by_status: tuple[Group, ...]
    overlaps: tuple[Overlap, ...]
    notices: tuple[AuditedTool, ...]
    rates: tuple[Rate, ...]
    report_in: str
    decided_within: int = DECIDED_WITHIN

    @property
    def by_urgency(self) -> tuple[AuditedTool, ...]:
        """All tools; those that need action are first."""
        return tuple(sorted(self.tools, key=lambda each: ACTIONS.index(each.recommendation.action)))

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables for readers, by name."""
        return audit_tables(self)

    @property
    def issues(self) -> Sequence[tuple[str, Phrase]]:
        """The issues that an audit looks for, each with the tools concerned."""
        return audit_issues(self)

    @property
    def category_charts(self) -> tuple[CostChart, ...]:
        """The cost by category, with a chart for each currency."""
        return _charts(self.by_category, self.total)

    @property
    def owner_charts(self) -> tuple[CostChart, ...]:
        """The cost by owner, with a chart for each currency."""
        return _charts(self.by_owner, self.total)

    @property
    def incomplete(self) -> tuple[AuditedTool, ...]:
        """The tools with missing audit data."""
        return tuple(each for each in self.tools if each.missing_fields)

    @property
    def overdue(self) -> tuple[AuditedTool, ...]:
        """The tools with an overdue review."""
        return tuple(each for each in self.tools if each.review_due)

    @property
    def left_in_use(self) -> tuple[AuditedTool, ...]:
        """The tools in sunset or retired that are still in use."""
        return tuple(each for each in self.tools if each.left_in_use)


@figure({"tool": [*_FIELDS, *COST_NEEDS["tool"], "contract.renews_on", "review.next"]})
def tool_audit(basis: Basis) -> ToolAudit:
    """Show every tool with its annual cost, unused seats, contract and recommendation, and the totals."""
    pairs = tool_overlaps(basis)
    entries = sorted(basis.entries("tool"), key=_place)
    own: dict[str, list[Overlap]] = defaultdict(list)
    for pair in pairs:
        own[pair.one.id].append(pair)
        own[pair.other.id].append(pair)
    in_house = frozenset(active_by_capability(basis))
    tools = tuple(_audited(tool, basis, own.get(tool.id, ()), in_house) for tool in entries)
    currencies = basis.settings.currencies

    def by_value(field: str) -> tuple[Group, ...]:
        return tuple(
            _group(value, [each for each in tools if each.tool.data.get(field) == value], currencies)
            for value in used_values(entries, field)
        )

    return ToolAudit(
        day=basis.today,
        tools=tools,
        total=_group("all", tools, currencies),
        by_category=by_value("category"),
        by_owner=_by_owner(tools, currencies),
        by_status=by_value("status"),
        overlaps=tuple(pairs),
        notices=tuple(sorted((each for each in tools if each.paid and each.contract), key=_notice_day)),
        rates=currencies.rates,
        report_in=currencies.report_in,
    )


def _place(tool: Entry) -> tuple[int, int, str]:
    return choice_index(tool, "status"), choice_index(tool, "category"), tool.name.casefold()


def _notice_day(each: AuditedTool) -> int:
    return each.contract.days_left if each.contract else 0


def _audited(tool: Entry, basis: Basis, overlaps: Sequence[Overlap], in_house: frozenset[str]) -> AuditedTool:
    cost = tool_cost(basis, tool)
    contract = tool_contract(basis, tool)
    status = tool.data.get("status")
    is_bound = status != "proposed" and contract is not None and not contract.renewed
    paid = status in IN_USE or is_bound
    missing_fields = _missing(tool.data) if paid else ()
    due = review_due(tool.data)
    overdue_since = due if due and due < basis.today else None
    replacement = basis.catalogue.resolve(("tool",), tool.data.get("replaced_by", ""))
    case = Case(
        tool=tool,
        cost=cost,
        contract=contract,
        overlaps=overlaps,
        in_house=[name for name in tool.data.get("capabilities", ()) if name in in_house],
        replacement=replacement,
        missing_fields=missing_fields,
        review_due=overdue_since,
    )
    return AuditedTool(
        tool=tool,
        owner=owner_of(basis, tool),
        cost=cost,
        paid=paid,
        contract=contract,
        overlaps=tuple(pair.partner(tool) for pair in overlaps),
        review_due=overdue_since,
        missing_fields=missing_fields,
        left_in_use=status in ("sunset", "retired") and bool(cost.active),
        recommendation=recommend(case),
    )


def _missing(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(field for field in _REQUIRED if not data.get(field))


def _by_owner(tools: Sequence[AuditedTool], currencies: Currencies) -> tuple[Group, ...]:
    owners = {id(each.owner): each.owner for each in tools if each.owner}
    groups = [
        _group(owner.id, [each for each in tools if each.owner is owner], currencies, owner)
        for owner in sorted(owners.values(), key=lambda owner: owner.name.casefold())
    ]
    unassigned = [each for each in tools if each.owner is None]
    return tuple([*groups, _group("unassigned", unassigned, currencies)] if unassigned else groups)


def _charts(groups: Sequence[Group], total: Group) -> tuple[CostChart, ...]:
    return tuple(_chart(groups, part.currency) for part in total.cost.parts)


def _chart(groups: Sequence[Group], currency: str) -> CostChart:
    ordered = sorted(groups, key=lambda group: -group.cost.of(currency))
    amounts = [
        None if group.unknown and not group.cost.of(currency) else Money(group.cost.of(currency), currency)
        for group in ordered
    ]
    return CostChart(
        currency,
        tuple(group.title for group in ordered),
        tuple(None if money is None else money.amount for money in amounts),
        tuple(money.words if money else "Unknown" for money in amounts),
    )


def _group(
    name: str, tools: Sequence[AuditedTool], currencies: Currencies, owner: Entry | None = None
) -> Group:
    paid = [each for each in tools if each.paid]
    return Group(
        name=name,
        owner=owner,
        tools=tuple(each.tool for each in tools),
        cost=add_up((each.cost.yearly for each in paid if each.cost.yearly), currencies),
        idle=add_up((each.cost.idle_cost for each in paid if each.cost.idle_cost), currencies),
        unknown=tuple(each.tool for each in paid if each.cost.yearly is None),
    )
