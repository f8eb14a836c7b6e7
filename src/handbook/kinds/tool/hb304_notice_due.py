"""Content: a contract that will soon renew automatically."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import days
from handbook.check.rules.content import ask_owner, sound
from handbook.check.rules.examples import with_tool
from handbook.kinds.any.states import or_set_status
from handbook.kinds.tool.dates import contract_to_decide
from handbook.read.context import Context

_CONTRACT = "    contract: {renews_on: '9999-09-01', notice_days: 60}\n"
_RENEWAL = ("contract", "renews_on")


@rule(
    "HB304",
    "notice-due",
    Severity.WARNING,
    reason=(
        "A contract that isn't reviewed in time costs another year. The rule warns when the notice deadline "
        "is close: within `limits.notice_days` (30 days) in `sources/handbook.yaml`. If the notice period is "
        "unknown, it warns when the renewal date is that close."
    ),
    bad=with_tool(_CONTRACT.replace("'9999-09-01'", "«'2020-09-01'»")),
    good=with_tool(_CONTRACT),
    needs={"tool": ("status", "contract.renews_on", "contract.notice_days")},
)
def _check(context: Context) -> Iterator[Problem]:
    most = context.settings.limits.notice_days
    for tool in sound(context, "tool"):
        contract = contract_to_decide(tool.value)
        if contract is None:
            continue
        renewal, notice = contract
        to_renewal = (renewal - context.today).days
        to_notice = (notice - context.today).days if notice else None
        if to_renewal < 0:
            yield tool.problem(
                _RENEWAL,
                f"Contract renewed on {renewal}, {days(to_renewal)}",
                ask_owner(tool, "set the next renewal date") + or_set_status(tool.kind, "retired"),
            )
        elif to_notice is None and to_renewal <= most:
            yield tool.problem(
                _RENEWAL,
                f"Contract renews on {renewal}, {days(to_renewal)}; the notice period is unknown",
                ask_owner(tool, "find the notice period in the contract, and add it as `notice_days:`"),
            )
        elif to_notice is not None and to_notice <= most:
            when = f"was {notice}, {days(to_notice)}" if to_notice < 0 else f"is {notice}, {days(to_notice)}"
            yield tool.problem(
                _RENEWAL,
                f"Notice deadline {when}; the contract renews on {renewal}",
                ask_owner(tool, "decide whether to renew or cancel, then set the next renewal date"),
            )
