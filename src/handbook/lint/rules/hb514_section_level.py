"""Document: a section at another level than the others."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.findings import Severity
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


def _check(draft: Draft) -> Iterator[Problem]:
    outline = draft.outline
    if outline is None:
        return
    for heading, _, section in outline.found:
        if heading.level != outline.level:
            message = (
                f"the section `{section.name}` is a heading of level {heading.level}, "
                f"the others are of level {outline.level}"
            )
            yield draft.problem(heading.span, message, f"write `{'#' * outline.level} {section.name}`")


RULE = Rule(
    code="HB514",
    name="section-level",
    severity=Severity.ERROR,
    reason=(
        "A section with more hashes than the others becomes a part of the one above it, in the list of "
        "contents and for whoever folds sections away."
    ),
    bad=bad(DOCUMENT.replace("## Goal", "### «Goal»")),
    good=GOOD,
    check=_check,
)
