"""Document: a required section that says only "none"."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.lint.draft import Draft
from handbook.lint.manuscript import words
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad

_NONE = frozenset(
    {("none",), ("none", "yet"), ("nothing",), ("no",), ("n", "a"), ("na",), ("not", "applicable")}
    | {("keine",), ("entfällt",), ("nicht", "zutreffend")}
)
_QUESTIONS = frozenset({"question", "questions", "frage", "fragen"})


@rule(
    "HB520",
    "bare-none",
    Severity.WARNING,
    reason=(
        "Readers can't tell whether someone looked and found nothing, or only filled in the section. One "
        "sentence on why, or on what was checked, is enough. A section of questions can do without."
    ),
    bad=bad(DOCUMENT.replace("Six questions a week by the end of March.", "«None.»")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for _, part, section in draft.outline.found if draft.outline else ():
        is_bare = len(part.blocks) == 1 and part.blocks[0].words in _NONE
        if is_bare and section.required and _QUESTIONS.isdisjoint(words(section.name)):
            block = part.blocks[0]
            text = draft.file.line(block.span.line)[block.span.column - 1 : block.span.end_column - 1]
            message = f"Section `{section.name}` says only {shown(text)}"
            yield draft.problem(block.span, message, "State why, or what was checked")
