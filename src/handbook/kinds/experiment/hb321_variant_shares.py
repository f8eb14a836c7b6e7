"""Content: a traffic split that doesn't add up to 100%."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import COUNTED
from handbook.read.context import Context
from handbook.read.values import list_at, number_at

CLOSE = 0.5
"""Thirds are written as 33 or 33.3."""


@rule(
    "HB321",
    "variant-shares",
    reason=(
        "Every participant gets a variant. If the traffic split doesn't add up to 100%, someone changed it, "
        "and the sample size based on it is wrong."
    ),
    bad={
        "sources/experiments/guide.yaml": COUNTED.replace("name: Guide, share: 50", "name: Guide, share: «5»")
    },
    good={"sources/experiments/guide.yaml": COUNTED},
    needs={"experiment": ("variants.share",)},
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in sound(context, "experiment"):
        variants = list_at(entry.value, ("variants",))
        shares = [share for variant in variants if (share := number_at(variant, ("share",))) is not None]
        total = sum(shares)
        if variants and len(shares) == len(variants) and abs(total - 100) > CLOSE * len(variants):
            yield entry.problem(
                ("variants", len(variants) - 1, "share"),
                f"Traffic split adds up to {total:g}%",
                "Change the shares so that they add up to 100",
            )
