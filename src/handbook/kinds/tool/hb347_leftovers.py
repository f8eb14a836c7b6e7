"""Content: a tool that is gone, but still has costs, seats, a contract or integrations."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.sentences import listed
from handbook.check.rules.content import sound
from handbook.check.rules.examples import TOOL
from handbook.kinds.any.states import or_set_status
from handbook.kinds.tool.states import is_gone
from handbook.read.context import Context
from handbook.read.raw import RawEntry

LEFTOVERS = ("cost", "seats", "contract", "integrations")
"""The fields that a tool that is gone can't have."""

_GONE = TOOL.replace("trial", "retired")


@rule(
    "HB347",
    "leftovers",
    Severity.WARNING,
    reason=(
        "A tool that is gone costs nothing and connects nothing. If its entry says otherwise, either it is "
        "out of date, or the company pays for something that no one uses."
    ),
    bad={"tools_inventory.yaml": _GONE + "    «cost»: {amount: 8, currency: EUR, period: month}\n"},
    good={"tools_inventory.yaml": _GONE},
    needs={"tool": ("status",)},
)
def _check(context: Context) -> Iterator[Problem]:
    for tool in sound(context, "tool"):
        if not is_gone(tool.value):
            continue
        left = [name for name in LEFTOVERS if tool.value.get(name)]
        if left:
            yield tool.problem(
                (left[0],),
                f"The tool is no longer available (`{tool.value['status']}`), but still has "
                + listed([f"`{name}`" for name in left]),
                f"Remove {'it' if len(left) == 1 else 'them'}{_or_wait(tool)}",
                "key",
            )


def _or_wait(tool: RawEntry) -> str:
    other = or_set_status(tool.kind, "sunset")
    return f"{other} as long as it is paid for" if other else ""
