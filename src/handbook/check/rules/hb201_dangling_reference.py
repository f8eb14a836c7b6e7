"""References: an id that no entry has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import PROCESS, ROLE
from handbook.check.words import nearest, one_of, shown
from handbook.findings import Severity
from handbook.read.kinds import Kind


def _check(context: Context) -> Iterator[Problem]:
    yield from _check_ids(context)
    for entry, pointer, shape, value in context.connections:
        kinds = [name for name in shape.refs if not name.startswith("#")]
        # A file that cannot be read has been reported. What it should hold is not missing as well.
        if not kinds or not isinstance(value, str) or context.uncertain_kinds.intersection(kinds):
            continue
        if any(value in context.ids.get(kind, {}) or (kind, value) in context.misspelt_ids for kind in kinds):
            continue
        known = [context.kinds[kind] for kind in kinds if kind in context.kinds]
        what = " or ".join(kind.label.lower() for kind in known)
        yield entry.problem(
            pointer, f"there is no {what} {shown(value)}", partial(_hint, context, value, known)
        )


def _hint(context: Context, value: str, kinds: Sequence[Kind]) -> str:
    for kind in kinds:
        heir = context.former.get((kind.name, value))
        if heir and heir.kind in kinds:
            return f"it is called `{heir.id}` now"
    near = [found for kind in kinds if (found := context.names[kind.name].nearest(value))]
    return (
        f"did you mean `{nearest(value, near)}`?"
        if near
        else f"add it to {one_of(kind.sources[0] for kind in kinds)}"
    )


def _check_ids(context: Context) -> Iterator[Problem]:
    for (kind, meant), found in context.misspelt_ids.items():
        entry, (user, pointer) = found.entry, found.places[0]
        if kind in context.uncertain_kinds:
            continue
        line = user.source.document.value_span((*user.at, *pointer)).line
        yield entry.problem(
            ("id",) if "id" in entry.value else (),
            f"nothing refers to {shown(entry.id)}, but {len(found.places):,} places to {shown(meant)}",
            f"did you mean `{meant}`? If not, mend those places; the first is {user.source.path}:{line}",
        )


RULE = Rule(
    code="HB201",
    name="dangling-reference",
    severity=Severity.ERROR,
    reason=(
        "A reference becomes a link. One that names nothing would send the reader nowhere, and hides who "
        "does the work or which tool is meant."
    ),
    bad={
        "sources/processes/launch.yaml": PROCESS.replace("product-manager", "«product-manger»"),
        "sources/roles.yaml": ROLE,
    },
    good={"sources/processes/launch.yaml": PROCESS, "sources/roles.yaml": ROLE},
    check=_check,
)
