"""Document: a required field is missing or not filled in."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad
from handbook.read.schemas.problems import SchemaProblemKind


@rule(
    "HB506",
    "missing-value",
    reason="Reviewers need the required fields before they start reading.",
    bad=bad(DOCUMENT.replace("squad:", "«squad»:").replace(" Reporting", "")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for found in draft.field_problems:
        if found.kind is SchemaProblemKind.MISSING:
            yield draft.field_problem(found)
