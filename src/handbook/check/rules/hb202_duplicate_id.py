"""Uniqueness: two entries of a kind with the same id."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.words import shown
from handbook.findings import Severity

_SECOND = """  - id: linear
    name: Linear Insights
    summary: Charts of the work in Linear.
    category: analytics
    status: proposed
"""


def _check(context: Context) -> Iterator[Problem]:
    for entry in context.entries:
        first = context.ids.get(entry.kind.name, {}).get(entry.id)
        if first is None or first is entry:
            continue
        where = first.source.document.key_span((*first.at, "id"))
        yield entry.problem(
            ("id",) if "id" in entry.value else (),
            f"the id {shown(entry.id)} is taken: {first.source.path}:{where.line} has it",
            "give one of the two another id, or delete it",
        )


RULE = Rule(
    code="HB202",
    name="duplicate-id",
    severity=Severity.ERROR,
    reason="An id is an address. Two entries with the same one would share a page, and one would vanish.",
    bad={"tools_inventory.yaml": TOOL + _SECOND.replace("id: linear", "id: «linear»")},
    good={"tools_inventory.yaml": TOOL + _SECOND.replace("id: linear", "id: linear-insights")},
    check=_check,
)
