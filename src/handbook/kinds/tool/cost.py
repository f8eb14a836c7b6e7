"""The annual cost of a tool, per active user and for unused seats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from handbook.base.numbers import exact, format_percent
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.money import Money
from handbook.link.catalogue import Entry

_PERIODS = {"month": 12, "year": 1}
_FIELDS = ("amount", "currency", "period", "per_seat")
COST_NEEDS = {"tool": [*(f"cost.{field}" for field in _FIELDS), "seats.licensed", "seats.active"]}


@dataclass(frozen=True, slots=True)
class ToolCost:
    """The cost and seats of a tool. What cannot be calculated is `None`.

    Attributes:
        yearly: The annual cost: the price for twelve months, times the paid seats if the price is per seat.
        per_seat: Whether the price is per seat.
        licensed: The paid seats.
        active: The active users.
        idle: The unused seats. Never below zero: more users than seats is a finding of its own.
        idle_cost: The annual cost of unused seats, which is 0 with flat-rate pricing or without unused seats.
        per_active: The annual cost per active user; also `None` without active users.
        share: The share of seats in use; also `None` without seats.
    """

    yearly: Money | None
    per_seat: bool | None
    licensed: int | None
    active: int | None
    idle: int | None
    idle_cost: Money | None
    per_active: Money | None
    share: Fraction | None

    @property
    def percent(self) -> str:
        """The share of seats in use, in percent; empty when it is unknown."""
        return "" if self.share is None else format_percent(self.share)


@figure(COST_NEEDS)
def tool_cost(basis: Basis, tool: Entry) -> ToolCost:  # noqa: ARG001 - a figure takes a basis
    """Return the annual cost of a tool, and how much of it is for unused seats.

    Args:
        basis: The data that figures are calculated from.
        tool: An entry of the content type `tool`.
    """
    return cost_of(tool)


def cost_of(tool: Entry) -> ToolCost:
    """Return the annual cost of a tool, and how much of it is for unused seats.

    - annual cost = amount x periods a year (12 or 1) x licensed seats, the last only if the price is per
      seat;
    - unused seats = licensed seats - active users, at least 0;
    - cost of unused seats = amount x periods a year x unused seats if the price is per seat, otherwise 0;
    - cost per active user = annual cost / active users.

    Args:
        tool: An entry of the content type `tool`.
    """
    cost, seats = tool.data.get("cost"), tool.data.get("seats", {})
    licensed: int | None = seats.get("licensed")
    active: int | None = seats.get("active")
    idle = None if licensed is None or active is None else max(licensed - active, 0)
    unit = exact(cost["amount"]) * _PERIODS[cost["period"]] if cost else None
    per_seat: bool | None = cost.get("per_seat") if cost else None

    def money(amount: Fraction | None) -> Money | None:
        return Money(amount, cost["currency"]) if cost and amount is not None else None

    yearly = _by_pricing(per_seat=per_seat, flat=unit, seats=_times(unit, licensed))
    return ToolCost(
        yearly=money(yearly),
        per_seat=per_seat,
        licensed=licensed,
        active=active,
        idle=idle,
        idle_cost=money(_by_pricing(per_seat=per_seat, flat=Fraction(0), seats=_times(unit, idle))),
        per_active=money(yearly / active if yearly is not None and active else None),
        share=None if active is None or not licensed else Fraction(active, licensed),
    )


def _by_pricing(*, per_seat: bool | None, flat: Fraction | None, seats: Fraction | None) -> Fraction | None:
    """Return the amount by the pricing. If that is unknown, the amount is known only if both are the same."""
    if per_seat is None:
        return flat if flat == seats else None
    return seats if per_seat else flat


def _times(unit: Fraction | None, number: int | None) -> Fraction | None:
    """Return the price of a number of seats. Seats without a price cost nothing, however many they are."""
    if unit is None or (number is None and unit):
        return None
    return unit * (number or 0)
