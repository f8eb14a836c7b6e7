"""Document: a duplicate section."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB512",
    "repeated-section",
    reason="Readers find the first of two sections with the same name and miss the other.",
    bad=bad(f"{DOCUMENT}\n## «Goal»\n\nNo account leaves because of it.\n"),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for heading, part, section in draft.outline.found if draft.outline else ():
        if part.is_repeated:
            message = f"Duplicate section `{section.name}`"
            yield draft.problem(
                heading.span, message, "Move its text to the first one and remove the heading"
            )
