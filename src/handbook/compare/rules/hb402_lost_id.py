"""Change: an id is gone, and nothing leads on from it."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.compare.comparison import FORMER, Comparison
from handbook.compare.rules.examples import PRD, TEAMS
from handbook.findings import Severity, Span


def _check(comparison: Comparison) -> Iterator[Problem]:
    for change in comparison.changes:
        kind = change.kind.label.lower()
        if change.what == "removed":
            yield Problem(
                change.entry.source.path,
                Span(),
                f"the {kind} `{change.id}` is gone, and nothing leads on from its page",
                f"name `{change.id}` under `{FORMER}` in the entry that takes its place, or keep the entry "
                "and say in it that it is over",
                kind=change.kind.name,
                id=change.id,
            )
        for difference in change.differences:
            lost = difference.before if difference.place.pointer[:1] == (FORMER,) else None
            for name in lost if isinstance(lost, list) else [lost]:
                if name is not None and difference.event == "removed":
                    yield change.entry.problem(
                        (),
                        f"old links to the {kind} `{name}` led here and lead nowhere now",
                        f"put `{name}` back under `{FORMER}`",
                        "start",
                    )


RULE = Rule(
    code="HB402",
    name="lost-id",
    severity=Severity.ERROR,
    reason=(
        "An id is part of an address. Links in chats, documents and bookmarks go on using it for years, so "
        "an entry that is renamed or merged keeps its old ids under `former_ids`, and readers are led on. "
        "Checked with `--against`."
    ),
    bad={
        "sources/templates/prd.yaml": PRD,
        "sources/teams.yaml": TEAMS.replace("id: ops", "id: product-ops").replace("teams:", "«t»eams:"),
    },
    good={
        "sources/templates/prd.yaml": PRD,
        "sources/teams.yaml": TEAMS.replace("id: ops", "id: product-ops, former_ids: [ops]"),
    },
    check=_check,
)
