"""Content: a former ID with two targets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown, suggestion
from handbook.check.rules.examples import with_tool
from handbook.read.context import Context
from handbook.read.former_ids import former_name
from handbook.read.raw import RawEntry
from handbook.read.values import list_at

_FORMER = "    former_ids: [jira]\n"


@rule(
    "HB315",
    "former-id-in-use",
    reason=(
        "A former ID redirects old links to its entry. If another entry uses that ID, the links would open "
        "the wrong page."
    ),
    bad=with_tool(_FORMER.replace("jira", "«linear»")),
    good=with_tool(_FORMER),
)
def _check(context: Context) -> Iterator[Problem]:
    taken: dict[tuple[str, str], RawEntry] = {}
    for entry in context.sound_entries:
        for index, former in enumerate(map(str, list_at(entry.value, ("former_ids",)))):
            kind, entry_id = former_name(entry.kind.name, former)
            if kind not in context.kinds and kind not in context.kinds_off:
                yield entry.problem(
                    ("former_ids", index),
                    f"Unknown content type {shown(kind)} in the former ID {shown(former)}",
                    partial(suggestion, kind, context.kinds),
                )
                continue
            live = context.ids.get(kind, {}).get(entry_id)
            earlier = taken.setdefault((kind, entry_id), entry)
            if live is None and earlier is entry:
                continue
            who = "this entry" if live is entry else shown((live or earlier).id)
            use = "the ID" if live else "also a former ID"
            yield entry.problem(
                ("former_ids", index),
                f"Duplicate former ID {shown(former)}: it is {use} of {who}",
                "Remove it here, or rename the other one",
            )
