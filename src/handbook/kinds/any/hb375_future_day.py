"""Content: a date in the future for what has happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import with_tool
from handbook.kinds.any.states import or_set_status
from handbook.read.context import Context
from handbook.read.day import name_today
from handbook.read.values import day_at, list_at, state_of
from handbook.read.yaml.document import Pointer

PAST: tuple[tuple[str, ...], ...] = (
    ("review", "last"),
    ("seats", "counted_on"),
    ("rollout", "since"),
    ("created_on",),
    ("stages", "*", "reached_on"),
    ("read_on",),
    ("ended_on",),
    ("decision", "date"),
    ("decisions", "*", "date"),
    ("published_on",),
    ("resolved_on",),
    ("tasks", "*", "done_on"),
    ("first_features", "*", "opened_on"),
    ("planning", "published_on"),
)
"""The dates of what has happened; `*` is every item. Entries and pages have some of them."""
STARTED = ("starts_on",)
"""The date that is planned until the entry is running."""
_SEATS = "    seats: {licensed: 40, active: 38, counted_on: '2020-09-01'}\n"


@rule(
    "HB375",
    "future-day",
    Severity.WARNING,
    reason=(
        "What has happened has a date that is over. A date in the future is a typo, or a plan that readers "
        "take for a fact: a count that no one has made, or a review that seems done."
    ),
    bad=with_tool(_SEATS.replace("'2020-09-01'", "«'9999-09-01'»")),
    good=with_tool(_SEATS),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    today = name_today(context.today, context.settings.as_of)
    for entry in (*context.sound_entries, *context.imprints):
        hint = "Enter the day it was, or leave it out until then"
        found = [
            (place, day, hint)
            for path in PAST
            if path[0] in entry.value
            for place, day in _days(entry.value, path)
        ]
        if state_of(entry.value) == "running":
            hint = "Enter the day it was" + or_set_status(entry.kind, "planned")
            found += [(place, day, hint) for place, day in _days(entry.value, STARTED)]
        for place, day, to_do in found:
            if day > context.today:
                name = ".".join(part for part in place if isinstance(part, str))
                yield entry.problem(place, f"`{name}` is {day}, in the future: {today}", to_do)


def _days(value: Any, path: tuple[str, ...]) -> Iterator[tuple[Pointer, date]]:
    """Yield the dates at a path, with their places."""
    if "*" not in path:
        if day := day_at(value, path):
            yield path, day
        return
    name, _every, field = path
    for number, item in enumerate(list_at(value, (name,))):
        if day := day_at(item, (field,)):
            yield (name, number, field), day
