"""Output formats for the tool audit. Amounts for programs are text with two decimals, so none is rounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.sentences import in_words
from handbook.base.table import Table
from handbook.base.words import count
from handbook.kinds.tool.audit import ToolAudit
from handbook.kinds.tool.audited import AuditedTool
from handbook.kinds.tool.cost_groups import CostGroup
from handbook.kinds.tool.money import Money, Sum
from handbook.output.as_json import as_json
from handbook.output.tables import csv_lines, markdown_table, markdown_text, text_table

_VERSION = 3
"""The version of the JSON format. Raise it when a name or its meaning changes, not for an addition."""


def render_text(audit: ToolAudit) -> str:
    """Render the audit as tables for a terminal, without empty ones."""
    lines = [f"{_title(audit)}."]
    for table in _tables(audit):
        lines += ["", table.title.upper(), "", *text_table(table)]
    return "\n".join(lines) + "\n"


def render_markdown(audit: ToolAudit) -> str:
    """Render the audit as Markdown tables for a document or a message, without empty ones."""
    lines = [f"# {markdown_text(_title(audit))}"]
    for table in _tables(audit):
        lines += ["", f"## {table.title}", "", *markdown_table(table)]
    return "\n".join(lines) + "\n"


def _tables(audit: ToolAudit) -> Iterator[Table]:
    """Yield the tables that have rows. The first one has all tools, also those with nothing to decide."""
    for name, table in audit.tables.items():
        if table.rows and name != "others":
            yield table


def render_csv(audit: ToolAudit) -> str:
    """Render the names of the columns, and a row for each tool."""
    records = list(map(_record, audit.by_urgency))
    return "".join(csv_lines([list(records[0]), *(each.values() for each in records)] if records else []))


def render_json(audit: ToolAudit) -> str:
    """Render one object: the date, every tool, the totals, the overlaps and the rates."""
    groups = {"category": audit.by_category, "owner": audit.by_owner, "status": audit.by_status}
    return as_json(
        {
            "version": _VERSION,
            "as_of": audit.day.isoformat(),
            "tools": list(map(_record, audit.by_urgency)),
            "totals": {
                "all": _group(audit.total),
                **{f"by_{field}": list(map(_group, found)) for field, found in groups.items()},
            },
            "overlaps": [
                {
                    "capability": each.name,
                    "tools": [tool.id for tool in each.tools],
                    "covered": [tool.id for tool in each.covered],
                    "wanted_because": list(each.reasons),
                }
                for each in audit.overlaps
            ],
            "product_managers": audit.product_managers,
            "report_in": audit.report_in or None,
            "rates": [{"currency": rate.currency, "rate": rate.rate, "on": rate.on} for rate in audit.rates],
        }
    )


_IN_A_SENTENCE = {"Unknown": "an unknown cost", "None": "nothing"}
"""Totals without an amount."""


def _title(audit: ToolAudit) -> str:
    """Return the title of the audit, with its most important figures."""
    total, tools = audit.total, count(len(audit.tools), "tool")
    cost, idle = (_IN_A_SENTENCE.get(words, words) for words in (total.cost_words, total.idle_words))
    title = (
        f"Tool audit as of {in_words(audit.day)}: {tools}, {cost} per year, including {idle} for unused seats"
    )
    return "; ".join(filter(None, (title, total.cost_gap, total.idle_gap)))


def _record(each: AuditedTool) -> dict[str, Any]:
    """Return the record of a tool. Unknown values are `None`."""
    cost, contract, before = each.cost, each.contract, each.seats.before
    return {
        "id": each.tool.id,
        "name": each.tool.name,
        "category": each.category,
        "status": each.status,
        "owner": each.owners[0].id if each.owners else None,
        "owners": [owner.id for owner in each.owners],
        "paid_for": each.paid,
        "currency": cost.yearly.currency if cost.yearly else None,
        "yearly_cost": _decimal(cost.yearly),
        "cost_per_active_person": _decimal(cost.per_active),
        "seats_licensed": cost.licensed,
        "seats_active": cost.active,
        "seats_idle": cost.idle,
        "idle_cost": _decimal(cost.idle_cost),
        "renews_on": contract.renews_on.isoformat() if contract else None,
        "notice_by": contract.notice_by.isoformat() if contract and contract.notice_by else None,
        "days_to_notice": contract.days_left if contract else None,
        "shared_capabilities": list(each.shared),
        "counted_before": before.day.isoformat() if before else None,
        "seats_active_before": before.active if before else None,
        "seats_licensed_before": before.licensed if before else None,
        "review_overdue_since": each.review_due.isoformat() if each.review_due else None,
        "left_and_still_used": each.left_in_use,
        "missing_fields": list(each.missing_fields),
        "recommendation": each.recommendation.action,
        "reason": each.recommendation.reason,
    }


def _decimal(money: Money | None) -> str | None:
    """Return an amount with two decimals."""
    return money.decimal if money else None


def _group(group: CostGroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "tools": [tool.id for tool in group.tools],
        "yearly_cost": _sum(group.cost),
        "idle_cost": _sum(group.idle),
        "cost_not_known": [tool.id for tool in group.unknown],
        "idle_cost_not_known": [tool.id for tool in group.idle_unknown],
    }


def _sum(total: Sum) -> list[dict[str, str]]:
    return [{"currency": part.currency, "amount": part.decimal} for part in total.parts]
