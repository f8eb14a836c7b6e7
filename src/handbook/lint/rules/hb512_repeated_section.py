"""Document: a section that is there twice."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.findings import Severity
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


def _check(draft: Draft) -> Iterator[Problem]:
    for heading, part, section in draft.outline.found if draft.outline else ():
        if part.is_repeated:
            message = f"the section `{section.name}` is there a second time"
            yield draft.problem(
                heading.span, message, "move its text to the first one, and delete the heading"
            )


RULE = Rule(
    code="HB512",
    name="repeated-section",
    severity=Severity.ERROR,
    reason=("Of two sections with one name, a reader finds the first and misses what the other says."),
    bad=bad(f"{DOCUMENT}\n## «Goal»\n\nNo account leaves because of it.\n"),
    good=GOOD,
    check=_check,
)
