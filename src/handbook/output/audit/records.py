"""Records of the tool audit for machine-readable formats. Amounts are decimals, as text."""

from __future__ import annotations

from typing import Any

from handbook.kinds.tool.audit import AuditedTool
from handbook.kinds.tool.money import Money


def record(each: AuditedTool) -> dict[str, Any]:
    """Return the record of a tool. Unknown values are `None`."""
    cost, contract = each.cost, each.contract
    return {
        "id": each.tool.id,
        "name": each.tool.name,
        "category": each.category,
        "status": each.status,
        "owner": each.owner.id if each.owner else None,
        "paid_for": each.paid,
        "currency": cost.yearly.currency if cost.yearly else None,
        "yearly_cost": decimal(cost.yearly),
        "cost_per_active_person": decimal(cost.per_active),
        "seats_licensed": cost.licensed,
        "seats_active": cost.active,
        "seats_idle": cost.idle,
        "idle_cost": decimal(cost.idle_cost),
        "renews_on": contract.renews_on.isoformat() if contract else None,
        "notice_by": contract.notice_by.isoformat() if contract else None,
        "days_to_notice": contract.days_left if contract else None,
        "overlaps": [other.id for other in each.overlaps],
        "review_overdue_since": each.review_due.isoformat() if each.review_due else None,
        "left_and_still_used": each.left_in_use,
        "missing_fields": list(each.missing_fields),
        "recommendation": each.recommendation.action,
        "reason": each.recommendation.reason,
    }


def decimal(money: Money | None) -> str | None:
    """Return an amount with two decimals."""
    return money.decimal if money else None
