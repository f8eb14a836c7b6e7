"""Content: more conversions than participants in an experiment."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import COUNTED
from handbook.read.context import Context
from handbook.read.values import list_at, number_at


@rule(
    "HB322",
    "impossible-result",
    reason=(
        "A conversion rate above 100% is a typing error, and every figure calculated from it misleads the "
        "people who decide."
    ),
    bad={"sources/experiments/guide.yaml": COUNTED.replace("conversions: 120", "conversions: «1200»")},
    good={"sources/experiments/guide.yaml": COUNTED},
    needs={"experiment": ("results.participants", "results.conversions")},
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in sound(context, "experiment"):
        for index, result in enumerate(list_at(entry.value, ("results",))):
            reached, all_of_them = (number_at(result, (name,)) for name in ("conversions", "participants"))
            if reached is not None and all_of_them is not None and reached > all_of_them:
                yield entry.problem(
                    ("results", index, "conversions"),
                    f"{reached:,} conversions exceed {all_of_them:,} participants",
                    "Count each participant once, and check that the two numbers are not swapped",
                )
