"""Content: a replacement that doesn't lead to something in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import ACTIVE_TOOL, RETIRED_TOOL, ROLE
from handbook.kinds.any.states import or_set_status
from handbook.read.context import Context
from handbook.read.life import has_ended, successors
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.values import state_of

_FIELD = "replaced_by"
_TOOL = """  - id: trello
    name: Trello
    summary: Held the first boards.
    category: roadmap
    status: sunset
    owner: product-manager
    access: {how: Ask in the channel.}
    replaced_by: """


@rule(
    "HB346",
    "replacement",
    Severity.WARNING,
    reason=(
        "Readers of something that has ended go to its replacement. If that has ended too, or leads back, "
        "they walk in circles. If something in regular use has a replacement, one of the two is wrong."
    ),
    bad={"tools_inventory.yaml": ACTIVE_TOOL + RETIRED_TOOL + _TOOL + "«aha»\n", "sources/roles.yaml": ROLE},
    good={
        "tools_inventory.yaml": ACTIVE_TOOL + RETIRED_TOOL + _TOOL + "linear\n",
        "sources/roles.yaml": ROLE,
    },
)
def _check(context: Context) -> Iterator[Problem]:
    values: dict[str, Mapping[str, Mapping[str, Any]]] = {}
    replaced = [entry for entry in context.sound_entries if isinstance(entry.value.get(_FIELD), str)]
    twice = _used_twice(context) if replaced else ()
    for entry in replaced:
        kind = entry.kind.name
        if (kind, entry.id) in twice:
            continue  # Which of the two is meant is unknown, and HB202 reports it.
        if kind not in values:
            values[kind] = {name: each.value for name, each in context.ids[kind].items()}
        if has_ended(entry.value):
            yield from _without_end(entry, values[kind])
        elif state_of(entry.value):
            yield entry.problem(
                (_FIELD,),
                f"Replacement of a {entry.kind.label.lower()} with the status `{entry.value['status']}`",
                "Remove the line" + _or_end(entry.kind),
                "key",
            )


def _used_twice(context: Context) -> set[tuple[str, str]]:
    """Return the IDs that several entries have, with the kind."""
    return {
        (entry.kind.name, entry.id)
        for entry in context.entries
        if context.ids[entry.kind.name].get(entry.id, entry) is not entry
    }


def _without_end(entry: RawEntry, values: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    names = list(successors(entry.id, values.get))
    first, last = names[0], names[-1]
    if last not in values or (len(names) == 1 and not has_ended(values[last])):
        return  # It is in use, or HB201 reports it.
    circle = " → ".join([entry.id, *names])
    message = (
        f"Circular replacement: {circle}" if last == entry.id else f"The replacement `{first}` has ended too"
    )
    is_in_use = not has_ended(values[last])
    hint = f"Use `{last}`" if is_in_use else "Name one that is in use, or remove the line"
    yield entry.problem((_FIELD,), message, hint)


def _or_end(kind: Kind) -> str:
    """Return the end of advice: to set the status to one that says that an entry has ended."""
    found = (or_set_status(kind, meaning) for meaning in ("sunset", "deprecated", "replaced", "retired"))
    return next(filter(None, found), "")
