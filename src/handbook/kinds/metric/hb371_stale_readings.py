"""Content: a metric whose next reading is overdue."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import days
from handbook.check.rules.content import ask_owner, sound
from handbook.kinds.metric.dates import next_reading
from handbook.read.context import Context

_METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves?
    definition: Accounts that left in a month.
    status: agreed
    computed_from: The billing system
    readings: {every: month}
"""


@rule(
    "HB371",
    "stale-readings",
    Severity.WARNING,
    reason=(
        "An old value looks like today's. If a metric says how often it is read (`readings.every`), the next "
        "reading is due that long after the last one, and `readings.due_after` days for collecting it "
        "(default: 7). A metric without any reading is never due."
    ),
    bad={
        "sources/metrics.yaml": _METRIC,
        "sources/readings/churn.csv": "day,value,note\n«2020-01-31»,1.4,\n",
    },
    good={
        "sources/metrics.yaml": _METRIC.replace("    readings: {every: month}\n", ""),
        "sources/readings/churn.csv": "day,value,note\n2020-01-31,1.4,\n",
    },
    needs={"metric": ("readings.every",)},
)
def _check(context: Context) -> Iterator[Problem]:
    files = {file.id: file for file in context.readings if file.kind == "metric" and file.readings}
    for metric in sound(context, "metric") if files else ():
        file = files.get(metric.id)
        due = next_reading(metric.value, file.readings[-1].day) if file else None
        if file and due and due < context.today:
            yield file.problem(
                file.readings[-1],
                "day",
                f"The next reading was due on {due}, {days((due - context.today).days)}",
                ask_owner(metric, "add it, or change `readings.every` of the metric"),
            )
