"""Content: a tool with more active users than paid seats."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import with_tool
from handbook.read.context import Context
from handbook.read.values import number_at

_SEATS = "    seats: {licensed: 40, active: 38, counted_on: '2026-09-01'}\n"


@rule(
    "HB303",
    "too-many-active",
    Severity.WARNING,
    reason=(
        "Either a figure is wrong, and the tool audit with it, or people use the tool without a licence. "
        "The vendor will notice that sooner or later."
    ),
    bad=with_tool(_SEATS.replace("active: 38", "active: «48»")),
    good=with_tool(_SEATS),
    needs={"tool": ("seats.active", "seats.licensed")},
)
def _check(context: Context) -> Iterator[Problem]:
    for tool in sound(context, "tool"):
        active, paid = (number_at(tool.value, ("seats", name)) for name in ("active", "licensed"))
        if active is not None and paid is not None and active > paid:
            yield tool.problem(
                ("seats", "active"),
                f"{active:,} active users exceed {paid:,} paid seats",
                "Recount, or record any additional licences",
            )
