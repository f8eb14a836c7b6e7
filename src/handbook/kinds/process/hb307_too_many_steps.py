"""Content: a process with too many steps."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import PROCESS, with_process
from handbook.read.context import Context
from handbook.read.values import list_at

_STEPS = "".join(
    f"  - {{id: step-{number}, name: Step {number}, role: product-manager, what: Do it.}}\n"
    for number in range(2, 14)
)


@rule(
    "HB307",
    "too-many-steps",
    Severity.WARNING,
    reason=(
        "A process that no one follows is just a wiki page. Over-engineering starts quietly, one step at a "
        "time. If a process has more than 12 steps, or more than `limits.process_steps` in "
        "`sources/handbook.yaml`, it is time to cut."
    ),
    bad=with_process(PROCESS.replace("steps:", "«steps»:") + _STEPS),
    good=with_process(),
    needs={"process": ("steps",)},
)
def _check(context: Context) -> Iterator[Problem]:
    most = context.settings.limits.process_steps
    for process in sound(context, "process"):
        number = len(list_at(process.value, ("steps",)))
        if number > most:
            yield process.problem(
                ("steps",),
                f"Too many steps: {number}, maximum {most}",
                "Split the process, merge steps, or set `limits.process_steps` in `sources/handbook.yaml`",
                "key",
            )
