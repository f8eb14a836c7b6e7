"""What a tool costs a year, for each person who uses it, and for seats that nobody uses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from handbook.figures.basis import Basis
from handbook.figures.money import Money, exact
from handbook.link.catalogue import Entry

_PERIODS = {"month": 12, "year": 1}


@dataclass(frozen=True, slots=True)
class ToolCost:
    """What is known of a tool's cost and seats. What cannot be worked out is `None`.

    Attributes:
        yearly: The price for twelve months: times the seats paid for where each has its price.
        per_seat: Whether each seat has its price.
        licensed: Seats paid for.
        active: People who use it.
        idle: Seats paid for and not used. Never below zero: more users than seats is a finding of its own.
        idle_cost: What idle seats cost a year. Nothing under a flat price.
        per_active: The yearly cost divided by the people who use it; `None` too when nobody does.
        share: The part of the seats that is used; `None` too when there is no seat.
    """

    yearly: Money | None
    per_seat: bool
    licensed: int | None
    active: int | None
    idle: int | None
    idle_cost: Money | None
    per_active: Money | None
    share: Fraction | None

    @property
    def percent(self) -> int | None:
        """The part of the seats that is used, in whole per cent, rounded down."""
        return None if self.share is None else int(self.share * 100)


def tool_cost(basis: Basis, tool: Entry) -> ToolCost:  # noqa: ARG001 - every figure takes it
    """What a tool costs a year, and what of that is for seats that nobody uses.

    - yearly cost = amount x periods a year (12 or 1) x licensed seats, the last only where seats are priced;
    - idle seats = licensed seats - active people, at least 0;
    - cost of idle seats = amount x periods a year x idle seats where seats are priced, otherwise 0;
    - cost for each active person = yearly cost / active people.

    Args:
        basis: What figures are worked out from.
        tool: An entry of the kind `tool`.
    """
    cost, seats = tool.data.get("cost"), tool.data.get("seats")
    licensed: int | None = seats["licensed"] if seats else None
    active: int | None = seats["active"] if seats else None
    idle = None if licensed is None or active is None else max(licensed - active, 0)
    unit = exact(cost["amount"]) * _PERIODS[cost["period"]] if cost else None
    per_seat = bool(cost and cost["per_seat"])

    def money(amount: Fraction | None) -> Money | None:
        return Money(amount, cost["currency"]) if cost and amount is not None else None

    yearly = _times(unit, licensed) if per_seat else unit
    return ToolCost(
        yearly=money(yearly),
        per_seat=per_seat,
        licensed=licensed,
        active=active,
        idle=idle,
        idle_cost=money(_times(unit, idle if per_seat else 0)),
        per_active=money(yearly / active if yearly is not None and active else None),
        share=None if active is None or not licensed else Fraction(active, licensed),
    )


def _times(unit: Fraction | None, number: int | None) -> Fraction | None:
    return None if unit is None or number is None else unit * number
