"""Content: an expired feature flag, or one without an expiry date."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import days
from handbook.check.rules.content import ask_owner, sound
from handbook.kinds.flag.dates import flag_expiry
from handbook.read.context import Context

_FLAG = """flags:
  - id: guide
    name: Guide
    summary: Shows the guide to some of the new accounts.
    rollout: {percentage: 50, audience: new accounts}
    expires_on: '9999-02-10'
"""


@rule(
    "HB310",
    "flag-expired",
    Severity.WARNING,
    reason=(
        "Every flag is a second path through the code. If a flag outlives its purpose, someone will switch "
        "it one day, and no one will remember what happens then."
    ),
    bad={"sources/flags.yaml": _FLAG.replace("'9999-02-10'", "«'2020-02-10'»")},
    good={"sources/flags.yaml": _FLAG},
    needs={"flag": ("expires_on",)},
)
def _check(context: Context) -> Iterator[Problem]:
    for flag in sound(context, "flag"):
        expiry = flag_expiry(flag.value)
        if expiry is None:
            yield flag.problem(
                (),
                "Feature flag without an expiry date",
                ask_owner(flag, "say when the code no longer needs it, and add that date as `expires_on:`"),
                "start",
            )
        elif expiry < context.today:
            yield flag.problem(
                ("expires_on",),
                f"Expired flag: its expiry date was {expiry}, {days((expiry - context.today).days)}",
                ask_owner(flag, "remove it from the code and delete this entry, or set a new expiry date"),
            )
