"""The tool audit: the cost, use and recommendation for every tool, and the total cost.

The totals include paid tools only: active tools, tools in trial or in sunset, and retired tools whose
contract has not ended. The cost of a proposed tool is listed, but not included in a total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from handbook.base.quarters import Quarter
from handbook.base.table import Table
from handbook.kinds.any.basis import Basis, choice_index, used_values
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.audit_tables import (
    cost_table,
    group_table,
    issue_table,
    notice_table,
    overlap_table,
    rate_table,
    recommendation_table,
    since_last_table,
)
from handbook.kinds.tool.audited import DECIDED_WITHIN, AuditedTool, audited
from handbook.kinds.tool.cost import COST_NEEDS
from handbook.kinds.tool.cost_groups import (
    CostBar,
    CostChart,
    CostGroup,
    cost_bars,
    cost_charts,
    cost_group,
    groups_by_owner,
)
from handbook.kinds.tool.money import Sum, add_up
from handbook.kinds.tool.notice_timeline import NoticeTimeline, notice_timeline
from handbook.kinds.tool.overlap import Overlaps, SharedCapability
from handbook.kinds.tool.recommendation import ACTIONS
from handbook.link.catalogue import Entry
from handbook.read.settings import Rate

_FIELDS = ("status", "category", "owner", "capabilities", "overlaps.tool", "overlaps.why")
AUDIT_NEEDS = {"tool": [*_FIELDS, *COST_NEEDS["tool"], "contract.renews_on", "review.next"]}
"""The fields without which there is no audit."""
_SURVEY_NEEDS = {"survey": ("quarter", "product_managers")}


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
        overlaps: The capabilities of several active tools.
        notices: The paid tools with a contract, by notice deadline.
        rates: The exchange rates.
        report_in: The reporting currency.
        product_managers: The number of product managers in the last survey; `None` if it is unknown.
        saved: The annual cost that the recommendations save.
        decisions: The tools with something to decide, the largest saving first.
        decided_within: The days to a notice deadline within which this audit decides.
    """

    day: date
    tools: tuple[AuditedTool, ...]
    total: CostGroup
    by_category: tuple[CostGroup, ...]
    by_owner: tuple[CostGroup, ...]
    by_status: tuple[CostGroup, ...]
    overlaps: tuple[SharedCapability, ...]
    notices: tuple[AuditedTool, ...]
    rates: tuple[Rate, ...]
    report_in: str
    product_managers: int | None = None
    saved: Sum = field(default_factory=Sum)
    decisions: tuple[AuditedTool, ...] = ()
    decided_within: int = DECIDED_WITHIN

    @property
    def others(self) -> tuple[AuditedTool, ...]:
        """The tools without anything to decide."""
        return tuple(each for each in self.by_urgency if not each.is_to_decide)

    @property
    def saving_decisions(self) -> int:
        """The number of decisions that save something."""
        return sum(each.saving is not None for each in self.decisions)

    @property
    def saved_share(self) -> float:
        """The share of the annual cost that is saved, in percent; 0 with several currencies."""
        if len(self.saved.parts) != 1 or len(self.total.cost.parts) != 1:
            return 0
        saved, spent = self.saved.parts[0], self.total.cost.parts[0]
        return round(float(saved.amount * 100 / spent.amount), 1) if saved.currency == spent.currency else 0

    @property
    def timeline(self) -> NoticeTimeline:
        """The notice deadlines of the next months."""
        return notice_timeline(self.notices, self.day)

    @property
    def next_notice(self) -> AuditedTool | None:
        """The tool with the next notice deadline; `None` without one."""
        known = ((each, each.contract.notice_by) for each in self.notices if each.contract)
        return next((each for each, day in known if day and day >= self.day), None)

    @property
    def has_costs(self) -> bool:
        """Whether any tool has a known cost, or a known number of seats."""
        costs = (each.cost for each in self.tools)
        return any(cost.yearly or cost.licensed is not None or cost.active is not None for cost in costs)

    @property
    def has_changes(self) -> bool:
        """Whether seats have changed since the last audit."""
        return bool(since_last_table(self.tools).rows)

    @property
    def by_urgency(self) -> tuple[AuditedTool, ...]:
        """All tools; those that need action are first."""
        return tuple(sorted(self.tools, key=lambda each: ACTIONS.index(each.recommendation.action)))

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables for readers, by name."""
        return {
            "recommendations": recommendation_table(self.by_urgency),
            "others": recommendation_table(self.others),
            "since_last": since_last_table(self.tools),
            "notices": notice_table(self.notices),
            "costs": cost_table(self.tools),
            "by_category": group_table("category", self.by_category, self.total),
            "by_owner": group_table("owner", self.by_owner, self.total),
            "by_status": group_table("status", self.by_status, self.total),
            "rates": rate_table(self.rates, self.report_in),
            "overlaps": overlap_table(self.overlaps),
            "issues": issue_table(self.tools),
        }

    @property
    def per_product_manager(self) -> str:
        """The annual cost of all tools for each product manager; empty if their number is unknown."""
        number = self.product_managers
        return self.total.cost.shared_by(number).words if number and self.total.cost.parts else ""

    @property
    def money(self) -> tuple[tuple[CostBar, ...], ...]:
        """The cost by category as bars, for each currency."""
        return cost_bars(self.by_category, self.total)

    @property
    def category_charts(self) -> tuple[CostChart, ...]:
        """The cost by category, with a chart for each currency."""
        return cost_charts(self.by_category, self.total)

    @property
    def owner_charts(self) -> tuple[CostChart, ...]:
        """The cost by owner, with a chart for each currency."""
        return cost_charts(self.by_owner, self.total)

    @property
    def issues(self) -> Sequence[Sequence[Any]]:
        """The issues that an audit looks for, each with the tools concerned."""
        return issue_table(self.tools).rows


@figure(AUDIT_NEEDS)
def tool_audit(basis: Basis) -> ToolAudit:
    """Show every tool with its annual cost, unused seats, contract and recommendation, and the totals."""
    overlaps = Overlaps(basis)
    entries = sorted(basis.entries("tool"), key=_place)
    tools = tuple(audited(tool, basis, overlaps) for tool in entries)
    currencies = basis.settings.currencies

    def by_value(field: str) -> tuple[CostGroup, ...]:
        return tuple(
            cost_group(value, [each for each in tools if each.tool.data.get(field) == value], currencies)
            for value in used_values(entries, field)
        )

    to_decide = [each for each in tools if each.is_to_decide]

    def weight(each: AuditedTool) -> tuple[Fraction, int, int]:
        saved = add_up([each.saving] if each.saving else [], currencies)
        action = ACTIONS.index(each.recommendation.action)
        return -sum((part.amount for part in saved.parts), Fraction(0)), action, _notice_day(each)

    return ToolAudit(
        saved=add_up((each.saving for each in to_decide if each.saving), currencies),
        decisions=tuple(sorted(to_decide, key=weight)),
        day=basis.today,
        tools=tools,
        total=cost_group("all", tools, currencies),
        by_category=by_value("category"),
        by_owner=groups_by_owner(tools, currencies),
        by_status=by_value("status"),
        overlaps=overlaps.shared,
        notices=tuple(sorted((each for each in tools if each.paid and each.contract), key=_notice_day)),
        rates=currencies.rates,
        report_in=currencies.report_in,
        product_managers=_product_managers(basis),
    )


def _product_managers(basis: Basis) -> int | None:
    """Return how many product managers there are, by the last survey; `None` if no survey says it."""
    if not basis.meets(_SURVEY_NEEDS):
        return None
    known = {
        Quarter.read(survey.data["quarter"]): number
        for survey in basis.entries("survey")
        if (number := survey.data.get("product_managers"))
    }
    return known[max(known)] if known else None


def _place(tool: Entry) -> tuple[int, int, str]:
    return choice_index(tool, "status"), choice_index(tool, "category"), tool.name.casefold()


def _notice_day(each: AuditedTool) -> int:
    """Return the day of the notice deadline; if it is unknown, of the renewal, which is later."""
    contract = each.contract
    return (contract.notice_by or contract.renews_on).toordinal() if contract else 0
