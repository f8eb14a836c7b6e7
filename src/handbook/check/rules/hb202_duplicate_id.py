"""Uniqueness: two entries of a kind with the same ID."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import with_tool
from handbook.read.context import Context
from handbook.read.overrides import OVERRIDES

_SECOND = """  - id: linear
    name: Linear Insights
    summary: Charts of the work in Linear.
    category: analytics
    status: proposed
"""


@rule(
    "HB202",
    "duplicate-id",
    reason=(
        "An ID is an address. Two entries with the same ID would share a page, and one of them would be lost."
    ),
    bad=with_tool(_SECOND.replace("id: linear", "id: «linear»")),
    good=with_tool(_SECOND.replace("id: linear", "id: linear-insights")),
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in context.entries:
        first = context.ids.get(entry.kind.name, {}).get(entry.id)
        if first is None or first is entry:
            continue
        where = first.source.document.key_span((*first.at, "id"))
        site = context.site
        is_below = site.layer_of(first.source.path) != site.layer_of(entry.source.path)
        yield entry.problem(
            ("id",) if "id" in entry.value else (),
            f"Duplicate ID {shown(entry.id)}: already used in {first.source.path}:{where.line}",
            f"Add `{OVERRIDES}: true` to replace that entry, or rename this one"
            if is_below
            else "Rename or remove one of them",
        )
