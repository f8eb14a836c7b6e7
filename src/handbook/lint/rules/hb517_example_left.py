"""Document: an example of the template that was left in."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.findings import Severity
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


def _check(draft: Draft) -> Iterator[Problem]:
    for left in draft.examples_left:
        where = f" in `{left.part.section.name}`" if left.part.section else ""
        message = f"this is the template's own example{where}"
        yield draft.problem(left.block.span, message, "write what is true of yours instead")


RULE = Rule(
    code="HB517",
    name="example-left",
    severity=Severity.ERROR,
    reason=("An example in a document is a fact that is not true: its numbers are those of another feature."),
    bad=bad(
        DOCUMENT.replace(
            "\nSupport answers",
            "\n«Operations managers set the same filters again every week.»\n\nSupport answers",
        )
    ),
    good=GOOD,
    check=_check,
)
