"""Content: an agreed metric that says nowhere where to find its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.read.context import Context
from handbook.read.values import as_mapping, list_at, state_of

_METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves?
    definition: Accounts that left in a month.
    status: agreed
    unit: percent
    direction: down
"""
_QUERY = """queries:
  - id: leavers
    name: Leavers
    summary: Which accounts left?
    run_in: The SQL page of the data warehouse
    sql: SELECT account FROM leavers
"""
_SAYS = ("dashboard", "query", "computed_from")


@rule(
    "HB349",
    "no-source",
    Severity.WARNING,
    reason=(
        "A metric that everyone agreed on is used only if readers find its value. In a handbook with "
        "dashboards or queries, each agreed metric is on one of them, or says what it is calculated from."
    ),
    bad={"sources/metrics.yaml": _METRIC.replace("id:", "«i»d:"), "sources/queries.yaml": _QUERY},
    good={"sources/metrics.yaml": _METRIC, "sources/queries.yaml": _QUERY + "    metrics: [churn]\n"},
    needs={"metric": ("status", "dashboard", "query", "computed_from")},
)
def _check(context: Context) -> Iterator[Problem]:
    dashboards, queries = (list(sound(context, kind)) for kind in ("dashboard", "query"))
    charts = [as_mapping(chart) for each in dashboards for chart in list_at(each.value, ("charts",))]
    shown = {name for part in (*charts, *(each.value for each in queries)) for name in _metrics(part)}
    if not dashboards and not queries:
        return
    for metric in sound(context, "metric"):
        is_found = metric.id in shown or any(metric.value.get(name) for name in _SAYS)
        if state_of(metric.value) == "agreed" and not is_found:
            yield metric.problem(
                (),
                "An agreed metric without a dashboard or query",
                "Add it to the `metrics` of a chart or query, or add `computed_from:` with its source",
                "start",
            )


def _metrics(part: Any) -> Iterator[str]:
    return (name for name in list_at(part, ("metrics",)) if isinstance(name, str))
