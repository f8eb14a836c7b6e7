"""Location: the ID differs from the file name."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import PROCESS, with_process
from handbook.read.context import Context


@rule(
    "HB205",
    "id-and-file",
    reason=(
        "The name of a file with one entry is its ID. If the two differ, no one knows which one to link to."
    ),
    bad=with_process(f"id: «go-live»\n{PROCESS}"),
    good=with_process(),
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in context.entries:
        stated = entry.value.get("id")
        name = entry.id.rpartition("/")[2]
        if entry.named_by_file and isinstance(stated, str) and stated != name:
            yield entry.problem(
                ("id",),
                f"The ID {shown(stated)} differs from the file name `{name}.yaml`",
                f"Remove the line, or rename the file to {shown(f'{stated}.yaml')}",
            )
