"""The tool audit: money, seats, contracts, overlaps, recommendations, totals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.base.language import speaking
from handbook.base.numbers import exact
from handbook.kinds.any.basis import Basis
from handbook.kinds.tool.audit import ToolAudit, tool_audit
from handbook.kinds.tool.audited import AuditedTool
from handbook.kinds.tool.cost import tool_cost
from handbook.kinds.tool.cost_groups import CostGroup
from handbook.kinds.tool.money import Money, add_up
from handbook.kinds.tool.recommendation import ACTIONS
from handbook.link.catalogue import Catalogue, Entry
from handbook.output.audit import render_json, render_text
from handbook.read.languages import make_language
from handbook.read.settings import Currencies, Rate, Settings
from tests.conftest import TODAY, MakeBasis
from tests.effort import runs
from tests.shipped import load_shipped

TEAM = "teams: [{id: ops, name: Operations, summary: A.}, {id: data, name: Data, summary: B.}]\n"
FULL = {
    "owner": "ops",
    "cost": "{amount: 10, currency: USD, period: month, per_seat: true}",
    "seats": "{licensed: 10, active: 10, counted_on: 2026-11-02}",
    "contract": "{renews_on: 2027-10-01, notice_days: 30}",
    "capabilities": "[work]",
    "review": "{last: 2026-09-01, next: 2027-01-01}",
}
"""What an active tool says with which everything is in order."""

AuditOf = Callable[..., ToolAudit]


def tool(name: str, **fields: str | None) -> str:
    """A tool in order, with some fields changed or, where they are `None`, left out."""
    said = {
        "name": name.title(),
        "summary": "A.",
        "category": "roadmap",
        "status": "active",
        **FULL,
        **fields,
    }
    pairs = ", ".join(f"{field}: {value}" for field, value in said.items() if value is not None)
    return f"  - {{id: {name}, {pairs}}}\n"


@pytest.fixture
def audit_of(make_basis: MakeBasis) -> AuditOf:
    def work_out(
        *tools: str, settings: str = "{}", more: Mapping[str, str] = MappingProxyType({})
    ) -> ToolAudit:
        files = {
            **more,
            "tools_inventory.yaml": f"tools:\n{''.join(tools)}",
            "sources/teams.yaml": TEAM,
            "sources/handbook.yaml": settings,
        }
        return tool_audit(make_basis(files))

    return work_out


def only(audit: ToolAudit) -> AuditedTool:
    (each,) = audit.tools
    return each


@pytest.mark.parametrize(
    ("cost", "seats", "idle", "money"),
    [
        # 14 x 12 x 90 = 15,120; 6 idle x 168 = 1,008; 15,120 / 84 = 180
        ((14, "month", True), (90, 84), 6, ("USD 15,120", "USD 1,008", "USD 180")),
        ((120, "year", True), (3, 1), 2, ("USD 360", "USD 240", "USD 360")),
        ((24000, "year", False), (60, 47), 13, ("USD 24,000", "USD 0", "USD 510.64")),
        ((99.95, "month", False), None, None, ("USD 1,199.40", "USD 0", None)),
        ((0.1, "month", True), (3, 3), 0, ("USD 3.60", "USD 0", "USD 1.20")),
        ((0, "month", False), (10, 6), 4, ("USD 0", "USD 0", "USD 0")),
        # Nobody uses it: there is nobody to share the cost among.
        ((5, "month", True), (2, 0), 2, ("USD 120", "USD 120", None)),
        # More people than seats: none is idle.
        ((5, "month", True), (2, 4), 0, ("USD 120", "USD 0", "USD 30")),
        # A price for each seat and no count of seats: the cost is not known, and is not taken for zero.
        ((5, "month", True), None, None, (None, None, None)),
        (None, (10, 4), 6, (None, None, None)),
        # Without a count of the active users nothing is idle, and without one of the seats nothing adds up.
        ((5, "month", True), (10, None), None, ("USD 600", None, None)),
        ((5, "month", True), (None, 4), None, (None, None, None)),
        # Per seat or flat rate, that isn't known. It makes no difference if the tool is free.
        ((5, "month", None), (10, 4), 6, (None, None, None)),
        ((0, "month", None), None, None, ("USD 0", "USD 0", None)),
    ],
)
def test_what_a_tool_costs(
    cost: tuple[float, str, bool | None] | None,
    seats: tuple[int | None, int | None] | None,
    idle: int | None,
    money: tuple[str | None, ...],
) -> None:
    """Yearly cost, cost of idle seats and cost for each active person, worked by hand."""
    data: dict[str, Any] = {}
    if cost:
        amount, period, per_seat = cost
        data["cost"] = {"amount": amount, "currency": "USD", "period": period}
        data["cost"] |= {} if per_seat is None else {"per_seat": per_seat}
    if seats:
        pairs = zip(("licensed", "active"), seats, strict=True)
        data["seats"] = {name: number for name, number in pairs if number is not None}
    found = tool_cost(SHIPPED, entry("a", data))
    shown = (found.yearly, found.idle_cost, found.per_active)
    assert (found.idle, tuple(each and each.words for each in shown)) == (idle, money)


def test_money_is_exact_until_it_is_shown() -> None:
    """A thousand dimes are a hundred dollars, and half a cent counts as one."""
    assert exact(0.1) == Fraction(1, 10)
    assert add_up([Money(exact(0.1), "USD")] * 1000, Currencies()).of("USD") == 100
    assert Money(Fraction("1234.565"), "USD").decimal == "1234.57"
    assert Money(Fraction("0.004"), "USD").words == "USD 0"


def test_currencies_stay_apart_until_there_is_a_rate() -> None:
    """With a rate they are converted; one without a rate stands beside."""
    amounts = [
        Money(Fraction(n), currency) for n, currency in ((100, "USD"), (50, "EUR"), (7, "CHF"), (1, "EUR"))
    ]
    assert add_up(amounts, Currencies()).words == "CHF 7 and EUR 51 and USD 100"
    rates = Currencies("USD", (Rate("EUR", 1.08, "2026-11-01"),))
    assert add_up(amounts, rates).words == "CHF 7 and USD 155.08"
    assert add_up([], rates).words == "0"


def test_a_handbook_says_its_rates(audit_of: AuditOf) -> None:
    """Totals are in the currency of the settings, and the rates stand beside them."""
    euros = tool("a", cost="{amount: 100, currency: EUR, period: year, per_seat: false}")
    dollars = tool("b", cost="{amount: 100, currency: USD, period: year, per_seat: false}")
    settings = "currency: {report_in: USD, rates: [{currency: EUR, rate: 1.5, on: 2026-11-01}]}"
    audit = audit_of(euros, dollars, settings=settings)
    assert audit.total.cost.words == "USD 250"
    assert [(rate.currency, rate.rate) for rate in audit.rates] == [("EUR", 1.5)]
    assert audit_of(euros, dollars).total.cost.words == "EUR 100 and USD 100"


@pytest.mark.parametrize(
    ("fields", "action", "said"),
    [
        ({}, "keep", "10 of 10 seats are in use (100%). No overlapping tools."),
        ({"owner": None}, "assign-owner", "No owner."),
        ({"seats": "{licensed: 10, active: 7, counted_on: 2026-11-02}"}, "keep", "(70%)"),
        (
            {"seats": "{licensed: 10, active: 6, counted_on: 2026-11-02}"},
            "reduce-seats",
            "(60%). 4 unused seats cost USD 480 per year. Notice deadline: 1 September 2027.",
        ),
        (
            {
                "seats": "{licensed: 10, active: 6, counted_on: 2026-11-02}",
                "cost": "{amount: 10, currency: USD, period: year, per_seat: false}",
            },
            "reduce-seats",
            "Flat-rate pricing",
        ),
        ({"seats": "{licensed: 10, active: 4, counted_on: 2026-11-02}"}, "reduce-seats", "(40%)"),
        ({"seats": "{licensed: 10, active: 3, counted_on: 2026-11-02}"}, "review", "below 40% again"),
        ({"seats": "{licensed: 10, active: 0, counted_on: 2026-11-02}"}, "sunset", "No active users"),
        ({"seats": "{licensed: 0, active: 0, counted_on: 2026-11-02}"}, "sunset", "No active users"),
        ({"seats": None, "contract": None}, "complete-entry", "Missing audit data: Seats and Contract."),
        ({"seats": "{licensed: 10}"}, "complete-entry", "Missing audit data: Seats › Active users."),  # noqa: RUF001
        ({"seats": "{active: 10}"}, "complete-entry", "Missing audit data: Seats › Paid seats."),  # noqa: RUF001
        (
            {"contract": "{renews_on: 2027-10-01}"},
            "complete-entry",
            "Missing audit data: Contract › Notice period (days).",  # noqa: RUF001
        ),
        ({"contract": "{notice_days: 30}"}, "complete-entry", "Missing audit data: Contract › Renewal date."),  # noqa: RUF001
        (
            {"cost": "{amount: 10, currency: USD, period: month}", "seats": "{licensed: 10, active: 3}"},
            "complete-entry",
            "Missing audit data: Cost › Per seat.",  # noqa: RUF001
        ),
        (
            {"status": "sunset", "contract": "{renews_on: 2027-10-01}", "seats": "{licensed: 10}"},
            "complete-sunset",
            "In sunset. The contract renews on 1 October 2027; the notice period is unknown.",
        ),
        ({"status": "retired", "contract": None, "seats": "{licensed: 10}"}, "closed", "no action needed"),
        ({"review": "{last: 2026-01-01, next: 2026-11-22}"}, "complete-entry", "due on 22 November 2026."),
        ({"review": "{last: 2026-01-01, next: 2026-11-23}"}, "keep", "No overlapping tools"),
        ({"contract": "{renews_on: 2026-11-22, notice_days: 9}"}, "complete-entry", "renewed on 22 Nov"),
        ({"contract": "{renews_on: 2026-11-23, notice_days: 9}"}, "keep", "No overlapping tools"),
        ({"status": "trial"}, "decide", "Notice deadline: 1 September 2027."),
        ({"status": "proposed"}, "decide", "Proposed: decide whether to buy or drop it."),
        ({"status": "sunset"}, "complete-sunset", "10 people still use it: move them. Notice deadline: "),
        (
            {"status": "sunset", "seats": "{licensed: 9, active: 1, counted_on: 2026-11-02}"},
            "complete-sunset",
            "1 person still uses it",
        ),
        (
            {"status": "sunset", "contract": "{renews_on: 2026-12-01, notice_days: 30}"},
            "complete-sunset",
            "The notice deadline has passed; the contract renews on 1 December 2026.",
        ),
        ({"status": "retired"}, "complete-sunset", "the contract has not ended"),
        ({"status": "retired", "contract": None}, "complete-sunset", "Close their accounts."),
        ({"status": "retired", "contract": None, "seats": None}, "closed", "no action needed"),
    ],
)
def test_a_tool_gets_the_recommendation_that_fits(
    audit_of: AuditOf, fields: dict[str, str | None], action: str, said: str
) -> None:
    """The limits are those that the quarterly audit works with."""
    recommendation = only(audit_of(tool("a", **fields))).recommendation
    assert recommendation.action == action
    assert said in recommendation.reason


@pytest.mark.parametrize(
    ("first", "second", "actions"),
    [
        ("[work]", "[talk]", ("keep", "keep")),
        # What another covers could go; of two alike, the one with fewer active people.
        ("[work]", "[work, talk]", ("sunset", "keep")),
        ("[work, talk]", "[talk, work]", ("keep", "sunset")),
        ("[work, plan]", "[work, talk]", ("review", "review")),
    ],
)
def test_tools_that_do_the_same_are_found(
    audit_of: AuditOf, first: str, second: str, actions: tuple[str, str]
) -> None:
    """Two active tools that share a capability overlap, unless one says why both are needed."""
    fewer = "{licensed: 10, active: 9, counted_on: 2026-11-02}"
    audit = audit_of(tool("a", capabilities=first), tool("b", capabilities=second, seats=fewer))
    assert tuple(each.recommendation.action for each in audit.tools) == actions
    assert bool(audit.overlaps) == (actions != ("keep", "keep"))
    wanted = "[{tool: a, why: Both are needed}]"
    audit = audit_of(tool("a", capabilities=first), tool("b", capabilities=second, overlaps=wanted))
    assert {each.recommendation.action for each in audit.tools} == {"keep"}


def test_overlaps_grow_with_the_tools_and_not_with_their_pairs(audit_of: AuditOf) -> None:
    """Each of many tools that do the same names a few of the others."""
    kinds = ("[work, plan]", "[work, talk]", "[work, plan]")
    sizes = []
    for number in (30, 60):
        tools = (tool(f"t{at:02}", capabilities=kinds[at % 3]) for at in range(number))
        audit = audit_of(*tools)
        assert [(each.name, len(each.tools)) for each in audit.overlaps] == [
            ("plan", number * 2 // 3),
            ("talk", number // 3),
            ("work", number),
        ]
        assert {each.recommendation.action for each in audit.tools} == {"sunset", "review"}
        assert "; and others." in audit.tools[0].recommendation.reason
        sizes.append(len(render_json(audit)))
    assert sizes[1] < 2.1 * sizes[0]


@pytest.mark.parametrize(
    ("counts", "action", "said"),
    [
        ("2026-09-14,3,10,\n", "sunset", "(30%). In Q3 2026 it was 30%: below 40% for two quarters."),
        # The seats of that day count, and without them those of today.
        ("2026-09-14,3,,\n", "sunset", "In Q3 2026 it was 30%"),
        ("2026-09-14,3,6,\n", "review", "If it is below 40% again"),
        ("2026-09-14,4,10,\n", "review", "If it is below 40% again"),
        # Two audits with a quarter between them are no two quarters.
        ("2026-06-08,3,10,\n", "review", "If it is below 40% again"),
        ("2026-10-05,3,10,\n", "review", "If it is below 40% again"),
        ("2026-06-08,3,10,\n2026-09-14,9,10,\n", "review", "If it is below 40% again"),
    ],
)
def test_a_tool_that_is_hardly_used_for_two_quarters_goes(
    audit_of: AuditOf, counts: str, action: str, said: str
) -> None:
    seats = "{licensed: 10, active: 3, counted_on: 2026-11-02}"
    more = {"sources/readings/seats/a.csv": f"day,active,licensed,note\n{counts}"}
    recommendation = only(audit_of(tool("a", seats=seats), more=more)).recommendation
    assert (recommendation.action, said in recommendation.reason) == (action, True), recommendation.reason


def test_the_audit_says_what_changed_since_the_last_one(audit_of: AuditOf) -> None:
    head = "day,active,licensed,note\n"
    survey = "surveys:\n  - {id: q4, name: Q4, summary: A., quarter: 2026-q4, product_managers: 8}\n"
    more = {
        "sources/readings/seats/a.csv": f"{head}2026-06-08,2,5,\n2026-09-14,12,12,\n",
        "sources/readings/seats/b.csv": f"{head}2026-09-14,10,10,\n",
        "sources/adoption/surveys.yaml": survey,
    }
    audit = audit_of(tool("a"), tool("b", capabilities="[talk]"), more=more)
    rows = [tuple(map(str, row[1:])) for row in audit.tables["since_last"].rows]
    assert rows == [("2026-09-14", "12 of 12", "10 of 10", "\u22122 active users, \u22122 paid seats")]
    assert audit.per_product_manager == "USD 300"


def test_without_a_survey_no_one_knows_the_product_managers(audit_of: AuditOf) -> None:
    assert audit_of(tool("a")).per_product_manager == ""


def test_no_tool_is_advised_against_for_users_that_no_one_counted(audit_of: AuditOf) -> None:
    """Of two alike the one with fewer users could go; an unknown number isn't fewer than any other."""
    audit = audit_of(tool("a"), tool("b", seats="{licensed: 10}"))
    assert [each.covered for each in audit.overlaps] == [()]
    assert {each.recommendation.action for each in audit.tools} == {"review", "complete-entry"}


def test_totals_say_what_they_leave_out(audit_of: AuditOf) -> None:
    audit = audit_of(tool("a"), tool("b", cost=None), tool("c", seats="{licensed: 5}"), tool("d", cost=None))
    assert (audit.total.cost_words, audit.total.idle_words) == ("USD 1,800", "USD 0")
    assert (
        audit.total.cost_gap
        == "2 of 4 tools in use or under contract have no known cost and are not included"
    )
    assert audit.total.idle_gap.startswith(
        "3 of 4 tools in use or under contract have no known cost of unused"
    )
    assert render_text(audit).splitlines()[0].endswith(f"; {audit.total.cost_gap}; {audit.total.idle_gap}.")
    unknown = audit_of(tool("b", cost=None)).total
    assert (unknown.cost_words, unknown.idle_words) == ("Unknown", "Unknown")
    assert (audit_of(tool("a")).total.cost_gap, audit_of().total.cost_words) == ("", "None")


def test_only_active_tools_overlap(audit_of: AuditOf) -> None:
    """One being left does the same as its successor by nature; of a proposal, what is in house is said."""
    audit = audit_of(
        tool("a"), tool("b", status="sunset"), tool("c", status="proposed", capabilities="[work, x]")
    )
    assert audit.overlaps == ()
    assert "Active tools already cover 1 of its 2 capabilities." in audit.tools[1].recommendation.reason


def test_what_is_not_known_is_listed(audit_of: AuditOf) -> None:
    """Nothing is left out without a word: every missing piece of a tool that is paid for is named."""
    bare = dict.fromkeys(FULL)
    audit = audit_of(tool("a"), tool("b", **bare), tool("c", status="retired", **bare))
    assert [(each.tool.id, each.missing_fields) for each in audit.tools if each.missing_fields] == [
        ("b", tuple(FULL))
    ]
    assert [entry.id for entry in audit.total.unknown] == ["b"]
    assert [group.name for group in audit.by_owner] == ["ops", "unassigned"]


def test_missing_data_and_partly_known_seats_are_told_in_the_words_of_the_readers(audit_of: AuditOf) -> None:
    audit = audit_of(tool("a", seats="{active: 12}"), tool("b", seats="{licensed: 1}", owner=None))
    assert [each.missing_titles for each in audit.tools] == [
        ("Seats › Paid seats",),  # noqa: RUF001
        ("Owner", "Seats › Active users"),  # noqa: RUF001
    ]
    assert [row[3] for row in audit.tables["costs"].rows] == [
        "12 active users; number of paid seats unknown",
        "1 paid seat; number of active users unknown",
    ]
    with speaking(make_language("de", {})):
        assert audit.tools[0].missing_titles == ("Plätze › Bezahlte Plätze",)  # noqa: RUF001
        assert "12 aktive Nutzer; Zahl der" in str(audit.tables["costs"].rows[0][3])


def test_sums_are_over_what_is_paid_for(audit_of: AuditOf) -> None:
    """A proposal costs nothing yet; a retired tool costs until its contract ends."""
    audit = audit_of(
        tool("a"),
        tool("b", status="proposed"),
        tool("c", status="retired"),
        tool("d", status="retired", contract=None),
    )
    assert audit.total.cost.words == "USD 2,400"
    assert {group.name: group.cost.words for group in audit.by_status} == {
        "active": "USD 1,200",
        "proposed": "0",
        "retired": "USD 1,200",
    }


def test_notice_dates_come_in_order(audit_of: AuditOf) -> None:
    """The last day for notice is the renewal minus the notice; within 120 days it is decided now."""
    audit = audit_of(
        tool("a", contract="{renews_on: 2027-04-22, notice_days: 30}"),  # 23 March 2027: 120 days away
        tool("b", contract="{renews_on: 2027-04-22, notice_days: 29}"),
        tool("c", contract="{renews_on: 2026-12-01, notice_days: 30}"),
        tool("d", contract="{renews_on: 2026-12-23, notice_days: 30}"),  # today is the last day
    )
    assert [(each.tool.id, each.contract and each.contract.days_left) for each in audit.notices] == [
        ("c", -22),
        ("d", 0),
        ("a", 120),
        ("b", 121),
    ]
    assert [each.tool.id for each in audit.tools if each.decided_now] == ["a", "d"]


def test_charts_show_each_currency_with_the_dearest_first(audit_of: AuditOf) -> None:
    """What is not known is said, and not drawn as nothing."""
    unknown = {"category": "analytics", "owner": None, "seats": None}
    audit = audit_of(
        tool("a", cost="{amount: 5, currency: EUR, period: year, per_seat: false}"),
        tool("b", category="feedback"),
        tool("c", **unknown),
    )
    euros, dollars = audit.category_charts
    assert (euros.currency, euros.names) == ("EUR", ("Roadmap", "Analytics", "Feedback"))
    assert euros.values == (Fraction(5), None, Fraction(0))
    assert (dollars.names[0], dollars.shown) == ("Feedback", ("USD 1,200", "USD 0", "Unknown"))
    assert [chart.names for chart in audit.owner_charts] == [("Operations", "Unassigned")] * 2


# Laws that hold for every inventory.

SHIPPED = load_shipped().basis
DAYS = st.dates().map(str)
CAPABILITIES = st.lists(st.sampled_from("abcd"), unique=True)
FIELDS = {
    "owner": st.sampled_from(sorted(SHIPPED.catalogue.entries("team"))),
    "cost": st.fixed_dictionaries(
        {
            "amount": st.one_of(st.integers(0, 10**6), st.decimals(0, 1000, places=2).map(float)),
            "currency": st.sampled_from(["USD", "EUR", "CHF"]),
            "period": st.sampled_from(["month", "year"]),
            "per_seat": st.booleans(),
        }
    ),
    "seats": st.fixed_dictionaries({"licensed": st.integers(0, 500), "active": st.integers(0, 500)}),
    "contract": st.fixed_dictionaries({"renews_on": DAYS, "notice_days": st.integers(0, 730)}),
    "capabilities": CAPABILITIES.map(tuple),
    "review": st.fixed_dictionaries({"last": DAYS, "next": DAYS}),
}
CHOICES = {
    field: st.sampled_from(SHIPPED.catalogue.kind("tool").shape.properties[field].choices)
    for field in ("status", "category")
}
INVENTORIES = st.lists(st.fixed_dictionaries(CHOICES, optional=FIELDS), max_size=8)
RATES = st.sampled_from(
    [Currencies(), Currencies("USD", (Rate("EUR", 1.08, "2026-11-01"), Rate("CHF", 1.1, "2026-11-01")))]
)


def entry(name: str, data: Mapping[str, Any]) -> Entry:
    """A tool that no file says."""
    return Entry(SHIPPED.catalogue.kinds["tool"], name, "", find_data=lambda: data)


def audited(inventory: Sequence[Mapping[str, Any]], currencies: Currencies) -> ToolAudit:
    """The audit of tools that no file says."""
    kinds, teams = SHIPPED.catalogue.kinds, SHIPPED.catalogue.entries("team").values()
    tools = [entry(f"t{at}", data) for at, data in enumerate(inventory)]
    catalogue = Catalogue(kinds, [*tools, *teams], lambda _: (), (), (), gate=SHIPPED.catalogue.gate)
    return tool_audit(Basis(catalogue, Settings(currencies=currencies), TODAY))


@settings(max_examples=runs(sample=40, full=400))
@given(INVENTORIES, RATES)
def test_every_tool_stands_in_the_audit_once(
    inventory: Sequence[Mapping[str, Any]], currencies: Currencies
) -> None:
    """Once in the list, and once in each way of grouping, with exactly one recommendation."""
    audit = audited(inventory, currencies)
    ids = sorted(f"t{at}" for at in range(len(inventory)))
    assert sorted(each.tool.id for each in audit.tools) == ids
    assert sorted(each.tool.id for each in audit.by_urgency) == ids
    for groups in (audit.by_category, audit.by_owner, audit.by_status, (audit.total,)):
        assert sorted(entry.id for group in groups for entry in group.tools) == ids
    assert all(each.recommendation.action in ACTIONS and each.recommendation.reason for each in audit.tools)


@settings(max_examples=runs(sample=40, full=400))
@given(INVENTORIES, RATES)
def test_totals_are_the_sums_of_their_parts(
    inventory: Sequence[Mapping[str, Any]], currencies: Currencies
) -> None:
    """However tools are grouped, to the last fraction of a cent; and no seat is idle less than never."""
    audit = audited(inventory, currencies)
    ways: tuple[tuple[CostGroup, ...], ...] = (audit.by_category, audit.by_owner, audit.by_status)
    for groups in ways:
        for part in audit.total.cost.parts:
            assert sum(group.cost.of(part.currency) for group in groups) == part.amount
        for part in audit.total.idle.parts:
            assert sum(group.idle.of(part.currency) for group in groups) == part.amount
    assert all(each.cost.idle is None or each.cost.idle >= 0 for each in audit.tools)
    assert all(
        each.cost.idle_cost.amount <= each.cost.yearly.amount
        for each in audit.tools
        if each.cost.idle_cost and each.cost.yearly
    )


@given(INVENTORIES)
def test_converting_and_adding_may_be_done_in_either_order(inventory: Sequence[Mapping[str, Any]]) -> None:
    """With a rate for every currency there is one total: the sum of the separate ones, converted."""
    rates = Currencies("USD", (Rate("EUR", 1.08, "2026-11-01"), Rate("CHF", 1.1, "2026-11-01")))
    apart, together = audited(inventory, Currencies()).total.cost, audited(inventory, rates).total.cost
    expected = apart.of("USD") + apart.of("EUR") * Fraction("1.08") + apart.of("CHF") * Fraction("1.1")
    assert {part.currency for part in together.parts} <= {"USD"}
    assert together.of("USD") == expected


def test_the_audit_begins_with_what_its_decisions_save(make_basis: MakeBasis) -> None:
    audit = tool_audit(make_basis({"tools_inventory.yaml": SAVING, "sources/teams.yaml": TEAM}))
    assert audit.saved.words == "USD 1,800"
    assert [each.tool.id for each in audit.decisions][:2] == ["old", "idle"]
    assert [each.tool.id for each in audit.others] == ["kept"]
    assert audit.saving_decisions == 2
    line = audit.timeline
    assert [(each.tool.id, each.lane) for each in line.deadlines] == [("idle", 0)]
    assert 0 < line.deadlines[0].left < line.decided


def test_a_long_name_takes_more_room_on_the_line_of_deadlines(make_basis: MakeBasis) -> None:
    """The second deadline has room next to a short name, and below a long one."""
    lanes = {}
    for name in ("Idle", "An idle tool with a name that goes on"):
        first = SAVING.replace("name: Idle", f"name: {name}")
        second = SAVING[SAVING.index("  - id: idle") :].replace("id: idle", "id: next")
        tools = first + second.replace("2027-03-01", "2027-05-11")
        line = tool_audit(make_basis({"tools_inventory.yaml": tools, "sources/teams.yaml": TEAM})).timeline
        lanes[name] = [each.lane for each in line.deadlines]
    assert list(lanes.values()) == [[0, 0], [0, 1]]


SAVING = """tools:
  - id: kept
    name: Kept
    summary: A.
    category: analytics
    status: retired
    cost: {amount: 100, currency: USD, period: year, per_seat: false}
  - id: old
    name: Old
    summary: A.
    category: analytics
    status: sunset
    cost: {amount: 100, currency: USD, period: month, per_seat: false}
  - id: idle
    name: Idle
    summary: A.
    category: analytics
    status: active
    owner: ops
    capabilities: [a]
    data_classification: public
    review: {last: 2026-11-01, next: 2027-11-01}
    cost: {amount: 10, currency: USD, period: month, per_seat: true}
    seats: {licensed: 10, active: 5, counted_on: 2026-11-01}
    contract: {renews_on: 2027-03-01, notice_days: 30}
"""
