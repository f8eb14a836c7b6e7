"""The charts of metrics, and the standardised terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.values import state_of


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that shows a metric.

    Attributes:
        dashboard: The dashboard it is on.
        name: The name of the chart.
        act_when: The action threshold; empty if there is none.
    """

    dashboard: Entry
    name: str
    act_when: str


@dataclass(frozen=True, slots=True)
class MetricCharts:
    """The charts and queries of a metric.

    Attributes:
        charts: The charts that show it, on dashboards that are in use.
        queries: The queries that return the metric.
    """

    charts: tuple[Chart, ...]
    queries: tuple[Entry, ...]


@figure({"metric": ()})
def metric_charts(basis: Basis, metric: Entry) -> MetricCharts:
    """Return the charts and queries of a metric.

    Retired dashboards are not included. The dashboard with the current value is first.

    Args:
        basis: The data that figures are calculated from.
        metric: An entry of the content type `metric`.
    """
    charts = [
        Chart(dashboard, chart.get("name", ""), chart.get("act_when", ""))
        for dashboard in basis.entries("dashboard")
        if state_of(dashboard.data) != "retired"
        for chart in dashboard.data.get("charts", ())
        if metric.id in chart.get("metrics", ())
    ]
    charts.sort(key=lambda chart: chart.dashboard.id != metric.data.get("dashboard"))
    queries = (query for query in basis.entries("query") if metric.id in query.data.get("metrics", ()))
    return MetricCharts(tuple(charts), tuple(queries))


@figure({"metric": ("status",), "dashboard": ("charts.metrics", "status")})
def metrics_without_chart(basis: Basis) -> tuple[Entry, ...]:
    """Show the agreed metrics that are not on a dashboard."""
    return tuple(
        metric
        for metric in basis.entries("metric")
        if state_of(metric.data) == "agreed" and not metric_charts(basis, metric).charts
    )


@dataclass(frozen=True, slots=True)
class PreviousDefinition:
    """A previous definition of a metric.

    Attributes:
        who: The squad, team or segment that used it.
        called: The name they used.
        meaning: The definition.
        compared: The difference from the current definition.
    """

    who: str
    called: str
    meaning: str
    compared: str


@dataclass(frozen=True, slots=True)
class StandardTerm:
    """A standardised term.

    Attributes:
        metric: The metric with the current definition.
        words: The names used before, in order of appearance.
        since: The date from which the definition applies; empty if not specified.
        earlier: The previous definitions.
    """

    metric: Entry
    words: tuple[str, ...]
    since: str
    earlier: tuple[PreviousDefinition, ...]


@figure({"metric": ("earlier_meanings.who", "earlier_meanings.meaning")})
def settled_words(basis: Basis) -> Sequence[StandardTerm]:
    """Show the terms that squads used to define differently, with the current definition of each."""
    found = []
    for metric in basis.entries("metric"):
        earlier = tuple(
            PreviousDefinition(
                item["who"], item.get("name", metric.name), item["meaning"], item.get("compared", "")
            )
            for item in metric.data.get("earlier_meanings", ())
        )
        if earlier:
            words = tuple(dict.fromkeys(meaning.called for meaning in earlier))
            found.append(StandardTerm(metric, words, metric.data.get("valid_from", ""), earlier))
    return found
