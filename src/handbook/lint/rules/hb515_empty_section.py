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
    found = draft.outline.found if draft.outline else ()
    filled_in = {section.index for _, part, section in found if part.blocks}
    for heading, part, section in found:
        if section.required and not part.is_repeated and section.index not in filled_in:
            message = f"Section `{section.name}` is empty"
            yield draft.problem(heading.span, message, "Add content. If there is nothing to say, state why")
