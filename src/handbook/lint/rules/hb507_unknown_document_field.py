"""Document: a field that is not in its template."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.schema_problems import SchemaProblemKind
from handbook.findings import Severity
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


def _check(draft: Draft) -> Iterator[Problem]:
    for found in draft.field_problems:
        if found.kind is SchemaProblemKind.UNEXPECTED:
            yield draft.field_problem(found)


RULE = Rule(
    code="HB507",
    name="unknown-document-field",
    severity=Severity.ERROR,
    reason=("Lists do not show a misspelt field. Put other information in the text."),
    bad=bad(DOCUMENT.replace("squad:", "«sqad»:")),
    good=GOOD,
    check=_check,
)
