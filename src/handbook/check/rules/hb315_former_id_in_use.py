"""Content: a former id that leads to two places."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context, RawEntry
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.words import shown
from handbook.findings import Severity

_FORMER = "    former_ids: [jira]\n"


def _check(context: Context) -> Iterator[Problem]:
    taken: dict[tuple[str, str], RawEntry] = {}
    for entry in context.sound_entries:
        for index, former in enumerate(entry.value.get("former_ids", ())):
            live = context.ids.get(entry.kind.name, {}).get(former)
            earlier = taken.setdefault((entry.kind.name, former), entry)
            if live is None and earlier is entry:
                continue
            who = "this very entry" if live is entry else shown((live or earlier).id)
            what = f"the id of {who}" if live else f"a former id of {who} as well"
            yield entry.problem(
                ("former_ids", index),
                f"the former id {shown(former)} is {what}",
                "delete it here, or give the other one another id",
            )


RULE = Rule(
    code="HB315",
    name="former-id-in-use",
    severity=Severity.ERROR,
    reason="Old links lead on from a former id. When an entry has that id, they would lead to the wrong one.",
    bad={"tools_inventory.yaml": TOOL + _FORMER.replace("jira", "«linear»")},
    good={"tools_inventory.yaml": TOOL + _FORMER},
    check=_check,
)
