"""Document: a required section is empty."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB515",
    "empty-section",
    reason=(
        "A heading without text looks like an answer but is not. If there is nothing to say, state that and "
        "why."
    ),
    bad=bad(
        DOCUMENT.replace("## Goal", "## «Goal»").replace("Six questions a week by the end of March.", "…")
    ),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for part in draft.empty:
        if part.heading and part.section:
            message = f"Section `{part.section.name}` is empty"
            yield draft.problem(
                part.heading.span, message, "Add content. If there is nothing to say, state why"
            )
