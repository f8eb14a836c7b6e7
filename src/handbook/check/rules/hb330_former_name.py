"""Content: a field or value under its former name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.read.context import Context

_PAIN = """pain_points:
  - id: dates-move
    name: Date changes aren't communicated
    summary: Product managers find out by chance that a date has moved.
    status: {}
    frequency: 3
    severity: 4
"""


@rule(
    "HB330",
    "former-name",
    Severity.WARNING,
    reason=(
        "A renamed field or value is accepted under its former name for one release, so that you have time "
        "to update your sources. After that it is an error."
    ),
    bad={"sources/adoption/pain-points.yaml": _PAIN.format("«in-hand»")},
    good={"sources/adoption/pain-points.yaml": _PAIN.format("in-progress")},
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in context.entries:
        for name in entry.former_names:
            what = "field" if name.is_field else "value"
            side: Literal["value", "key"] = "key" if name.is_field else "value"
            problem = entry.problem(
                name.pointer,
                f"The {what} {shown(name.former)} was renamed to {shown(name.current)}; "
                "the former name is removed in the next release",
                f"Replace {shown(name.former)} with {shown(name.current)}",
                side,
            )
            yield problem._replace(correction=entry.respelling(name.pointer, name.current, side))
