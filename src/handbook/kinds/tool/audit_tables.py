"""The tables of the tool audit, for pages, terminals and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from handbook.base.language import N_, _, ngettext
from handbook.base.named_tuples import NamedTuple
from handbook.base.numbers import MINUS, format_number
from handbook.base.sentences import in_words
from handbook.base.table import Column, Phrase, Styled, Table, Tags
from handbook.kinds.tool.audited import AuditedTool
from handbook.kinds.tool.contract import ToolContract
from handbook.kinds.tool.cost import ToolCost
from handbook.kinds.tool.cost_groups import CostGroup
from handbook.kinds.tool.money import Money
from handbook.kinds.tool.overlap import SharedCapability
from handbook.kinds.tool.seats import SeatCount
from handbook.read.settings import Rate


class _GroupedBy(NamedTuple):
    """The field by which tools are grouped: its title, and the title of the table."""

    title: str
    heading: str


_FIELDS = {
    "category": _GroupedBy(N_("Category"), N_("By category")),
    "owner": _GroupedBy(N_("Owner"), N_("By owner")),
    "status": _GroupedBy(N_("Status"), N_("By status")),
}


def recommendation_table(tools: Sequence[AuditedTool]) -> Table:
    """Return the recommendation for each tool."""
    rows = [
        (
            each.tool,
            Styled(each.status, "word"),
            Styled(each.recommendation.action, "label"),
            each.recommendation.reason,
            each.owners or _("Unassigned"),
        )
        for each in tools
    ]
    return _table(
        _("Recommendations"), (_("Tool"), _("Status"), _("Recommendation"), _("Reason"), _("Owner")), rows
    )


def notice_table(tools: Sequence[AuditedTool]) -> Table:
    """Return the contract dates of paid tools."""
    titles = (_("Tool"), _("Notice deadline"), _("Renewal date"), _("Renewal cost"), _("Recommendation"))
    rows = [_notice(each, each.contract) for each in tools if each.contract]
    return _table(_("Notice deadlines"), titles, rows)


def cost_table(tools: Sequence[AuditedTool]) -> Table:
    """Return the cost and seats of the tools that have a cost."""
    per_tool = (
        *(_("Annual cost"), _("Cost per active user"), _("Seats in use"), _("Unused seats")),
        _("Cost of unused seats"),
    )
    rows = [_cost(each) for each in tools if each.paid or each.cost.yearly]
    return _table(_("Cost and seats"), (_("Tool"), *per_tool), rows)


def group_table(field: str, groups: Sequence[CostGroup], total: CostGroup) -> Table:
    """Return the cost of each group and in total. Unknown costs have columns if there are any."""
    named = [
        *((group.owner or group.title, group) for group in groups),
        (Styled(_("Total"), "strong"), total),
    ]
    columns: list[tuple[str, Sequence[Any]]] = [
        (_(_FIELDS[field].title), [name for name, group in named]),
        (_("Tools"), [len(group.tools) for name, group in named]),
        (_("Annual cost"), [group.cost_words for name, group in named]),
        (_("Cost of unused seats"), [group.idle_words for name, group in named]),
    ]
    if total.unknown:
        columns.append((_("Cost unknown"), [group.unknown for name, group in named]))
    if set(total.idle_unknown) - set(total.unknown):
        columns.append((_("Cost of unused seats unknown"), [group.idle_unknown for name, group in named]))
    titles, cells = zip(*columns, strict=True)
    return _table(_(_FIELDS[field].heading), titles, list(zip(*cells, strict=True)))


def rate_table(rates: Sequence[Rate], report_in: str) -> Table:
    """Return the exchange rates."""
    rows = [(rate.currency, rate.rate, rate.on) for rate in rates]
    return _table(_("Rates"), (_("Currency"), _("Rate in %(currency)s", currency=report_in), _("Date")), rows)


def since_last_table(tools: Sequence[AuditedTool]) -> Table:
    """Return the seats of each tool now and in the audit before, where they differ."""
    titles = (_("Tool"), _("Last audit"), _("Seats in use then"), _("Now"), _("Change"))
    rows = [
        (each.tool, before.day, _count(before), _count(now), _difference(before, now))
        for each in tools
        if (before := each.seats.before)
        and (now := each.seats.latest)
        and (before.active, before.licensed) != (now.active, now.licensed)
    ]
    return _table(_("Since the last audit"), titles, rows)


def overlap_table(shared: Sequence[SharedCapability]) -> Table:
    """Return the capabilities of several tools, with what to do about each."""
    rows = [(Tags.of([each.name]), _listed(each.tools), _action(each)) for each in shared]
    return _table(_("Overlapping tools"), (_("Capability"), _("Tools"), _("Action")), rows)


def issue_table(tools: Sequence[AuditedTool]) -> Table:
    """Return each issue with the tools concerned, also if there are none: the audit looked for it."""
    issues = {
        _("No owner"): _listed(each.tool for each in tools if not each.owners),
        _("Review overdue"): _listed(
            Phrase((each.tool, _(" (since %(day)s)", day=in_words(each.review_due))))
            for each in tools
            if each.review_due
        ),
        _("Sunset or retired, still in use"): _listed(
            Phrase((each.tool, _users(each.cost.active or 0))) for each in tools if each.left_in_use
        ),
        _("Missing data"): Phrase.joined(
            (
                Phrase((each.tool, f" ({', '.join(each.missing_titles)})"))
                for each in tools
                if each.missing_fields
            ),
            "; ",
            _(
                "None: every tool in use or under contract has an owner, cost, seats, contract, capabilities "
                "and review date"
            ),
        ),
    }
    return _table(_("Data quality"), (_("Issue"), _("Tools")), list(issues.items()))


def _listed(parts: Iterable[Any]) -> Phrase:
    return Phrase.joined(parts, nothing=_("None"))


def _users(number: int) -> str:
    return ngettext(" (%(num)s active user)", " (%(num)s active users)", number)


def _table(title: str, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    return Table(title, [Column(each, is_long=each == _("Reason")) for each in titles], rows)


def _notice(each: AuditedTool, contract: ToolContract) -> tuple[Any, ...]:
    when: tuple[Any, ...] = (contract.notice_by or _("Unknown"),)
    if contract.renewed:
        when += (_(": entry out of date"),)
    elif contract.days_left is not None and contract.days_left < 0:
        when += (_(": passed"),)
    elif each.decided_now:
        when += (": ", Styled(_("in %(days)s days", days=contract.days_left), "strong"))
    recommendation = Styled(each.recommendation.action, "label")
    return each.tool, Phrase(when), contract.renews_on, _amount(each.cost.yearly), recommendation


def _cost(each: AuditedTool) -> tuple[Any, ...]:
    cost = each.cost
    return (
        each.tool,
        _amount(cost.yearly),
        _("No active users") if cost.active == 0 and not cost.per_active else _amount(cost.per_active),
        _seats(cost),
        _("No data") if cost.idle is None else cost.idle,
        _("None (flat rate)") if cost.yearly and cost.per_seat is False else _amount(cost.idle_cost),
    )


def _seats(cost: ToolCost) -> str:
    if cost.active is None or cost.licensed is None:
        return _one_number(cost)
    seats = _("%(done)s of %(number)s", done=cost.active, number=cost.licensed)
    return f"{seats} ({cost.percent})" if cost.percent else seats


def _one_number(cost: ToolCost) -> str:
    """Return the only known number of seats, in the words of the page of the tool."""
    if cost.active is not None:
        return ngettext(
            "%(num)s active user; number of paid seats unknown",
            "%(num)s active users; number of paid seats unknown",
            cost.active,
        )
    if cost.licensed is not None:
        return ngettext(
            "%(num)s paid seat; number of active users unknown",
            "%(num)s paid seats; number of active users unknown",
            cost.licensed,
        )
    return _("No data")


def _amount(money: Money | None) -> Styled | str:
    return Styled(money.words, "amount") if money else _("Unknown")


def _action(each: SharedCapability) -> Phrase | str:
    if each.reasons:
        return _("Intentional: %(why)s", why=" ".join(each.reasons))
    if each.covered:
        return Phrase((_listed(each.covered), _(" without unique capabilities: consider a sunset")))
    return _("Document why all of them are needed, or sunset one")


def _count(count: SeatCount) -> str:
    if count.licensed is None:
        return format_number(count.active)
    return _("%(done)s of %(number)s", done=count.active, number=count.licensed)


def _difference(before: SeatCount, now: SeatCount) -> str:
    """Return how the seats in use and the paid seats changed."""
    active, licensed = now.active - before.active, (now.licensed or 0) - (before.licensed or 0)
    users = ngettext(
        "%(sign)s%(num)s active user",
        "%(sign)s%(num)s active users",
        abs(active),
        sign=_sign(active),
    )
    seats = ngettext(
        "%(sign)s%(num)s paid seat",
        "%(sign)s%(num)s paid seats",
        abs(licensed),
        sign=_sign(licensed),
    )
    is_known = None not in {now.licensed, before.licensed}
    return ", ".join([*([users] if active else []), *([seats] if licensed and is_known else [])])


def _sign(number: int) -> str:
    return MINUS if number < 0 else "+"
