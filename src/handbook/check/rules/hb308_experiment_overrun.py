"""Content: an experiment that runs past its planned end."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context
from handbook.check.deadlines import days, experiment_end
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import EXPERIMENT
from handbook.findings import Severity


def _check(context: Context) -> Iterator[Problem]:
    for experiment in sound(context, "experiment"):
        end = experiment_end(experiment.value)
        if end is not None and end < context.today:
            yield experiment.problem(
                ("planned_end",),
                f"Experiment still running: its planned end was {end}, {days((end - context.today).days)}",
                "Analyse it and decide, or set the status to `stopped`",
            )


RULE = Rule(
    code="HB308",
    name="experiment-overrun",
    severity=Severity.WARNING,
    reason=(
        "An experiment that continues until its numbers look good proves nothing. A forgotten experiment "
        "keeps half of the users on the worse variant."
    ),
    bad={"sources/experiments/guide.yaml": EXPERIMENT.replace("'9999-02-10'", "«'2020-02-10'»")},
    good={"sources/experiments/guide.yaml": EXPERIMENT},
    check=_check,
)
