"""Content: an entry whose review is overdue."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context
from handbook.check.deadlines import days, review_due
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.findings import Severity

_REVIEW = "    review: {last: '2020-01-10', next: '9999-01-10'}\n"


def _check(context: Context) -> Iterator[Problem]:
    for entry in (*context.sound_entries, *context.imprints):
        due = review_due(entry.value)
        if due is None or due >= context.today:
            continue
        owner = entry.value.get("owner")
        whose = f"{owner}: " if isinstance(owner, str) else ""
        yield entry.problem(
            ("review", "next"),
            f"the review was due on {due}, {days((due - context.today).days)}",
            f"{whose}check that all of it still holds, then write today as `last` and a later day as `next`",
        )


RULE = Rule(
    code="HB305",
    name="review-overdue",
    severity=Severity.WARNING,
    reason=(
        "A page that nobody has checked for long is one that nobody trusts. A banner does not mend that; "
        "telling the owner does."
    ),
    bad={"tools_inventory.yaml": TOOL + _REVIEW.replace("'9999-01-10'", "«'2020-07-10'»")},
    good={"tools_inventory.yaml": TOOL + _REVIEW},
    check=_check,
)
