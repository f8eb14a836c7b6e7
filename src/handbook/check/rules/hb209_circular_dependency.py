"""References: a circular dependency."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.dependencies import circles, dependencies
from handbook.read.context import Context

_CHECKLIST = """name: Launch
summary: Everything that launch day needs.
groups:
  - id: before
    name: Before
    items:
      - id: test
        name: Test the rollback
        depends_on: [flag]
      - id: flag
        name: Set up the flag
"""


@rule(
    "HB209",
    "circular-dependency",
    reason=(
        "Items that depend on each other can never be started, so anyone who works through the list is stuck."
    ),
    bad={
        "sources/checklists/launch.yaml": _CHECKLIST.replace(
            "        name: Set up the flag\n", "        name: Set up the flag\n        depends_on: [«test»]\n"
        )
    },
    good={"sources/checklists/launch.yaml": _CHECKLIST},
)
def _check(context: Context) -> Iterator[Problem]:
    for entry, waits in dependencies(context):
        places = {(each.item["id"], each.other): each.pointer for each in waits}
        for circle in circles(waits):
            way = " → ".join(shown(name) for name in [circle[-1], *circle])
            yield entry.problem(
                places[circle[-1], circle[0]], f"Circular dependency: {way}", "Remove one of the dependencies"
            )
