"""Change: an id is gone, and nothing leads on from it."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.compare.comparison import Comparison
from handbook.compare.rules.examples import PRD, TEAMS
from handbook.figures.words import listed
from handbook.findings import Severity, Span
from handbook.read.former_ids import FORMER, former_id


def _check(comparison: Comparison) -> Iterator[Problem]:
    for lost in comparison.lost:
        kind, lost_id = lost.name
        what = f"{comparison.kinds[kind].label.lower() if kind in comparison.kinds else kind} `{lost_id}`"
        entry = lost.entry
        if not lost.is_gone:
            message = f"old links to the {what} led here and lead nowhere now"
            hint = f"put `{former_id(entry.kind.name, lost.name)}` back under `{FORMER}`"
            yield entry.problem((), message, hint, "start")
            continue
        ids = listed([f"`{former_id(kind, name)}`" for name in (lost.name, *lost.others)])
        yield Problem(
            entry.source.path,
            Span(),
            f"the {what} is gone, and nothing leads on from its page",
            f"name {ids} under `{FORMER}` in the entry that takes its place, or keep the entry and say in it "
            "that it is over",
            kind=kind,
            id=lost_id,
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
