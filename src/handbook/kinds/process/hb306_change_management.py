"""Content: a process without change management."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import enumerated, one_of
from handbook.check.rules.content import sound
from handbook.check.rules.examples import PROCESS, with_process
from handbook.kinds.process.ritual import is_ritual
from handbook.read.context import Context

NEEDED = {
    "why": "what goes wrong without it",
    "training": "where to learn it",
    "feedback_channel": "where to give feedback",
}
NEEDED_OF_RITUAL = ("why",)


@rule(
    "HB306",
    "change-management",
    Severity.WARNING,
    reason=(
        "People don't follow a new way of working that comes without a reason, without training and without "
        "a place to give feedback. Every process needs all three. A ritual, which has no steps, needs only "
        "the reason."
    ),
    bad=with_process(
        "«n»"
        + "".join(
            line
            for line in PROCESS.splitlines(keepends=True)
            if not line.startswith(("training", "feedback"))
        )[1:]
    ),
    good=with_process(),
    needs={"process": tuple(NEEDED)},
)
def _check(context: Context) -> Iterator[Problem]:
    for process in sound(context, "process"):
        ritual = is_ritual(process.value, process.kind.shape)
        needed = NEEDED_OF_RITUAL if ritual else NEEDED
        missing = [name for name in needed if name not in process.value]
        if missing:
            yield process.problem(
                (),
                f"Missing {one_of(missing, 'and')} of a {'ritual' if ritual else 'process'}",
                f"Add {enumerated([f'`{name}:` ({NEEDED[name]})' for name in missing], 'and')}",
                "start",
            )
