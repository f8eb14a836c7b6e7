"""JSON format of the tool audit: one object. Amounts are text with two decimals, so that none is rounded."""

from __future__ import annotations

from typing import Any

from handbook.kinds.tool.audit import Group, ToolAudit
from handbook.kinds.tool.money import Sum
from handbook.output.as_json import as_json
from handbook.output.audit.records import record

VERSION = 2
"""The version of the format. It is raised when a name or its meaning changes, not when something is added."""


def render(audit: ToolAudit) -> str:
    """Render the audit: its date, every tool, the totals, the overlaps and the rates."""
    return as_json(
        {
            "version": VERSION,
            "as_of": audit.day.isoformat(),
            "tools": [record(each) for each in audit.by_urgency],
            "totals": {
                "all": _group(audit.total),
                "by_category": [_group(group) for group in audit.by_category],
                "by_owner": [_group(group) for group in audit.by_owner],
                "by_status": [_group(group) for group in audit.by_status],
            },
            "overlaps": [
                {
                    "tools": [pair.one.id, pair.other.id],
                    "shared": list(pair.shared),
                    "covered": pair.covered.id if pair.covered else None,
                    "wanted_because": pair.why or None,
                }
                for pair in audit.overlaps
            ],
            "report_in": audit.report_in or None,
            "rates": [{"currency": rate.currency, "rate": rate.rate, "on": rate.on} for rate in audit.rates],
        }
    )


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "tools": [tool.id for tool in group.tools],
        "yearly_cost": _sum(group.cost),
        "idle_cost": _sum(group.idle),
        "cost_not_known": [tool.id for tool in group.unknown],
    }


def _sum(total: Sum) -> list[dict[str, str]]:
    return [{"currency": part.currency, "amount": part.decimal} for part in total.parts]
