"""Content: a tool whose entry has an older count of its seats than its readings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from handbook.base.findings import Severity
from handbook.base.fixes import Fix
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.life import is_gone
from handbook.read.raw import RawEntry
from handbook.read.readings import Reading
from handbook.read.values import day_at, number_at, value_at

_SEATS = "    seats: {licensed: 90, active: 84, counted_on: '2020-06-30'}\n"
_HEAD = "day,active,licensed,note\n2020-03-31,70,90,\n"
_COUNTED, _ACTIVE, _LICENSED = (("seats", name) for name in ("counted_on", "active", "licensed"))


@rule(
    "HB373",
    "new-seat-count",
    Severity.WARNING,
    reason=(
        "A tool says how many people use it now, and its readings in `sources/readings/seats/` how many did "
        "before. If the two differ, one page of the audit contradicts another. `handbook validate --fix` "
        "copies the last reading to the entry."
    ),
    bad={
        "tools_inventory.yaml": TOOL + _SEATS.replace("84", "«84»"),
        "sources/readings/seats/linear.csv": _HEAD + "2020-06-30,81,90,\n",
    },
    good={
        "tools_inventory.yaml": TOOL + _SEATS,
        "sources/readings/seats/linear.csv": _HEAD + "2020-06-30,84,90,\n",
    },
    needs={"tool": ("seats.active", "seats.licensed", "seats.counted_on")},
)
def _check(context: Context) -> Iterator[Problem]:
    files = {file.id: file for file in context.readings if file.kind == "tool" and file.readings}
    for tool in sound(context, "tool") if files else ():
        last = files[tool.id].readings[-1] if tool.id in files else None
        counted = day_at(tool.value, _COUNTED)
        if last is None or is_gone(tool.value) or (counted and counted > last.day):
            continue
        now = {_ACTIVE: last.value, _LICENSED: last.licensed, _COUNTED: last.day}
        said = {name: number_at(tool.value, name) for name in now} | {_COUNTED: counted}
        differs = [name for name in now if now[name] is not None and said[name] != now[name]]
        for name in differs[:1]:
            place = f"{files[tool.id].path}:{last.line}"
            message = f"The last count, on {last.day}, has {now[name]} as `{'.'.join(name)}` ({place})"
            if said[name] is None:
                what = "the day of" if name == _COUNTED else f"{now[name]} in"
                message = f"Missing `{'.'.join(name)}`, {what} the last count, {last.day} ({place})"
            problem = tool.problem(name, message, "Copy it to the entry, or correct the reading")
            yield problem._replace(correction=partial(_fix, tool, last))


def _fix(tool: RawEntry, last: Reading) -> Fix | None:
    """Return the edits that copy a count to an entry; `None` if it has none of its fields yet."""
    new: dict[tuple[str, str], Any] = {_ACTIVE: int(last.value)}
    new |= {} if last.licensed is None else {_LICENSED: int(last.licensed)}
    new |= {_COUNTED: last.day.isoformat()}
    there = [name for name in new if value_at(tool.value, name) is not None]
    fixes = [tool.respelling(name, new[name])() for name in there]
    if not there or None in fixes:
        return None
    edits = [edit for fix in fixes if fix for edit in fix.edits]
    added = (f"{_next_field(tool, there[0])}{name[-1]}: {new[name]}" for name in new if name not in there)
    edits[0] = edits[0]._replace(text=f"{edits[0].text}{''.join(added)}")
    return Fix(tuple(edits))


def _next_field(tool: RawEntry, field: tuple[str, str]) -> str:
    """Return what is between a field of the seats and the next one, as the entry writes them."""
    document = tool.source.document
    is_flow = document.text[document.offset(document.value_span((*tool.at, "seats")))] == "{"
    column = document.key_span((*tool.at, *field)).column
    return ", " if is_flow else f"\n{' ' * (column - 1)}"
