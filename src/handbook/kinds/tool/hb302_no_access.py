"""Content: an active tool without access instructions."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import ACTIVE_TOOL, ROLE
from handbook.kinds.tool.states import is_active
from handbook.read.context import Context

_ACCESS = "    access: {how: Ask in the channel for new accounts.}\n"


@rule(
    "HB302",
    "no-access",
    reason="The first question of a new product manager about any tool is how to get access.",
    bad={
        "tools_inventory.yaml": ACTIVE_TOOL.replace(_ACCESS, "").replace("id: linear", "«i»d: linear"),
        "sources/roles.yaml": ROLE,
    },
    good={"tools_inventory.yaml": ACTIVE_TOOL, "sources/roles.yaml": ROLE},
    needs={"tool": ("status", "access")},
)
def _check(context: Context) -> Iterator[Problem]:
    for tool in sound(context, "tool"):
        if is_active(tool.value) and "access" not in tool.value:
            yield tool.problem(
                (),
                "Missing `access` of an active tool",
                "Add `access:` with `how:`, the steps for a new colleague to get access",
                "start",
            )
