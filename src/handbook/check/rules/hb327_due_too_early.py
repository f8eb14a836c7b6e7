"""Content: an item that is due before its dependency."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.dependencies import circles, dependencies, items_at
from handbook.read.context import Context
from handbook.read.values import number_at

_DUE = "due_day"
_CHECKLIST = """name: Launch
summary: Everything that launch day needs.
groups:
  - id: before
    name: Before
    items:
      - id: flag
        name: Set up the flag
        due_day: -5
      - id: test
        name: Test the rollback
        due_day: -2
        depends_on: [flag]
"""


@rule(
    "HB327",
    "due-too-early",
    Severity.WARNING,
    reason=(
        "If you work through a list by due day, you can't complete an item that depends on a later one. "
        "People skip it, and after the second time they ignore the due days."
    ),
    bad={"sources/checklists/launch.yaml": _CHECKLIST.replace("[flag]", "[«flag»]").replace("-2", "-7")},
    good={"sources/checklists/launch.yaml": _CHECKLIST},
)
def _check(context: Context) -> Iterator[Problem]:
    sound = {id(entry) for entry in context.sound_entries}
    for entry, waits in dependencies(context):
        # In a circular dependency, one item is always too early.
        if id(entry) not in sound or any(circles(waits)):
            continue
        items = [item for _, item in items_at(entry, waits[0].reference)]
        due = {item.get("id"): day for item in items if (day := number_at(item, (_DUE,))) is not None}
        for each in waits:
            day = number_at(each.item, (_DUE,))
            if day is not None and day < due.get(each.other, day):
                yield entry.problem(
                    each.pointer,
                    f"{shown(each.item['id'])} is due on day {day}, before {shown(each.other)}, "
                    f"which it depends on (day {due[each.other]})",
                    "Change one of the two due days, or remove the dependency",
                )
