"""Content: an experiment that runs past its planned end."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import days
from handbook.check.rules.content import ask_owner, sound
from handbook.check.rules.examples import EXPERIMENT
from handbook.kinds.any.states import or_set_status
from handbook.kinds.experiment.dates import experiment_end
from handbook.read.context import Context


@rule(
    "HB308",
    "experiment-overrun",
    Severity.WARNING,
    reason=(
        "An experiment that continues until its numbers look good proves nothing. A forgotten experiment "
        "keeps half of the users on the worse variant."
    ),
    bad={"sources/experiments/guide.yaml": EXPERIMENT.replace("'9999-02-10'", "«'2020-02-10'»")},
    good={"sources/experiments/guide.yaml": EXPERIMENT},
    needs={"experiment": ("status", "planned_end")},
)
def _check(context: Context) -> Iterator[Problem]:
    for experiment in sound(context, "experiment"):
        end = experiment_end(experiment.value)
        if end is not None and end < context.today:
            yield experiment.problem(
                ("planned_end",),
                f"Experiment still running: its planned end was {end}, {days((end - context.today).days)}",
                ask_owner(experiment, "analyse it and decide") + or_set_status(experiment.kind, "stopped"),
            )
