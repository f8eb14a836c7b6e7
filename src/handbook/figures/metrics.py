"""Where metrics are shown, and which words were settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that shows a metric.

    Attributes:
        dashboard: The dashboard it is on.
        name: What it is called there.
        act_when: The value at which somebody does something; empty where nothing is said.
    """

    dashboard: Entry
    name: str
    act_when: str


@dataclass(frozen=True, slots=True)
class MetricCharts:
    """Where a metric can be seen.

    Attributes:
        charts: The charts that show it, on dashboards that are in use.
        queries: The queries that give values of it.
    """

    charts: tuple[Chart, ...]
    queries: tuple[Entry, ...]


def metric_charts(basis: Basis, metric: Entry) -> MetricCharts:
    """The charts and queries that show a metric.

    Closed dashboards are left out. The one on which the value counts comes first.

    Args:
        basis: What figures are worked out from.
        metric: An entry of the kind `metric`.
    """
    charts = [
        Chart(dashboard, chart["name"], chart.get("act_when", ""))
        for dashboard in basis.catalogue.entries("dashboard").values()
        if dashboard.data["status"] != "retired"
        for chart in dashboard.data["charts"]
        if metric.id in chart.get("metrics", ())
    ]
    charts.sort(key=lambda chart: chart.dashboard.id != metric.data.get("dashboard"))
    queries = [
        query
        for query in basis.catalogue.entries("query").values()
        if metric.id in query.data.get("metrics", ())
    ]
    return MetricCharts(tuple(charts), tuple(queries))


@dataclass(frozen=True, slots=True)
class UnseenMetrics:
    """Metrics that nobody can look up.

    Attributes:
        metrics: Agreed metrics that no chart in use shows.
    """

    metrics: tuple[Entry, ...]


def metrics_without_chart(basis: Basis) -> UnseenMetrics:
    """The agreed metrics that no dashboard in use shows."""
    return UnseenMetrics(
        tuple(
            metric
            for metric in basis.catalogue.entries("metric").values()
            if metric.data["status"] == "agreed" and not metric_charts(basis, metric).charts
        )
    )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word used to mean to somebody.

    Attributes:
        who: The squad, team or segment.
        called: The word they used.
        meaning: What they counted.
        compared: How far their figure lay from today's.
    """

    who: str
    called: str
    meaning: str
    compared: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A word that used to mean several things.

    Attributes:
        metric: The metric that it means now.
        words: The words that were in dispute, in the order in which they come up.
        since: The day from which the agreed meaning applies; empty where none is given.
        earlier: What it used to mean, and to whom.
    """

    metric: Entry
    words: tuple[str, ...]
    since: str
    earlier: tuple[Meaning, ...]


def settled_words(basis: Basis) -> Sequence[Settled]:
    """The words that used to mean different things in different squads, and what each means now."""
    found = []
    for metric in basis.catalogue.entries("metric").values():
        earlier = tuple(
            Meaning(item["who"], item.get("name", metric.name), item["meaning"], item.get("compared", ""))
            for item in metric.data.get("earlier_meanings", ())
        )
        if earlier:
            words = tuple(dict.fromkeys(meaning.called for meaning in earlier))
            found.append(Settled(metric, words, metric.data.get("valid_from", ""), earlier))
    return found
