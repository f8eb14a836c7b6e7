"""Content: a feature flag that should be gone."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context
from handbook.check.deadlines import days, flag_expiry
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.content import sound
from handbook.findings import Severity

_FLAG = """flags:
  - id: guide
    name: Guide
    summary: Opens the guide to some of the new accounts.
    rollout: {percentage: 50, audience: new accounts}
    expires_on: '9999-02-10'
"""


def _check(context: Context) -> Iterator[Problem]:
    for flag in sound(context, "flag"):
        expiry = flag_expiry(flag.value)
        if expiry is not None and expiry < context.today:
            yield flag.problem(
                ("expires_on",),
                f"the flag expired on {expiry}, {days((expiry - context.today).days)}",
                "take it out of the code and delete it here, or decide that it stays and set a new day",
            )


RULE = Rule(
    code="HB310",
    name="flag-expired",
    severity=Severity.WARNING,
    reason=(
        "Every flag is a second way through the code. One that outlived its purpose is switched by somebody "
        "one day, and nobody remembers what happens then."
    ),
    bad={"sources/flags.yaml": _FLAG.replace("'9999-02-10'", "«'2020-02-10'»")},
    good={"sources/flags.yaml": _FLAG},
    check=_check,
)
