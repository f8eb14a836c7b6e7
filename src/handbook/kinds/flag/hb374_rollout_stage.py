"""Content: a feature flag whose rollout differs from the stage that it has reached."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.read.context import Context
from handbook.read.values import as_mapping, day_at, list_at, number_at

_FLAG = """flags:
  - id: guide
    name: Guide
    summary: Shows the guide to some of the new accounts.
    rollout: {percentage: 50, audience: new accounts}
    expires_on: '9999-02-10'
    stages:
      - {name: Half, percentage: 50, reached_on: '2020-02-10'}
      - {name: Everyone, percentage: 100}
"""


@rule(
    "HB374",
    "rollout-stage",
    Severity.WARNING,
    reason=(
        "Readers of one page must see one percentage. The rollout of a flag is that of the last stage with a "
        "date in `reached_on`."
    ),
    bad={"sources/flags.yaml": _FLAG.replace("percentage: 50, audience", "percentage: «25», audience")},
    good={"sources/flags.yaml": _FLAG},
    needs={"flag": ("rollout.percentage", "stages.percentage", "stages.reached_on")},
)
def _check(context: Context) -> Iterator[Problem]:
    for flag in sound(context, "flag"):
        stages = [as_mapping(each) for each in list_at(flag.value, ("stages",))]
        reached = [(each, day) for each in stages if (day := day_at(each, ("reached_on",)))]
        now = number_at(flag.value, ("rollout", "percentage"))
        last = [(each, day) for each, day in reached if day <= context.today][-1:]
        for stage, day in last:
            there = number_at(stage, ("percentage",))
            if now is not None and there is not None and there != now:
                yield flag.problem(
                    ("rollout", "percentage"),
                    f"The rollout is {now:g}%, and the stage `{stage.get('name')}` of {day} {there:g}%",
                    "Correct it, or add the date of the stage that it has reached as `reached_on:`",
                )
