"""References: an unknown item of the same entry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import Names, shown
from handbook.check.rules.examples import PROCESS, with_process
from handbook.read.context import Context
from handbook.read.schemas.places import item_keys

_DECISION = """    decision:
      question: Do we launch?
      answers:
        - {answer: "Yes", ends: The feature is live.}
        - {answer: "No", go_to: decide}
"""


@rule(
    "HB204",
    "dangling-item",
    reason=(
        "An answer that points to a step, or an item that depends on another, is a path through the page. "
        "If the target is missing, the reader is stuck."
    ),
    bad=with_process(PROCESS + _DECISION.replace("go_to: decide", "go_to: «decied»")),
    good=with_process(PROCESS + _DECISION),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    of_entries: dict[tuple[int, str], tuple[set[str], Names]] = {}
    for entry, pointer, shape, value in context.item_references:
        place = id(entry), shape.refs[0]
        if place not in of_entries:
            found = item_keys(entry.kind.shape, entry.value, shape.refs[0])
            of_entries[place] = found, Names(found)
        keys, names = of_entries[place]
        if value not in keys:
            name = shape.refs[0].removeprefix("#").split("/")[-1]
            hint = partial(_hint, names, value, name)
            yield entry.problem(pointer, f"Unknown item {shown(value)} in `{name}`", hint)


def _hint(names: Names, value: str, name: str) -> str:
    return names.suggestion(value) or f"Add it to `{name}`, or remove it here"
