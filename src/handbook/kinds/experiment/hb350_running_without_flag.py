"""Content: an experiment that runs, but whose flag is off or unknown."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import ask_owner, sound
from handbook.check.rules.examples import EXPERIMENT
from handbook.read.context import Context
from handbook.read.values import number_at, state_of

_FLAG = """flags:
  - id: guide
    name: Guide
    summary: Shows the guide to some of the new accounts.
    rollout: {percentage: 0, audience: new accounts}
    expires_on: '9999-02-10'
"""
_FLAGGED = EXPERIMENT + "flag: guide\n"


@rule(
    "HB350",
    "running-without-flag",
    Severity.WARNING,
    reason=(
        "An experiment runs only while its feature flag is on: otherwise no one sees the variants. Without "
        "the name of the flag, no one can stop the experiment in a hurry, or clean up after it."
    ),
    bad={
        "sources/flags.yaml": _FLAG,
        "sources/experiments/guide.yaml": _FLAGGED.replace("flag: guide", "flag: «guide»"),
    },
    good={
        "sources/flags.yaml": _FLAG.replace("percentage: 0", "percentage: 50"),
        "sources/experiments/guide.yaml": _FLAGGED,
    },
    needs={"experiment": ("status", "flag"), "flag": ("rollout.percentage",)},
)
def _check(context: Context) -> Iterator[Problem]:
    experiments = list(sound(context, "experiment"))
    flags = context.ids.get("flag", {})
    # A company can run all its experiments without flags, or not list the flags here.
    are_usual = any(experiment.value.get("flag") for experiment in experiments)
    for experiment in experiments:
        if state_of(experiment.value) != "running":
            continue
        name = experiment.value.get("flag")
        if name is None and are_usual:
            yield experiment.problem(
                (),
                "Running experiment without a `flag`",
                ask_owner(experiment, "add `flag:` with the ID of its feature flag"),
                "start",
            )
        elif (
            isinstance(name, str)
            and name in flags
            and number_at(flags[name].value, ("rollout", "percentage")) == 0
        ):
            yield experiment.problem(
                ("flag",),
                f"Running experiment, but its feature flag `{name}` is off: its rollout is 0%",
                ask_owner(experiment, "update the rollout of the flag, or the status of the experiment"),
            )
