"""Content: a calendar event without clear dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.base.problem import Problem
from handbook.base.rhythm import RhythmError
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.check.rules.examples import PROCESS, with_process
from handbook.kinds.process.timing import default_start, read_timing
from handbook.read.context import Context
from handbook.read.values import list_at


@rule(
    "HB334",
    "unclear-dates",
    reason=(
        "The dates on the calendar page and in the calendar feed are calculated from `repeats`. If it can't "
        "be read, or if no date is left before `until`, the event is in neither, and people miss it."
    ),
    bad=with_process(PROCESS + "calendar:\n  - repeats: «every tusday»\n"),
    good=with_process(PROCESS + "calendar:\n  - repeats: every Tuesday\n"),
    needs={"process": ("calendar.repeats",)},
)
def _check(context: Context) -> Iterator[Problem]:
    for process in sound(context, "process"):
        start = default_start(process.value)
        for index, item in enumerate(list_at(process.value, ("calendar",))):
            if not isinstance(item, Mapping) or "repeats" not in item:
                continue  # a schema of the site's own
            place = ("calendar", index, "repeats")
            try:
                timing = read_timing(item, start)
            except RhythmError as error:
                yield process.problem(place, str(error), error.hint)
                continue
            if next(timing.days(), None) is None:
                hint = "Correct `repeats`, `since`, `until` or `except`, so that at least one date is left"
                yield process.problem(place, "The event has no dates", hint)
