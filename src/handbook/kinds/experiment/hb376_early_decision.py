"""Content: an experiment with a result or a decision that its status doesn't allow yet."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.sentences import listed
from handbook.check.rules.content import sound
from handbook.check.rules.examples import DECIDED
from handbook.kinds.any.states import or_set_status
from handbook.read.context import Context
from handbook.read.values import state_of

EARLY = {
    "draft": ("results", "decision"),
    "planned": ("results", "decision"),
    "running": ("decision",),
}
"""The fields that an experiment doesn't have yet, by its state."""


@rule(
    "HB376",
    "early-decision",
    Severity.WARNING,
    reason=(
        "Lists and figures go by the status. An experiment whose status was not changed with its decision "
        "is missing from what was learned, and someone plans or watches it in vain."
    ),
    bad={"sources/experiments/guide.yaml": DECIDED.replace("status: decided", "status: «draft»")},
    good={"sources/experiments/guide.yaml": DECIDED},
    needs={"experiment": ("status", "results", "decision")},
)
def _check(context: Context) -> Iterator[Problem]:
    for experiment in sound(context, "experiment"):
        early = [name for name in EARLY.get(state_of(experiment.value), ()) if name in experiment.value]
        if early:
            names = listed([f"`{name}`" for name in early])
            state = "decided" if "decision" in early else "running"
            yield experiment.problem(
                ("status",),
                f"An experiment with the status `{experiment.value['status']}` has no {names} yet",
                f"Remove {'it' if len(early) == 1 else 'them'}" + or_set_status(experiment.kind, state),
            )
