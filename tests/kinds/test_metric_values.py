"""What the readings of metrics say: the last value, its change, its range, and what moved."""

from __future__ import annotations

import pytest

from handbook.diff.comparison import compare_states
from handbook.diff.states import State
from handbook.digest.news import gather
from handbook.digest.text import render
from handbook.kinds.attention import attention
from handbook.kinds.metric.dates import next_reading
from handbook.kinds.metric.readings import dashboard_values, metric_value, metric_values, what_moved
from handbook.kinds.metric.value import MetricValue
from handbook.link.address import Address
from handbook.loaded.handbook import load
from tests.conftest import TODAY, MakeBasis, MakeSite

HEAD = "day,value,note\n"


def metric(name: str, more: str = "") -> str:
    return f"  - {{id: {name}, name: {name.title()}, summary: A., status: agreed, definition: B.{more}}}\n"


def rows(*values: str) -> str:
    """One reading a week, the last one on 15 November 2026."""
    days = [
        f"2026-{month:02}-{day:02}"
        for month, day in ((10, 11), (10, 18), (10, 25), (11, 1), (11, 8), (11, 15))
    ]
    return HEAD + "".join(
        f"{day},{value},\n" for day, value in zip(days[-len(values) :], values, strict=True)
    )


def value_of(make_basis: MakeBasis, more: str, *values: str) -> MetricValue:
    files = {
        "sources/metrics.yaml": f"metrics:\n{metric('a', more)}",
        "sources/readings/a.csv": rows(*values),
    }
    basis = make_basis(files)
    value = metric_value(basis, basis.catalogue.entry("metric", "a"))
    assert value
    return value


@pytest.mark.parametrize(
    ("more", "values", "told"),
    [
        # value, unit, change, trend, verdict
        (", unit: people", ("9698", "9632"), ("9,632", "people", "\u22120.7%", "", "")),
        (", unit: people", ("9632",), ("9,632", "people", "", "", "")),
        (
            ', unit: "% a month", direction: down',
            ("1.4", "1.55"),
            ("1.55%", "a month", "+0.15 points", "worse", ""),
        ),
        (
            ", unit: points from -100 to 100, direction: up",
            ("30", "31"),
            ("31", "points", "+1", "better", ""),
        ),
        (", direction: up", ("0", "4"), ("4", "", "+4", "better", "")),
        (", direction: up", ("4", "4"), ("4", "", "±0%", "", "")),
        (
            ", direction: up, range: {low: 5, high: 9}",
            ("6", "5"),
            ("5", "", "\u221216.7%", "", "Within its normal range (5 to 9)"),
        ),
        (
            ", direction: up, range: {low: 5}",
            ("6", "4.5"),
            ("4.5", "", "\u221225%", "worse", "Fell below its normal range (at least 5)"),
        ),
        (
            ", direction: down, range: {high: 5}",
            ("6", "7"),
            ("7", "", "+16.7%", "worse", "Outside its normal range (at most 5) for 2 readings"),
        ),
        (", range: {high: 5}", ("5", "7"), ("7", "", "+40%", "", "Rose above its normal range (at most 5)")),
        (
            ", range: {high: 5}",
            ("7", "5"),
            ("5", "", "\u221228.6%", "", "Back in its normal range (at most 5)"),
        ),
    ],
)
def test_the_last_value_says_what_changed_and_what_it_means(
    make_basis: MakeBasis, more: str, values: tuple[str, ...], told: tuple[str, ...]
) -> None:
    value = value_of(make_basis, more, *values)
    assert (value.value, value.unit, value.change, value.trend, value.verdict) == told


def test_what_moved_comes_before_what_is_usual_and_old_values_are_left_out(make_basis: MakeBasis) -> None:
    """News first: what left its range, then what is still outside, then what returned or leapt."""
    usual = ", range: {low: 5, high: 9}"
    given = {
        "still": (usual, ("2", "3")),
        "back": (usual, ("3", "6")),
        "left": (usual, ("6", "2")),
        "calm": (usual, ("6", "7")),
        "leapt": ("", ("10", "11", "10", "11", "10", "20")),
        "flat": ("", ("10", "11", "10", "11", "10", "11")),
        "short": ("", ("1", "90")),
        "stale": (usual + ", readings: {every: day, due_after: 0}", ("6", "2")),
    }
    basis = make_basis(
        {
            "sources/metrics.yaml": "metrics:\n"
            + metric("none")
            + "".join(metric(name, more) for name, (more, _) in given.items()),
            **{f"sources/readings/{name}.csv": rows(*values) for name, (_, values) in given.items()},
        }
    )
    assert [each.metric.id for each in what_moved(basis)] == ["left", "still", "back", "leapt"]
    assert [each.metric.id for each in what_moved(basis, 1)] == ["left"]
    assert len(metric_values(basis)) == len(given)
    (items,) = attention(basis).owners
    assert [(item.entry.id, item.task, item.days_left) for item in items.actions if item.day] == [
        ("stale", "Record the value since 15 November 2026", -7)
    ]


def test_a_dashboard_shows_its_metrics_once_in_the_order_of_its_charts(make_basis: MakeBasis) -> None:
    tool = "tools: [{id: amp, name: A, summary: A., category: analytics, status: trial}]\n"
    first, second = "metrics: [b, a]", "metrics: [b, none]"
    charts = f"[{{id: x, name: X, shows: It., {first}}}, {{id: y, name: Y, shows: It., {second}}}]"
    fields = f"id: d, name: D, summary: A., status: live, tool: amp, charts: {charts}"
    basis = make_basis(
        {
            "sources/metrics.yaml": f"metrics:\n{metric('a')}{metric('b')}{metric('none')}",
            "sources/readings/a.csv": rows("1"),
            "sources/readings/b.csv": rows("2"),
            "tools_inventory.yaml": tool,
            "sources/dashboards.yaml": f"dashboards: [{{{fields}}}]\n",
        }
    )
    values = dashboard_values(basis, basis.catalogue.entry("dashboard", "d"))
    assert [(each.metric.id, each.value) for each in values] == [("b", "2"), ("a", "1")]


@pytest.mark.parametrize(
    ("readings", "last", "due"),
    [
        ("{every: day, due_after: 0}", "2026-11-15", "2026-11-16"),
        ("{every: week, due_after: 3}", "2026-11-15", "2026-11-25"),
        ("{every: month}", "2026-10-31", "2026-12-07"),
        ("{every: month, due_after: 0}", "2026-01-31", "2026-02-28"),
        ("{every: month, due_after: 0}", "2026-02-28", "2026-03-31"),
        ("{every: month, due_after: 0}", "2026-10-15", "2026-11-15"),
        ("{every: quarter, due_after: 0}", "2026-09-30", "2026-12-31"),
        ("{every: year, due_after: 0}", "2024-02-29", "2025-02-28"),
        ("{lowest: 0}", "2024-02-29", "None"),
    ],
)
def test_the_next_reading_is_due_an_interval_later(
    make_basis: MakeBasis, readings: str, last: str, due: str
) -> None:
    files = {
        "sources/metrics.yaml": f"metrics:\n{metric('a', f', readings: {readings}')}",
        "sources/readings/a.csv": f"{HEAD}{last},1,\n",
    }
    basis = make_basis(files)
    value = metric_value(basis, basis.catalogue.entry("metric", "a"))
    assert value
    assert str(value.due) == str(next_reading(value.metric.data, value.day)) == due


def test_the_digest_tells_which_metrics_left_their_range(make_site: MakeSite) -> None:
    site = make_site(
        {
            "sources/metrics.yaml": f"metrics:\n{metric('calm', ', range: {low: 1}')}"
            f"{metric('tickets', ', unit: tickets a week, range: {high: 5}')}",
            "sources/readings/calm.csv": rows("2", "3"),
            "sources/readings/tickets.csv": f"{HEAD}2026-11-08,5,\n2026-11-15,7,Late reports\n",
        }
    )
    handbook = load(site, TODAY)
    state = State("now", handbook.context)
    news = gather("", "then", compare_states(state, state), handbook.basis)
    text = render(news, Address("", directory_urls=True))
    assert (
        "\nMetrics\n- Tickets: 7 tickets a week (15 November 2026, +40%). "
        "Rose above its normal range (at most 5). Late reports\n"
    ) in text
