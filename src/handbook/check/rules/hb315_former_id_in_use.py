"""Content: a former id that leads to two places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handbook.check.context import Context, RawEntry
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.words import shown, suggestion
from handbook.findings import Severity
from handbook.read.former_ids import former_name

_FORMER = "    former_ids: [jira]\n"


def _check(context: Context) -> Iterator[Problem]:
    taken: dict[tuple[str, str], RawEntry] = {}
    for entry in context.sound_entries:
        for index, former in enumerate(entry.value.get("former_ids", ())):
            kind, entry_id = former_name(entry.kind.name, former)
            if kind not in context.kinds:
                yield entry.problem(
                    ("former_ids", index),
                    f"the former id {shown(former)} is of a kind that there is not: {shown(kind)}",
                    partial(suggestion, kind, context.kinds),
                )
                continue
            live = context.ids.get(kind, {}).get(entry_id)
            earlier = taken.setdefault((kind, entry_id), entry)
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
