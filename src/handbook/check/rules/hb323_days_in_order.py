"""Content: dates in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import COUNTED
from handbook.read.context import Context
from handbook.read.values import day_at
from handbook.read.yaml.document import Pointer

ORDERS: tuple[tuple[Pointer, ...], ...] = (
    (("starts_on",), ("planned_end",)),
    (("starts_on",), ("ended_on",), ("decision", "date")),
    # An early look at the results is recorded with its date; the analysis warns about it.
    (("starts_on",), ("read_on",)),
    (("created_on",), ("rollout", "since")),
    (("created_on",), ("expires_on",)),
    (("review", "last"), ("review", "next")),
)
"""Date fields, the earlier one first. Entries and pages have some of them."""


@rule(
    "HB323",
    "days-in-order",
    reason=(
        "An end date before its start date is a typo: a wrong year, or day and month swapped. Until it is "
        "fixed, every figure based on it is wrong."
    ),
    bad={"sources/experiments/guide.yaml": COUNTED.replace("ended_on: 2026-10-25", "ended_on: «2025-10-25»")},
    good={"sources/experiments/guide.yaml": COUNTED},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in (*context.sound_entries, *context.imprints):
        for order in ORDERS:
            known = [(pointer, day) for pointer in order if (day := day_at(entry.value, pointer))]
            for (first, earlier), (second, later) in pairwise(known):
                if later < earlier:
                    yield entry.problem(
                        second,
                        f"Invalid date order: {later} is before {earlier}, "
                        f"the date of `{'.'.join(map(str, first))}`",
                        "Correct one of the two dates",
                    )
