"""Content: a reading that the unit of its metric rules out."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.kinds.metric.possible import Bounds, possible_values
from handbook.read.context import Context

_METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves?
    definition: Accounts that left in a month.
    status: agreed
    computed_from: The billing system
    unit: "% a month"
"""


@rule(
    "HB372",
    "impossible-reading",
    reason=(
        "A slip of the pen becomes a peak in a chart, and people look for its cause. A percentage is from 0 "
        "to 100, and a unit such as `points from -100 to 100` says what is possible. To say something else, "
        "set `readings.lowest` and `readings.highest` of the metric."
    ),
    bad={
        "sources/metrics.yaml": _METRIC,
        "sources/readings/churn.csv": "day,value,note\n2020-01-31,«140»,\n",
    },
    good={
        "sources/metrics.yaml": _METRIC,
        "sources/readings/churn.csv": "day,value,note\n2020-01-31,1.40,\n",
    },
    needs={"metric": ("unit",)},
)
def _check(context: Context) -> Iterator[Problem]:
    files = {file.id: file for file in context.readings if file.kind == "metric" and file.readings}
    for metric in sound(context, "metric") if files else ():
        file, bounds = files.get(metric.id), possible_values(metric.value)
        for reading in file.readings if file and bounds != Bounds(None, None) else ():
            if file and not bounds.include(reading.value):
                ends = [f"from {bounds.lowest}"] if bounds.lowest is not None else []
                ends += [f"up to {bounds.highest}"] if bounds.highest is not None else []
                hint = "Correct the value, or set `readings.lowest` or `readings.highest` of the metric"
                message = f"Impossible value {reading.value}: `{metric.id}` has values {' '.join(ends)}"
                yield file.problem(reading, "value", message, hint)
