"""Content: an experiment that was decided without results."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import DECIDED
from handbook.kinds.any.states import or_set_status
from handbook.read.context import Context
from handbook.read.values import state_of

_RESULTS = DECIDED[DECIDED.index("results:") : DECIDED.index("variants:")]


@rule(
    "HB309",
    "decided-without-results",
    reason=(
        "Anyone who finds this decision next year needs the data behind it, or will run the same test again."
    ),
    bad={
        "sources/experiments/guide.yaml": DECIDED.replace(_RESULTS, "").replace(
            "status: decided", "status: «decided»"
        )
    },
    good={"sources/experiments/guide.yaml": DECIDED},
    needs={"experiment": ("status", "results")},
)
def _check(context: Context) -> Iterator[Problem]:
    for experiment in sound(context, "experiment"):
        if state_of(experiment.value) == "decided" and "results" not in experiment.value:
            yield experiment.problem(
                ("status",),
                "Missing `results` of a decided experiment",
                "Add `results:` with the counts for each variant" + or_set_status(experiment.kind, "stopped"),
            )
