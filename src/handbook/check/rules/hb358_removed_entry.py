"""Content: an entry that `sources/gone.yaml` lists, but that isn't gone, or that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from handbook.base.fixes import Fix
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import Names, shown, suggestion
from handbook.check.rules.examples import with_tool
from handbook.read.context import Context
from handbook.read.former_ids import former_id
from handbook.read.gone import GONE, Gone, removed_entries
from handbook.read.schemas.kinds import GONE_FILE
from handbook.read.yaml.document import Pointer

_GONE = """gone:
  - {id: jira, kind: tool, day: 2026-11-02, why: Linear has all plans.}
"""


@rule(
    "HB358",
    "removed-entry",
    reason=(
        "`sources/gone.yaml` lists the entries that were removed, and the old address of each shows a page "
        "that says so. The address of an entry that is still there, or that redirects to another one, can't."
    ),
    bad={**with_tool(""), GONE_FILE: _GONE.replace("jira", "«linear»")},
    good={**with_tool(""), GONE_FILE: _GONE},
)
def _check(context: Context) -> Iterator[Problem]:
    taken: dict[tuple[str, str], Gone] = {}
    for file in context.gone_files:
        if context.site.layer_of(file.source.path) is not None:
            continue
        for gone in removed_entries(file, context.sound_files):
            for number, name in enumerate(gone.names):
                yield from _check_name(context, gone, name, number, taken)
            if gone.instead:
                yield from _check_instead(context, gone, gone.instead)


def _check_name(
    context: Context, gone: Gone, name: tuple[str, str], number: int, taken: dict[tuple[str, str], Gone]
) -> Iterator[Problem]:
    kind, entry_id = name
    place: Pointer = ("former_ids", number - 1) if number else ("id",)
    if kind not in context.kinds and kind not in context.kinds_off:
        kinds = {**context.kinds, **context.kinds_off}
        message = f"Unknown content type {shown(kind)}"
        pointer = place if number else ("kind",)
        yield _problem(gone, pointer, message, partial(suggestion, kind, kinds))
        return
    live = context.ids.get(kind, {}).get(entry_id)
    successor = context.former.get(name)
    earlier = taken.setdefault(name, gone)
    what = f"The {context.kinds[kind].label.lower() if kind in context.kinds else kind} {shown(entry_id)}"
    if live is not None:
        where = f"{live.source.path}:{live.source.document.value_span(live.at).line}"
        hint = "Remove this item, or the entry"
        yield _problem(gone, place, f"{what} isn't gone: it is in {where}", hint)
    elif successor is not None:
        hint = f"Remove this item, or the former ID of `{successor.id}`"
        yield _problem(gone, place, f"{what} isn't gone: it redirects to {shown(successor.id)}", hint)
    elif earlier is not gone:
        line = earlier.file.source.document.value_span((GONE, earlier.position)).line
        yield _problem(gone, place, f"{what} is already listed in line {line}", "Remove one of the two")


def _check_instead(context: Context, gone: Gone, instead: tuple[str, str]) -> Iterator[Problem]:
    kind, entry_id = instead
    if kind not in context.kinds:
        if kind not in context.kinds_off:
            hint = partial(suggestion, kind, context.kinds)
            yield _problem(gone, ("instead",), f"Unknown content type {shown(kind)}", hint)
    elif entry_id not in context.ids.get(kind, {}) and kind not in context.uncertain_kinds:
        what = context.kinds[kind].label.lower()
        near = partial(_near, context, kind, entry_id)
        problem = _problem(gone, ("instead",), f"Unknown {what} {shown(entry_id)}", near)
        yield problem._replace(correction=partial(_fix, context, gone, instead))


def _fix(context: Context, gone: Gone, instead: tuple[str, str]) -> Fix | None:
    """Return the fix for a former ID."""
    successor = context.former.get(instead)
    if successor is None:
        return None
    new = former_id(gone.kind, (successor.kind.name, successor.id))
    return gone.file.respelling((GONE, gone.position, "instead"), new)()


def _near(context: Context, kind: str, entry_id: str) -> str:
    successor = context.former.get((kind, entry_id))
    if successor is not None:
        return f"Use `{successor.id}`, its new ID"
    near = Names(context.ids.get(kind, ())).nearest(entry_id)
    return f"Did you mean `{near}`?" if near else "Remove `instead`, or name an entry that exists"


def _problem(gone: Gone, pointer: Pointer, message: str, hint: str | Callable[[], str]) -> Problem:
    return gone.file.problem((GONE, gone.position, *pointer), message, hint)
