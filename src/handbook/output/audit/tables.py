"""Plain-text tables of the tool audit, for every format that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook.base.sentences import in_words, listed
from handbook.base.words import count
from handbook.kinds.tool.audit import AuditedTool, Group, ToolAudit
from handbook.kinds.tool.money import Money
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title.

    Attributes:
        title: Its subject.
        head: The titles of its columns.
        rows: Its rows.
    """

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def title_of(audit: ToolAudit) -> str:
    """Return the title of the audit, with its most important figures."""
    tools = count(len(audit.tools), "tool")
    cost, idle = audit.total.cost.words, audit.total.idle.words
    return (
        f"Tool audit as of {in_words(audit.day)}: {tools}, {cost} per year, including {idle} for unused seats"
    )


def tables_of(audit: ToolAudit) -> Iterator[Table]:
    """Yield the tables of the audit."""
    yield Table(
        "Recommendations",
        ("Tool", "Status", "Owner", "Recommendation", "Reason"),
        [
            (
                each.tool.name,
                each.status,
                each.owner.name if each.owner else "Unassigned",
                spoken(each.recommendation.action),
                each.recommendation.reason,
            )
            for each in audit.by_urgency
        ],
    )
    yield Table(
        "Notice deadlines",
        ("Tool", "Notice deadline", "Days left", "Renewal date", "Annual cost"),
        [
            (
                each.tool.name,
                in_words(each.contract.notice_by),
                str(each.contract.days_left),
                in_words(each.contract.renews_on),
                _money(each.cost.yearly),
            )
            for each in audit.notices
            if each.contract
        ],
    )
    yield Table(
        "Cost and seats",
        (
            "Tool",
            "Annual cost",
            "Cost per active user",
            "Seats in use",
            "Unused seats",
            "Cost of unused seats",
        ),
        [_cost_row(each) for each in audit.tools if each.paid or each.cost.yearly],
    )
    yield _groups("By category", audit, audit.by_category)
    yield _groups("By owner", audit, audit.by_owner)
    yield _groups("By status", audit, audit.by_status)
    yield Table(
        "Rates",
        ("Currency", f"Rate in {audit.report_in}", "Date"),
        [(rate.currency, str(rate.rate), rate.on) for rate in audit.rates],
    )
    yield Table(
        "Overlapping tools",
        ("Tools", "Shared capabilities", "Recommendation"),
        [
            (
                f"{pair.one.name} and {pair.other.name}",
                listed([name.replace("-", " ") for name in pair.shared]),
                _follows(pair.why, pair.covered),
            )
            for pair in audit.overlaps
        ],
    )
    yield Table("Data quality", ("Issue", "Tools"), list(_issues(audit)))


def spoken(action: str) -> str:
    """Return a recommendation in words."""
    return action.replace("-", " ")


def _money(money: Money | None) -> str:
    return money.words if money else "Unknown"


def _cost_row(each: AuditedTool) -> tuple[str, ...]:
    cost = each.cost
    is_counted = cost.active is not None
    return (
        each.tool.name,
        _money(cost.yearly),
        "No active users" if cost.active == 0 else _money(cost.per_active),
        f"{cost.active} of {cost.licensed}" if is_counted else "Not recorded",
        str(cost.idle) if is_counted else "Not recorded",
        "None: flat price" if cost.yearly and not cost.per_seat else _money(cost.idle_cost),
    )


def _groups(title: str, audit: ToolAudit, groups: Iterable[Group]) -> Table:
    return Table(
        title,
        (
            title.removeprefix("By ").capitalize(),
            "Tools",
            "Annual cost",
            "Cost of unused seats",
            "Unknown cost",
        ),
        [
            (
                group.title,
                str(len(group.tools)),
                group.cost.words,
                group.idle.words,
                ", ".join(tool.name for tool in group.unknown),
            )
            for group in (*groups, audit.total)
        ],
    )


def _follows(why: str, covered: Entry | None) -> str:
    if why:
        return f"Intentional overlap: {why}"
    if covered:
        return f"{covered.name} has no unique capabilities: consider a sunset"
    return "Record why you need both, or sunset one"


def _issues(audit: ToolAudit) -> Iterator[tuple[str, str]]:
    """Yield each issue with the tools concerned, or `None` to show that the audit looked for it."""
    issues = {
        "No owner assigned": [each.tool.name for each in audit.tools if not each.owner],
        "Review overdue": [
            f"{each.tool.name} (since {in_words(each.review_due)})"
            for each in audit.overdue
            if each.review_due
        ],
        "In sunset or retired, still in use": [
            f"{each.tool.name} ({each.cost.active} people)" for each in audit.left_in_use
        ],
        "Missing data": [f"{each.tool.name} ({', '.join(each.missing_fields)})" for each in audit.incomplete],
    }
    for title, tools in issues.items():
        yield title, "; ".join(tools) or "None"
