"""Document: leftover guidance of the template."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB516",
    "guidance-left",
    reason=(
        "Guidance is for the writer of a document. Readers think that a section with guidance is unfinished."
    ),
    bad=bad(
        DOCUMENT.replace(
            "Six questions", "> «Today's value, the target, and the day you will read it.»\n\nSix questions"
        )
    ),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for left in draft.guidance_left:
        section = left.part.section
        if section and left.is_all:
            advice = "Replace it with your text"
            hint = advice if section.required else f"{advice}, or remove the section: it is optional"
        else:
            hint = "Remove the guidance, or replace it with your own words"
        where = f" in `{section.name}`" if section else ""
        yield draft.problem(left.block.span, f"Leftover template guidance{where}", hint)
