"""Content: a tool with more active users than paid seats."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context

_SEATS = "    seats: {licensed: 40, active: 38, counted_on: '2026-09-01'}\n"


@rule(
    "HB303",
    "too-many-active",
    Severity.WARNING,
    reason=(
        "Either a figure is wrong, and the tool audit with it, or people use the tool without a licence. "
        "The vendor will notice that sooner or later."
    ),
    bad={"tools_inventory.yaml": TOOL + _SEATS.replace("active: 38", "active: «48»")},
    good={"tools_inventory.yaml": TOOL + _SEATS},
)
def _check(context: Context) -> Iterator[Problem]:
    for tool in sound(context, "tool"):
        seats = tool.value.get("seats")
        if seats and seats["active"] > seats["licensed"]:
            yield tool.problem(
                ("seats", "active"),
                f"{seats['active']:,} active users exceed {seats['licensed']:,} paid seats",
                "Recount, or record any additional licences",
            )
