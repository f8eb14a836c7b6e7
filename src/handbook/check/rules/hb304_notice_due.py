"""Content: a contract that renews by itself unless somebody acts soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.content import day_at, days, sound
from handbook.check.rules.examples import TOOL
from handbook.findings import Severity

_CONTRACT = "    contract: {renews_on: '9999-09-01', notice_days: 60}\n"
_RENEWAL = ("contract", "renews_on")


def _check(context: Context) -> Iterator[Problem]:
    most = context.settings.limits.notice_days
    for tool in sound(context, "tool"):
        renewal = day_at(tool, _RENEWAL)
        if renewal is None or tool.value["status"] == "retired":
            continue
        left = (renewal - context.today).days
        if left < 0:
            yield tool.problem(
                _RENEWAL,
                f"the contract renewed on {renewal}, {days(left)}",
                "write the day of the next renewal, or set the status to `retired`",
            )
            continue
        before = tool.value["contract"]["notice_days"]
        to_notice = left - before
        if to_notice <= most:
            notice = context.today + timedelta(days=to_notice)
            when = f"was {notice}, {days(to_notice)}" if to_notice < 0 else f"is {notice}, {days(to_notice)}"
            yield tool.problem(
                _RENEWAL,
                f"the last day to give notice {when}; the contract renews on {renewal}",
                "decide with the owner whether to keep the tool, then write the day of the next renewal",
            )


RULE = Rule(
    code="HB304",
    name="notice-due",
    severity=Severity.WARNING,
    reason=(
        "A contract that nobody looked at in time costs another year. The rule speaks up when the last day "
        "to give notice is near: within the 30 days of `limits.notice_days` in `sources/handbook.yaml`."
    ),
    bad={"tools_inventory.yaml": TOOL + _CONTRACT.replace("'9999-09-01'", "«'2020-09-01'»")},
    good={"tools_inventory.yaml": TOOL + _CONTRACT},
    check=_check,
)
