"""Location: a file of readings that belongs to no entry, or a line in it that can't be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from handbook.base.fixes import Fix, Move
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.read.context import Context
from handbook.read.day import name_today
from handbook.read.readings import ReadingsFile, readings_path

_METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves?
    definition: Accounts that left in a month.
    status: agreed
"""


@rule(
    "HB221",
    "readings",
    reason=(
        "A value that can't be read is missing from the chart, and a wrong day moves it. The files in "
        "`sources/readings/` have the ID of a metric as their name and a line for each day, the oldest "
        "first: `day,value,note`. Those in `sources/readings/seats/` have the ID of a tool, and "
        "`day,active,licensed,note`."
    ),
    bad={
        "sources/metrics.yaml": _METRIC,
        "sources/readings/churn.csv": "day,value,note\n2020-09-30,«1.4%»,\n2020-10-31,1.5,\n",
    },
    good={
        "sources/metrics.yaml": _METRIC,
        "sources/readings/churn.csv": 'day,value,note\n2020-09-30,1.4,\n2020-10-31,1.5,"Late, but final"\n',
    },
)
def _check(context: Context) -> Iterator[Problem]:
    for file in context.readings:
        if file.kind in context.kinds_off:
            continue
        yield from file.problems
        yield from _misplaced(context, file)
        # They are in order.
        for reading in takewhile(lambda each: each.day > context.today, reversed(file.readings)):
            today = name_today(context.today, context.settings.as_of)
            message = f"{reading.day} is in the future: {today}"
            yield file.problem(reading, "day", message, "Record a value once its day is over")


def _misplaced(context: Context, file: ReadingsFile) -> Iterator[Problem]:
    """Yield the problem of a file that has the name of no entry."""
    known = context.ids.get(file.kind, {})
    # The entry can be in a file that can't be read, and a file with another extension is reported as such.
    if file.id in known or file.kind in context.uncertain_kinds or not file.path.endswith(".csv"):
        return
    if (file.kind, file.id) in context.misspelt_ids:
        return
    former = context.former.get((file.kind, file.id))
    if former and former.kind.name == file.kind:
        to = readings_path(file.kind, former.id)
        is_free = not os.path.lexists(context.site.root / to) and not context.site.layer_of(file.path)
        hint = f"Rename the file to `{to}`" if is_free else f"Move its lines to `{to}`"
        fix = Fix((), (Move(file.path, to),)) if is_free else None
        message = f"The {file.kind} `{file.id}` is `{former.id}` now"
        yield Problem(file.path, Span(), message, hint, correction=fix)
        return
    if file.kind not in context.kinds:
        message, hint = f"This handbook has no content type `{file.kind}`", "Delete the file"
        yield Problem(file.path, Span(), message, hint)
        return
    near = partial(_near, context, file)
    yield Problem(file.path, Span(), f"The name of the file is the ID of no {file.kind}", near)


def _near(context: Context, file: ReadingsFile) -> str:
    name = context.names[file.kind].nearest(file.id)
    return f"Rename the file to `{readings_path(file.kind, name or 'ID')}`"
