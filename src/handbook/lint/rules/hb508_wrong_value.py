"""Document: an invalid value."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad
from handbook.read.schemas.problems import SchemaProblemKind


@rule(
    "HB508",
    "wrong-value",
    reason=(
        "Documents can be sorted and counted only if dates have one format, statuses come from one list and "
        "addresses work as links."
    ),
    bad=bad(DOCUMENT.replace("2026-12-02", "«02/12/2026»")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for found in draft.field_problems:
        if found.kind not in {SchemaProblemKind.MISSING, SchemaProblemKind.UNEXPECTED}:
            yield draft.field_problem(found)
