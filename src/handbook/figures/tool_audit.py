"""The tool audit: every tool with its cost, its use and what to do with it, and what all cost together.

The sums are over what is paid for: tools that are active, on trial or being left, and retired ones whose
contract has not ended. What a proposed tool would cost stands with the tool and in no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from handbook.figures.basis import Basis
from handbook.figures.money import Money, Sum, add_up
from handbook.figures.ownership import owner_of
from handbook.figures.tool_contract import ToolContract, tool_contract
from handbook.figures.tool_cost import ToolCost, tool_cost
from handbook.figures.tool_overlap import Overlap, active_by_capability, tool_overlaps
from handbook.figures.tool_verdict import ACTIONS, Case, Verdict, judge
from handbook.link.catalogue import Entry
from handbook.read.settings import Currencies, Rate

DECIDED_WITHIN = 120
"""Days to the last day for notice within which an audit decides. For the next one it would be too late."""

_IN_USE = ("active", "trial", "sunset")
_NEEDED = ("owner", "cost", "seats", "contract", "capabilities", "review")
"""What an audit needs to know of a tool that is paid for."""


@dataclass(frozen=True, slots=True)
class AuditedTool:
    """One tool in the audit.

    Attributes:
        tool: The tool.
        owner: The team or role that owns it, when it has an owner.
        cost: What it costs and how much of it is used.
        paid: Whether it is paid for now.
        contract: The days of its contract.
        overlaps: The active tools that share a capability with it, when it is active itself.
        review_due: The day its review was due, when that has passed.
        lacks: What its entry does not say, of what the audit needs.
        left_in_use: Whether people use it though it is being left or gone.
        verdict: What to do.
    """

    tool: Entry
    owner: Entry | None
    cost: ToolCost
    paid: bool
    contract: ToolContract | None
    overlaps: tuple[Entry, ...]
    review_due: date | None
    lacks: tuple[str, ...]
    left_in_use: bool
    verdict: Verdict

    @property
    def category(self) -> str:
        """What it is for."""
        return str(self.tool.data["category"])

    @property
    def status(self) -> str:
        """Where it stands."""
        return str(self.tool.data["status"])

    @property
    def decided_now(self) -> bool:
        """Whether the last day for notice is so near that this audit decides."""
        return self.paid and self.contract is not None and 0 <= self.contract.days_left <= DECIDED_WITHIN


@dataclass(frozen=True, slots=True)
class Group:
    """Tools that have something in common, and what they cost.

    Attributes:
        name: What they have in common: a category, a status, or the id of their owner; `nobody` without one.
        owner: The owner, when they are grouped by it.
        tools: The tools.
        cost: What those that are paid for cost a year.
        idle: What their idle seats cost a year.
        unknown: Those that are paid for and whose cost is not known.
    """

    name: str
    owner: Entry | None
    tools: tuple[Entry, ...]
    cost: Sum
    idle: Sum
    unknown: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What they have in common, as readers know it."""
        return self.owner.name if self.owner else self.name.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class CostChart:
    """What groups cost in one currency, the dearest first.

    Attributes:
        currency: The currency.
        names: The groups.
        values: What each costs a year; `None` where that is not known.
        shown: The same as readers see it.
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
        total: All of them as one group.
        by_category: Groups by what they are for.
        by_owner: Groups by owner, those without one last.
        by_status: Groups by where they stand.
        overlaps: Every pair of active tools that share a capability.
        notices: Tools that are paid for, by the last day to give notice.
        rates: What was converted, and at which rates.
        report_in: The currency that was converted to.
        decided_within: Days to the last day for notice within which this audit decides.
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
        """Every tool, those that need somebody to act first."""
        return tuple(sorted(self.tools, key=lambda each: ACTIONS.index(each.verdict.action)))

    @property
    def category_charts(self) -> tuple[CostChart, ...]:
        """The cost by category, a chart for each currency."""
        return _charts(self.by_category, self.total)

    @property
    def owner_charts(self) -> tuple[CostChart, ...]:
        """The cost by owner, a chart for each currency."""
        return _charts(self.by_owner, self.total)

    @property
    def lacking(self) -> tuple[AuditedTool, ...]:
        """Tools whose entries lack something that the audit needs."""
        return tuple(each for each in self.tools if each.lacks)

    @property
    def overdue(self) -> tuple[AuditedTool, ...]:
        """Tools whose review is overdue."""
        return tuple(each for each in self.tools if each.review_due)

    @property
    def left_in_use(self) -> tuple[AuditedTool, ...]:
        """Tools that are being left or gone, and still used."""
        return tuple(each for each in self.tools if each.left_in_use)


def tool_audit(basis: Basis) -> ToolAudit:
    """Every tool with its yearly cost, idle seats, contract and one recommendation; and the totals."""
    entries = basis.catalogue.entries("tool")
    pairs = tool_overlaps(basis)
    order = {
        field: {
            choice: index
            for index, choice in enumerate(basis.catalogue.kind("tool").shape.properties[field].choices)
        }
        for field in ("status", "category")
    }

    def place(tool: Entry) -> tuple[int, int, str]:
        status, category = (order[field][tool.data[field]] for field in ("status", "category"))
        return status, category, tool.name.casefold()

    own: dict[str, list[Overlap]] = defaultdict(list)
    for pair in pairs:
        own[pair.one.id].append(pair)
        own[pair.other.id].append(pair)
    in_house = frozenset(active_by_capability(basis))
    tools = tuple(
        _audited(tool, basis, own.get(tool.id, ()), in_house) for tool in sorted(entries.values(), key=place)
    )
    currencies = basis.settings.currencies

    def by_choice(field: str) -> tuple[Group, ...]:
        names = sorted({each.tool.data[field] for each in tools}, key=order[field].__getitem__)
        return tuple(
            _group(name, [each for each in tools if each.tool.data[field] == name], currencies)
            for name in names
        )

    return ToolAudit(
        day=basis.today,
        tools=tools,
        total=_group("all", tools, currencies),
        by_category=by_choice("category"),
        by_owner=_by_owner(tools, currencies),
        by_status=by_choice("status"),
        overlaps=tuple(pairs),
        notices=tuple(sorted((each for each in tools if each.paid and each.contract), key=_notice_day)),
        rates=currencies.rates,
        report_in=currencies.report_in,
    )


def _notice_day(each: AuditedTool) -> int:
    return each.contract.days_left if each.contract else 0


def _audited(tool: Entry, basis: Basis, overlaps: Sequence[Overlap], in_house: frozenset[str]) -> AuditedTool:
    cost = tool_cost(basis, tool)
    contract = tool_contract(basis, tool)
    status = tool.data["status"]
    paid = status in _IN_USE or (status == "retired" and contract is not None and not contract.renewed)
    lacks = _lacking(tool.data) if paid else ()
    review_due = _review_due(tool.data, basis.today)
    replacement = basis.catalogue.resolve(("tool",), tool.data.get("replaced_by", ""))
    case = Case(
        tool=tool,
        cost=cost,
        contract=contract,
        overlaps=overlaps,
        in_house=[name for name in tool.data.get("capabilities", ()) if name in in_house],
        replacement=replacement,
        lacks=lacks,
        review_due=review_due,
    )
    return AuditedTool(
        tool=tool,
        owner=owner_of(basis, tool),
        cost=cost,
        paid=paid,
        contract=contract,
        overlaps=tuple(pair.partner(tool) for pair in overlaps),
        review_due=review_due,
        lacks=lacks,
        left_in_use=status in ("sunset", "retired") and bool(cost.active),
        verdict=judge(case),
    )


def _lacking(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(field for field in _NEEDED if not data.get(field))


def _review_due(data: Mapping[str, Any], today: date) -> date | None:
    """The day the review was due, when that has passed; what is retired is not reviewed."""
    if data["status"] == "retired" or "review" not in data:
        return None
    due = date.fromisoformat(data["review"]["next"])
    return due if due < today else None


def _by_owner(tools: Sequence[AuditedTool], currencies: Currencies) -> tuple[Group, ...]:
    owners = {id(each.owner): each.owner for each in tools if each.owner}
    groups = [
        _group(owner.id, [each for each in tools if each.owner is owner], currencies, owner)
        for owner in sorted(owners.values(), key=lambda owner: owner.name.casefold())
    ]
    nobodys = [each for each in tools if each.owner is None]
    return tuple([*groups, _group("nobody", nobodys, currencies)] if nobodys else groups)


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
        tuple(money.words if money else "not known" for money in amounts),
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
