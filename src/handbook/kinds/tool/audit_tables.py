"""The tables of the tool audit, for pages, terminals and documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handbook.base.table import Column, Phrase, Styled, Table, Tags
from handbook.base.words import count
from handbook.kinds.tool.audited import AuditedTool
from handbook.kinds.tool.contract import ToolContract
from handbook.kinds.tool.cost import ToolCost
from handbook.kinds.tool.cost_groups import Group
from handbook.kinds.tool.money import Money
from handbook.kinds.tool.overlap import Overlap
from handbook.read.settings import Rate


def recommendation_table(tools: Sequence[AuditedTool]) -> Table:
    """Return the recommendation for each tool."""
    rows = [
        (
            each.tool,
            Styled(each.status, "word"),
            Styled(each.recommendation.action, "label"),
            each.recommendation.reason,
            each.owners or "Unassigned",
        )
        for each in tools
    ]
    return _table("Recommendations", ("Tool", "Status", "Recommendation", "Reason", "Owner"), rows)


def notice_table(tools: Sequence[AuditedTool]) -> Table:
    """Return the contract dates of paid tools."""
    titles = ("Tool", "Notice deadline", "Renewal date", "Renewal cost", "Recommendation")
    rows = [_notice(each, each.contract) for each in tools if each.contract]
    return _table("Notice deadlines", titles, rows)


def cost_table(tools: Sequence[AuditedTool]) -> Table:
    """Return the cost and seats of the tools that have a cost."""
    per_tool = ("Annual cost", "Cost per active user", "Seats in use", "Unused seats", "Cost of unused seats")
    rows = [_cost(each) for each in tools if each.paid or each.cost.yearly]
    return _table("Cost and seats", ("Tool", *per_tool), rows)


def group_table(field: str, groups: Sequence[Group], total: Group) -> Table:
    """Return the cost of each group and in total. Unknown costs have columns if there are any."""
    named = [*((group.owner or group.title, group) for group in groups), (Styled("Total", "strong"), total)]
    columns: list[tuple[str, Sequence[Any]]] = [
        (field.capitalize(), [name for name, _ in named]),
        ("Tools", [len(group.tools) for _, group in named]),
        ("Annual cost", [group.cost_words for _, group in named]),
        ("Cost of unused seats", [group.idle_words for _, group in named]),
    ]
    if total.unknown:
        columns.append(("Cost unknown", [group.unknown for _, group in named]))
    if set(total.idle_unknown) - set(total.unknown):
        columns.append(("Cost of unused seats unknown", [group.idle_unknown for _, group in named]))
    titles, cells = zip(*columns, strict=True)
    return _table(f"By {field}", titles, list(zip(*cells, strict=True)))


def rate_table(rates: Sequence[Rate], report_in: str) -> Table:
    """Return the exchange rates."""
    rows = [(rate.currency, rate.rate, rate.on) for rate in rates]
    return _table("Rates", ("Currency", f"Rate in {report_in}", "Date"), rows)


def overlap_table(pairs: Sequence[Overlap]) -> Table:
    """Return the pairs of overlapping tools, with what to do about each."""
    rows = [(Phrase((pair.one, " and ", pair.other)), Tags.of(pair.shared), _action(pair)) for pair in pairs]
    return _table("Overlapping tools", ("Tools", "Shared capabilities", "Action"), rows)


def issue_table(tools: Sequence[AuditedTool]) -> Table:
    """Return each issue with the tools concerned, also if there are none: the audit looked for it."""
    issues = {
        "No owner": Phrase.joined(each.tool for each in tools if not each.owners),
        "Review overdue": Phrase.joined(
            Phrase((each.tool, " (since ", each.review_due, ")")) for each in tools if each.review_due
        ),
        "Sunset or retired, still in use": Phrase.joined(
            Phrase((each.tool, f" ({count(each.cost.active or 0, 'active user')})"))
            for each in tools
            if each.left_in_use
        ),
        "Missing data": Phrase.joined(
            (
                Phrase((each.tool, f" ({', '.join(each.missing_fields)})"))
                for each in tools
                if each.missing_fields
            ),
            "; ",
            "None: every paid tool has an owner, cost, seats, contract, capabilities and review date",
        ),
    }
    return _table("Data quality", ("Issue", "Tools"), list(issues.items()))


def _table(title: str, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    return Table(title, [Column(each, is_long=each == "Reason") for each in titles], rows)


def _notice(each: AuditedTool, contract: ToolContract) -> tuple[Any, ...]:
    when: tuple[Any, ...] = (contract.notice_by or "Unknown",)
    if contract.renewed:
        when += (": entry out of date",)
    elif contract.days_left is not None and contract.days_left < 0:
        when += (": passed",)
    elif each.decided_now:
        when += (": ", Styled(f"in {contract.days_left} days", "strong"))
    recommendation = Styled(each.recommendation.action, "label")
    return each.tool, Phrase(when), contract.renews_on, _amount(each.cost.yearly), recommendation


def _cost(each: AuditedTool) -> tuple[Any, ...]:
    cost = each.cost
    return (
        each.tool,
        _amount(cost.yearly),
        "No active users" if cost.active == 0 and not cost.per_active else _amount(cost.per_active),
        _seats(cost),
        "No data" if cost.idle is None else cost.idle,
        "None (flat rate)" if cost.yearly and cost.per_seat is False else _amount(cost.idle_cost),
    )


def _seats(cost: ToolCost) -> str:
    if cost.active is None and cost.licensed is None:
        return "No data"
    active, licensed = ("unknown" if number is None else number for number in (cost.active, cost.licensed))
    return f"{active} of {licensed}{f' ({cost.percent})' if cost.percent else ''}"


def _amount(money: Money | None) -> Styled | str:
    return Styled(money.words, "amount") if money else "Unknown"


def _action(pair: Overlap) -> Phrase | str:
    if pair.why:
        return f"Intentional: {pair.why}"
    if pair.covered:
        return Phrase((pair.covered, " has no unique capabilities: consider a sunset"))
    return "Document why both are needed, or sunset one"
