"""Content: an active tool without an owner."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import ACTIVE_TOOL, ROLE
from handbook.kinds.tool.states import is_active
from handbook.read.context import Context
from handbook.read.values import owner_ids


@rule(
    "HB301",
    "no-owner",
    reason=(
        "A tool that everyone uses and no one owns is paid for without question, and no one knows who to "
        "ask about it. Five such tools are a sign that product operations is missing."
    ),
    bad={
        "tools_inventory.yaml": ACTIVE_TOOL.replace("    owner: product-manager\n", "").replace(
            "id: linear", "«i»d: linear"
        ),
        "sources/roles.yaml": ROLE,
    },
    good={"tools_inventory.yaml": ACTIVE_TOOL, "sources/roles.yaml": ROLE},
    needs={"tool": ("status", "owner")},
)
def _check(context: Context) -> Iterator[Problem]:
    for tool in sound(context, "tool"):
        if is_active(tool.value) and not owner_ids(tool.value):
            yield tool.problem(
                ("owner",) if "owner" in tool.value else (),
                "Missing `owner` of an active tool",
                "Add `owner:` with the ID of a team or role",
                "start",
            )
