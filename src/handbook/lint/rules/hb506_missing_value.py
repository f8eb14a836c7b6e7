"""Document: a required field is missing or not filled in."""

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
        if found.kind is SchemaProblemKind.MISSING:
            yield draft.field_problem(found)


RULE = Rule(
    code="HB506",
    name="missing-value",
    severity=Severity.ERROR,
    reason=("Reviewers need the required fields before they start reading."),
    bad=bad(DOCUMENT.replace("squad:", "«squad»:").replace(" Reporting", "")),
    good=GOOD,
    check=_check,
)
