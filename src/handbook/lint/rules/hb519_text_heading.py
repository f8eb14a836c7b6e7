"""Document: sections that start with a line of text."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import one_of
from handbook.lint.draft import Draft
from handbook.lint.manuscript import BOLD
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB519",
    "text-heading",
    Severity.WARNING,
    reason=(
        "Bold text looks like a heading, but it is not in the table of contents, and you can't link to it or "
        "fold it. The check reads it as a heading, and reports it once for all sections of a document."
    ),
    bad=bad(DOCUMENT.replace("## Goal", "«**Goal**»")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    found = draft.outline.found if draft.outline else ()
    lines = [(heading, section) for heading, _, section in found if heading.level >= BOLD]
    if draft.outline and lines:
        names = one_of((section.name for _, section in lines), "and")
        marks = "#" * draft.outline.level
        what = "Lines of text instead of headings" if len(lines) > 1 else "Line of text instead of a heading"
        hint = f"Start the line with `{marks} `, without asterisks"
        if draft.is_copy:
            hint = f"Use the style Heading {draft.outline.level} for the line"
        edits = {heading.span: f"{marks} {heading.name}" for heading, _ in lines}
        # In a list, a heading would stay an item.
        is_alone = all(draft.text_at(span) == draft.file.line(span.line).rstrip() for span in edits)
        fix = draft.fix(edits, is_safe=True) if is_alone else None
        yield draft.problem(lines[0][0].span, f"{what}: {names}", hint, fix=fix)
