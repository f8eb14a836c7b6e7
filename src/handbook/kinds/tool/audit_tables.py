"""The tables of the tool audit, for pages, terminals and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from handbook.base.table import Column, Phrase, Styled, Table, Tags
from handbook.base.words import count
from handbook.kinds.tool.contract import ToolContract
from handbook.kinds.tool.money import Money
from handbook.kinds.tool.overlap import Overlap

if TYPE_CHECKING:
    from handbook.kinds.tool.audit import AuditedTool, Group, ToolAudit


def audit_tables(audit: ToolAudit) -> Mapping[str, Table]:
    """Return the tables of the audit by name."""
    return {
        "recommendations": _table(
            "Recommendations",
            ("Tool", "Status", "Recommendation", "Reason", "Owner"),
            [
                (
                    each.tool,
                    Styled(each.status, "word"),
                    Styled(each.recommendation.action, "label"),
                    each.recommendation.reason,
                    each.owner or "Unassigned",
                )
                for each in audit.by_urgency
            ],
        ),
        "notices": _table(
            "Notice deadlines",
            ("Tool", "Notice deadline", "Renewal date", "Renewal cost", "Recommendation"),
            [_notice(each, each.contract) for each in audit.notices if each.contract],
        ),
        "costs": _table(
            "Cost and seats",
            (
                "Tool",
                "Annual cost",
                "Cost per active user",
                "Seats in use",
                "Unused seats",
                "Cost of unused seats",
            ),
            [_cost(each) for each in audit.tools if each.paid or each.cost.yearly],
        ),
        "by_category": _groups("category", audit.by_category, audit.total),
        "by_owner": _groups("owner", audit.by_owner, audit.total),
        "by_status": _groups("status", audit.by_status, audit.total),
        "rates": _table(
            "Rates",
            ("Currency", f"Rate in {audit.report_in}", "Date"),
            [(rate.currency, rate.rate, rate.on) for rate in audit.rates],
        ),
        "overlaps": _table(
            "Overlapping tools",
            ("Tools", "Shared capabilities", "Action"),
            [
                (Phrase((pair.one, " and ", pair.other)), Tags.of(pair.shared), _action(pair))
                for pair in audit.overlaps
            ],
        ),
        "issues": _table("Data quality", ("Issue", "Tools"), audit_issues(audit)),
    }


def audit_issues(audit: ToolAudit) -> Sequence[tuple[str, Phrase]]:
    """Return each issue with the tools concerned, also if there are none: the audit looked for it."""
    return [
        ("No owner", Phrase.joined(each.tool for each in audit.tools if not each.owner)),
        (
            "Review overdue",
            Phrase.joined(Phrase((each.tool, " (since ", each.review_due, ")")) for each in audit.overdue),
        ),
        (
            "Sunset or retired, still in use",
            Phrase.joined(
                Phrase((each.tool, f" ({count(each.cost.active or 0, 'active user')})"))
                for each in audit.left_in_use
            ),
        ),
        (
            "Missing data",
            Phrase.joined(
                (Phrase((each.tool, f" ({', '.join(each.missing_fields)})")) for each in audit.incomplete),
                "; ",
                "None: every paid tool has an owner, cost, seats, contract, capabilities and review date",
            ),
        ),
    ]


def _table(title: str, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    return Table(title, [Column(each, is_long=each == "Reason") for each in titles], rows)


def _notice(each: AuditedTool, contract: ToolContract) -> tuple[Any, ...]:
    when: tuple[Any, ...] = (contract.notice_by,)
    if contract.renewed:
        when += (": entry out of date",)
    elif contract.days_left < 0:
        when += (": passed",)
    elif each.decided_now:
        when += (": ", Styled(f"in {contract.days_left} days", "strong"))
    recommendation = Styled(each.recommendation.action, "label")
    return each.tool, Phrase(when), contract.renews_on, _amount(each.cost.yearly), recommendation


def _cost(each: AuditedTool) -> tuple[Any, ...]:
    cost = each.cost
    seats = f"{cost.active} of {cost.licensed}{f' ({cost.percent})' if cost.percent else ''}"
    return (
        each.tool,
        _amount(cost.yearly),
        "No active users" if cost.active == 0 and not cost.per_active else _amount(cost.per_active),
        "No data" if cost.active is None else seats,
        "No data" if cost.idle is None else cost.idle,
        "None (flat rate)" if cost.yearly and not cost.per_seat else _amount(cost.idle_cost),
    )


def _amount(money: Money | None) -> Styled | str:
    return Styled(money.words, "amount") if money else "Unknown"


def _groups(field: str, groups: Sequence[Group], total: Group) -> Table:
    """Return the cost of each group and in total. Unknown costs have a column if there are any."""
    titles = (field.capitalize(), "Tools", "Annual cost", "Cost of unused seats", "Cost unknown")
    rows = [
        (name, len(group.tools), group.cost.words, group.idle.words, group.unknown)
        for name, group in (
            *((group.owner or group.title, group) for group in groups),
            (Styled("Total", "strong"), total),
        )
    ]
    shown = len(titles) if total.unknown else -1
    return _table(f"By {field}", titles[:shown], [row[:shown] for row in rows])


def _action(pair: Overlap) -> Phrase | str:
    if pair.why:
        return f"Intentional: {pair.why}"
    if pair.covered:
        return Phrase((pair.covered, " has no unique capabilities: consider a sunset"))
    return "Document why both are needed, or sunset one"
