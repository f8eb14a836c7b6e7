"""Where metrics are shown, and which words were settled."""

from __future__ import annotations

from handbook.kinds.metric.charts import metric_charts, metrics_without_chart, settled_words
from tests.conftest import MakeBasis

TOOLS = "tools: [{id: amp, name: Amp, summary: A., category: analytics, status: active}]\n"
METRIC = "  - {{id: {id}, name: {id}, summary: A., status: {status}, definition: B.{more}}}\n"
DASHBOARD = (
    "  - {{id: {id}, name: {id}, summary: A., status: {status}, tool: amp,"
    " charts: [{{id: x, name: X, shows: It., metrics: [{metric}]}}]}}\n"
)
QUERY = "name: Q\nsummary: R?\nrun_in: There.\nmetrics: [users]\nsql: SELECT 1\n"


def metrics(**more: str) -> str:
    return "metrics:\n" + "".join(
        METRIC.format(id=name, status="agreed", more=rest) for name, rest in more.items()
    )


def dashboards(*found: tuple[str, str, str]) -> str:
    return "dashboards:\n" + "".join(
        DASHBOARD.format(id=name, status=status, metric=metric) for name, status, metric in found
    )


def test_the_dashboard_that_counts_comes_first_and_a_closed_one_is_left_out(make_basis: MakeBasis) -> None:
    basis = make_basis(
        {
            "tools_inventory.yaml": TOOLS,
            "sources/metrics.yaml": metrics(users=", dashboard: kpi"),
            "sources/dashboards.yaml": dashboards(
                ("early", "deprecated", "users"), ("kpi", "live", "users"), ("old", "retired", "users")
            ),
            "sources/queries/q.yaml": QUERY,
        }
    )
    seen = metric_charts(basis, basis.catalogue.entry("metric", "users"))
    assert [chart.dashboard.id for chart in seen.charts] == ["kpi", "early"]
    assert [query.id for query in seen.queries] == ["q"]


def test_agreed_metrics_that_no_chart_in_use_shows_are_named(make_basis: MakeBasis) -> None:
    draft = METRIC.format(id="draft", status="proposed", more="")
    basis = make_basis(
        {
            "tools_inventory.yaml": TOOLS,
            "sources/metrics.yaml": metrics(shown="", closed="", nowhere="") + draft,
            "sources/dashboards.yaml": dashboards(("kpi", "live", "shown"), ("old", "retired", "closed")),
        }
    )
    assert [metric.id for metric in metrics_without_chart(basis)] == ["closed", "nowhere"]


def test_a_settled_word_says_what_it_means_now_and_meant_to_whom(make_basis: MakeBasis) -> None:
    """A squad that gave no word of its own used the name the metric has today."""
    earlier = (
        ", valid_from: 2026-06-01, earlier_meanings: [{who: Growth, name: Active user, meaning: Signed in},"
        " {who: Sales, meaning: Paid}]"
    )
    basis = make_basis({"sources/metrics.yaml": metrics(users=earlier, other="")})
    (settled,) = settled_words(basis)
    assert settled.metric.id == "users"
    assert settled.words == ("Active user", "users")
    assert settled.since == "2026-06-01"
    assert [(meaning.who, meaning.called) for meaning in settled.earlier] == [
        ("Growth", "Active user"),
        ("Sales", "users"),
    ]
