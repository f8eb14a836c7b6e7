"""Document: a section is out of order."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.outline import out_of_order
from handbook.lint.rules.examples import DOCUMENT, GOAL, GOOD, PROBLEM, bad


@rule(
    "HB513",
    "section-order",
    reason=(
        "The order of a template follows the order of a decision: the problem before its solution. The same "
        "order in all documents helps you find information quickly."
    ),
    bad=bad(DOCUMENT.replace(PROBLEM + GOAL, GOAL.replace("Goal", "«Goal»") + PROBLEM)),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    found = draft.outline.found if draft.outline else ()
    first = {section.index: heading for heading, part, section in found if not part.is_repeated}
    moved = out_of_order(list(first))
    names = {section.index: section.name for _, _, section in found}
    for index in moved:
        before = [other for other in first if other < index and other not in moved]
        after = [other for other in first if other > index and other not in moved]
        place = f"after `{names[max(before)]}`" if before else f"before `{names[min(after)]}`"
        message = f"Section `{names[index]}` is out of order"
        yield draft.problem(first[index].span, message, f"Move it {place}")
