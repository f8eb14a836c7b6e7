"""Document: a section at a different heading level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.fixes import Fix
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.lint.draft import Draft
from handbook.lint.manuscript import BOLD
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad

_MARKS = re.compile(r" {0,3}(#+)\s")


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
            marks = "#" * outline.level
            hint = f"Use `{marks} {section.name}`"
            yield draft.problem(heading.span, message, hint, fix=_fix(draft, heading.span.line, marks))


def _fix(draft: Draft, line: int, marks: str) -> Fix | None:
    found = _MARKS.match(draft.file.line(line))
    if not found:
        return None  # the line below it makes it a heading
    return draft.fix({Span(line, found.start(1) + 1, line, found.end(1) + 1): marks}, is_safe=True)
