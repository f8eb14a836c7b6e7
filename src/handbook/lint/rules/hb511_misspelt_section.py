"""Document: a heading that is similar to that of a section."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.lint.draft import Draft
from handbook.lint.matching import heading_number
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB511",
    "misspelt-section",
    reason=(
        "Readers and programs find a section by its name. You can add sections of your own anywhere in the "
        "document."
    ),
    bad=bad(DOCUMENT.replace("## Problem", "## «Probelm»")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for heading, part, section in draft.outline.found if draft.outline else ():
        if part.is_misspelt:
            message = f"Unknown section {shown(heading.name)}"
            # Markup stays as it is, so it has no fix.
            is_plain = draft.text_at(heading.span) == heading.name
            name = f"{heading_number(heading.name)}{section.name}"
            fix = draft.fix({heading.span: name}, is_safe=False) if is_plain else None
            yield draft.problem(heading.span, message, f"Did you mean `{section.name}`?", fix=fix)
