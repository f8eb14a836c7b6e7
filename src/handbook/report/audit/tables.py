"""The tool audit as tables of plain text, for every format that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook.check.words import count
from handbook.figures.money import Money
from handbook.figures.tool_audit import AuditedTool, Group, ToolAudit
from handbook.figures.words import in_words, listed
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title.

    Attributes:
        title: What it is about.
        head: The titles of its columns.
        rows: Its rows.
    """

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def title_of(audit: ToolAudit) -> str:
    """What the whole is, with its most important figures."""
    tools = count(len(audit.tools), "tool")
    cost, idle = audit.total.cost.words, audit.total.idle.words
    return f"Tool audit as of {in_words(audit.day)}: {tools}, {cost} a year, of that {idle} for idle seats"


def tables_of(audit: ToolAudit) -> Iterator[Table]:
    """Everything the audit says."""
    yield Table(
        "What to do",
        ("Tool", "Status", "Owner", "Recommendation", "Why"),
        [
            (
                each.tool.name,
                each.status,
                each.owner.name if each.owner else "nobody",
                spoken(each.verdict.action),
                each.verdict.reason,
            )
            for each in audit.by_urgency
        ],
    )
    yield Table(
        "Notice dates",
        ("Tool", "Last day for notice", "Days left", "Renews on", "Next year costs"),
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
        ("Tool", "A year", "Each active person", "Seats in use", "Idle seats", "They cost a year"),
        [_cost_row(each) for each in audit.tools if each.paid or each.cost.yearly],
    )
    yield _groups("By category", audit, audit.by_category)
    yield _groups("By owner", audit, audit.by_owner)
    yield _groups("By status", audit, audit.by_status)
    yield Table(
        "Rates",
        ("Currency", f"In {audit.report_in}", "On"),
        [(rate.currency, str(rate.rate), rate.on) for rate in audit.rates],
    )
    yield Table(
        "The same job twice",
        ("Tools", "Both can do", "What follows"),
        [
            (
                f"{pair.one.name} and {pair.other.name}",
                listed([name.replace("-", " ") for name in pair.shared]),
                _follows(pair.why, pair.covered),
            )
            for pair in audit.overlaps
        ],
    )
    yield Table("What is not in order", ("What", "Tools"), list(_faults(audit)))


def spoken(action: str) -> str:
    """A recommendation in words."""
    return action.replace("-", " ")


def _money(money: Money | None) -> str:
    return money.words if money else "not known"


def _cost_row(each: AuditedTool) -> tuple[str, ...]:
    cost = each.cost
    counted = cost.active is not None
    return (
        each.tool.name,
        _money(cost.yearly),
        "nobody uses it" if cost.active == 0 else _money(cost.per_active),
        f"{cost.active} of {cost.licensed}" if counted else "not counted",
        str(cost.idle) if counted else "not counted",
        "nothing: flat price" if cost.yearly and not cost.per_seat else _money(cost.idle_cost),
    )


def _groups(title: str, audit: ToolAudit, groups: Iterable[Group]) -> Table:
    return Table(
        title,
        (
            title.removeprefix("By ").capitalize(),
            "Tools",
            "A year",
            "Of that for idle seats",
            "Cost not known",
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
        return f"Wanted: {why}"
    if covered:
        return f"{covered.name} can do nothing that the other cannot: it could go"
    return "Say what both are needed for, or leave one"


def _faults(audit: ToolAudit) -> Iterator[tuple[str, str]]:
    """What is wrong, with the tools; `none` where there are none, so that all see it was looked for."""
    faults = {
        "Without an owner": [each.tool.name for each in audit.tools if not each.owner],
        "Review overdue": [
            f"{each.tool.name} (since {in_words(each.review_due)})"
            for each in audit.overdue
            if each.review_due
        ],
        "Left and still used": [
            f"{each.tool.name} ({each.cost.active} people)" for each in audit.left_in_use
        ],
        "Data missing": [f"{each.tool.name} ({', '.join(each.lacks)})" for each in audit.lacking],
    }
    for title, tools in faults.items():
        yield title, "; ".join(tools) or "none"
