"""Content: an entry whose review is overdue."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import days
from handbook.check.rules.content import ask_owner
from handbook.check.rules.examples import with_tool
from handbook.read.context import Context
from handbook.read.values import review_due

_REVIEW = "    review: {last: '2020-01-10', next: '9999-01-10'}\n"


@rule(
    "HB305",
    "review-overdue",
    Severity.WARNING,
    reason=(
        "Readers don't trust a page that hasn't been reviewed for a long time. A banner doesn't fix that; "
        "notifying the owner does."
    ),
    bad=with_tool(_REVIEW.replace("'9999-01-10'", "«'2020-07-10'»")),
    good=with_tool(_REVIEW),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in (*context.sound_entries, *context.imprints):
        due = review_due(entry.value)
        if due is None or due >= context.today:
            continue
        yield entry.problem(
            ("review", "next"),
            f"Review overdue since {due}, {days((due - context.today).days)}",
            ask_owner(entry, "check the content, then set `last` to today and `next` to a later date"),
        )
