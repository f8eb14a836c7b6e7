"""Document: guidance of the template that was left in."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.findings import Severity
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


def _check(draft: Draft) -> Iterator[Problem]:
    for left in draft.guidance_left:
        section = left.part.section
        if section and left.is_all:
            advice = "write the section in its place"
            hint = advice if section.required else f"{advice}, or delete the section: it is optional"
        else:
            hint = "delete what the template says, or say it in your own words"
        where = f" in `{section.name}`" if section else ""
        yield draft.problem(left.block.span, f"the template's guidance still stands here{where}", hint)


RULE = Rule(
    code="HB516",
    name="guidance-left",
    severity=Severity.ERROR,
    reason=(
        "The grey lines of a template speak to its writer. A reader takes them for a section that nobody has "
        "written."
    ),
    bad=bad(
        DOCUMENT.replace(
            "Six questions", "> «Today's value, the target, and the day you will read it.»\n\nSix questions"
        )
    ),
    good=GOOD,
    check=_check,
)
