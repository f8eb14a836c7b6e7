"""Content: more people did something in an experiment than took part in it."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import COUNTED
from handbook.findings import Severity


def _check(context: Context) -> Iterator[Problem]:
    for entry in sound(context, "experiment"):
        for index, result in enumerate(entry.value.get("results") or ()):
            if result.get("conversions", 0) > result["participants"]:
                yield entry.problem(
                    ("results", index, "conversions"),
                    f"{result['conversions']:,} did it, and {result['participants']:,} took part",
                    "count each of those who took part once; the two numbers may be swapped",
                )


RULE = Rule(
    code="HB322",
    name="impossible-result",
    severity=Severity.ERROR,
    reason="A share above 100% is a slip, and whatever is worked out from it misleads whoever decides.",
    bad={"sources/experiments/guide.yaml": COUNTED.replace("conversions: 120", "conversions: «1200»")},
    good={"sources/experiments/guide.yaml": COUNTED},
    check=_check,
)
