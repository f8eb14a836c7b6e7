"""Document: a field that is not in its template."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad
from handbook.read.schemas.problems import SchemaProblemKind


@rule(
    "HB507",
    "unknown-document-field",
    reason="Lists do not show a misspelt field. Put other information in the text.",
    bad=bad(DOCUMENT.replace("squad:", "«sqad»:")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for found in draft.field_problems:
        if found.kind is SchemaProblemKind.UNEXPECTED:
            yield draft.field_problem(found)
