"""Document: a section at a different heading level."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.manuscript import BOLD
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB514",
    "section-level",
    reason=(
        "A section with more hashes than the others becomes a part of the one above it, in the table of "
        "contents and when you fold sections."
    ),
    bad=bad(DOCUMENT.replace("## Goal", "### «Goal»")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    outline = draft.outline
    if outline is None:
        return
    for heading, _, section in outline.found:
        if outline.level != heading.level < BOLD:
            message = (
                f"Section `{section.name}` has heading level {heading.level}, "
                f"the other sections have level {outline.level}"
            )
            yield draft.problem(heading.span, message, f"Use `{'#' * outline.level} {section.name}`")
