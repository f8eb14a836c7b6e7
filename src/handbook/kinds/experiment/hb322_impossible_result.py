"""Content: more conversions than participants in an experiment."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import COUNTED
from handbook.read.context import Context


@rule(
    "HB322",
    "impossible-result",
    Severity.ERROR,
    reason=(
        "A conversion rate above 100% is a typing error, and every figure calculated from it misleads the "
        "people who decide."
    ),
    bad={"sources/experiments/guide.yaml": COUNTED.replace("conversions: 120", "conversions: «1200»")},
    good={"sources/experiments/guide.yaml": COUNTED},
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in sound(context, "experiment"):
        for index, result in enumerate(entry.value.get("results") or ()):
            if result.get("conversions", 0) > result["participants"]:
                yield entry.problem(
                    ("results", index, "conversions"),
                    f"{result['conversions']:,} conversions exceed {result['participants']:,} participants",
                    "Count each participant once, and check that the two numbers are not swapped",
                )
