"""The cost of tools by category, owner and status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from handbook.base.language import NC_, _, ngettext
from handbook.base.text import words
from handbook.kinds.tool.audited import AuditedTool
from handbook.kinds.tool.money import Money, Sum, add_up
from handbook.link.catalogue import Entry
from handbook.read.settings import Currencies

_UNASSIGNED = NC_("choice", "Unassigned")


@dataclass(frozen=True, slots=True)
class CostGroup:
    """Tools of one category, owner or status, with their cost.

    Attributes:
        name: The category, the status, or the ID of the owner; `unassigned` without an owner.
        owner: The owner of a group by owner.
        tools: The tools.
        paid: The number of tools in use or under contract, for which a company pays.
        cost: The annual cost of the paid tools.
        idle: The annual cost of their unused seats.
        unknown: The paid tools with an unknown cost.
        idle_unknown: The paid tools whose unused seats have an unknown cost.
    """

    name: str
    owner: Entry | None
    tools: tuple[Entry, ...]
    paid: int
    cost: Sum
    idle: Sum
    unknown: tuple[Entry, ...]
    idle_unknown: tuple[Entry, ...]

    @property
    def is_unknown(self) -> bool:
        """Whether there is a cost and no part of it is known."""
        return bool(self.unknown) and not self.cost.parts

    @property
    def cost_words(self) -> str:
        """The annual cost for readers. Without a known part, it is unknown, or nothing is paid."""
        return self.cost.words if self.cost.parts else _("Unknown") if self.unknown else _("None")

    @property
    def idle_words(self) -> str:
        """The annual cost of unused seats for readers, in the same words."""
        return self.idle.words if self.idle.parts else _("Unknown") if self.idle_unknown else _("None")

    @property
    def cost_gap(self) -> str:
        """What the annual cost leaves out, as a clause; empty if it is complete."""
        return (
            ngettext(
                "%(num)s of %(paid)s has no known cost and is not included",
                "%(num)s of %(paid)s have no known cost and are not included",
                len(self.unknown),
                paid=self._paid,
            )
            if self.unknown
            else ""
        )

    @property
    def idle_gap(self) -> str:
        """What the annual cost of unused seats leaves out, as a clause; empty if it is complete."""
        return (
            ngettext(
                "%(num)s of %(paid)s has no known cost of unused seats and is not included",
                "%(num)s of %(paid)s have no known cost of unused seats and are not included",
                len(self.idle_unknown),
                paid=self._paid,
            )
            if self.idle_unknown
            else ""
        )

    @property
    def title(self) -> str:
        """The name of the group, for readers."""
        return self.owner.name if self.owner else str(words(self.name))

    @property
    def _paid(self) -> str:
        # Without a known cost, no one knows whether a tool is paid for.
        return ngettext(
            "%(num)s tool in use or under contract", "%(num)s tools in use or under contract", self.paid
        )


@dataclass(frozen=True, slots=True)
class CostChart:
    """The annual cost of groups in one currency, the most expensive first.

    Attributes:
        currency: The currency.
        names: The names of the groups.
        values: The annual cost of each; `None` if unknown.
        shown: The same, for readers.
    """

    currency: str
    names: tuple[str, ...]
    values: tuple[Fraction | None, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostBar:
    """The annual cost of a group as a bar.

    Attributes:
        name: The name of the group.
        words: The annual cost, for readers.
        used: The length of the part for seats in use, in percent of the most expensive group.
        idle: The length of the part for unused seats.
    """

    name: str
    words: str
    used: float
    idle: float


def cost_bars(groups: Sequence[CostGroup], total: CostGroup) -> tuple[tuple[CostBar, ...], ...]:
    """Return the bars of the groups for each currency of their total, the most expensive group first."""
    return tuple(tuple(_bars(groups, part.currency)) for part in total.cost.parts)


def _bars(groups: Sequence[CostGroup], currency: str) -> Iterator[CostBar]:
    ordered = sorted((group for group in groups if group.paid), key=lambda group: -group.cost.of(currency))
    most = ordered[0].cost.of(currency) if ordered else 0
    for group in ordered:
        cost = group.cost.of(currency)
        idle = min(group.idle.of(currency), cost)
        is_unknown = group.unknown and not cost
        yield CostBar(
            group.title,
            _("Unknown") if is_unknown else Money(cost, currency).words,
            round(float((cost - idle) * 100 / most), 1) if most else 0,
            round(float(idle * 100 / most), 1) if most else 0,
        )


def groups_by_owner(tools: Sequence[AuditedTool], currencies: Currencies) -> tuple[CostGroup, ...]:
    """Return the tools of each accountable owner, so that none counts twice; those without one are last."""
    owners = {id(each.owners[0]): each.owners[0] for each in tools if each.owners}
    groups = [
        cost_group(owner.id, [each for each in tools if each.owners[:1] == (owner,)], currencies, owner)
        for owner in sorted(owners.values(), key=lambda owner: owner.name.casefold())
    ]
    unassigned = [each for each in tools if not each.owners]
    return tuple([*groups, cost_group(_UNASSIGNED.lower(), unassigned, currencies)] if unassigned else groups)


def cost_charts(groups: Sequence[CostGroup], total: CostGroup) -> tuple[CostChart, ...]:
    """Return a chart of the groups for each currency of their total."""
    return tuple(_chart(groups, part.currency) for part in total.cost.parts)


def _chart(groups: Sequence[CostGroup], currency: str) -> CostChart:
    ordered = sorted(groups, key=lambda group: -group.cost.of(currency))
    amounts = [
        None if group.unknown and not group.cost.of(currency) else Money(group.cost.of(currency), currency)
        for group in ordered
    ]
    return CostChart(
        currency,
        tuple(group.title for group in ordered),
        tuple(None if money is None else money.amount for money in amounts),
        tuple(money.words if money else _("Unknown") for money in amounts),
    )


def cost_group(
    name: str, tools: Sequence[AuditedTool], currencies: Currencies, owner: Entry | None = None
) -> CostGroup:
    """Return tools as a group, with their cost in the reporting currency where there is a rate."""
    paid = [each for each in tools if each.paid]
    return CostGroup(
        name=name,
        owner=owner,
        tools=tuple(each.tool for each in tools),
        paid=len(paid),
        cost=add_up((each.cost.yearly for each in paid if each.cost.yearly), currencies),
        idle=add_up((each.cost.idle_cost for each in paid if each.cost.idle_cost), currencies),
        unknown=tuple(each.tool for each in paid if each.cost.yearly is None),
        idle_unknown=tuple(each.tool for each in paid if each.cost.idle_cost is None),
    )
