"""Document: leftover example of the template."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB517",
    "example-left",
    reason="A leftover example states wrong facts: its numbers are from another feature.",
    bad=bad(
        DOCUMENT.replace(
            "\nSupport answers",
            "\n«Operations managers set the same filters again every week.»\n\nSupport answers",
        )
    ),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for left in draft.examples_left:
        where = f" in `{left.part.section.name}`" if left.part.section else ""
        message = f"Leftover template example{where}"
        yield draft.problem(left.block.span, message, "Replace it with your own facts")
