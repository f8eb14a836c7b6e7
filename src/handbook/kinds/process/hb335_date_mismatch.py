"""Content: a date that a calendar event doesn't have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rhythm import RhythmError
from handbook.base.rhythm_words import recurrence_in_words
from handbook.base.rule import rule
from handbook.base.words import one_of
from handbook.check.rules.content import sound
from handbook.check.rules.examples import PROCESS, with_process
from handbook.kinds.process.timing import Timing, default_start, read_timing
from handbook.read.context import Context
from handbook.read.values import list_at

_EVENT = PROCESS + "calendar:\n  - {repeats: every Tuesday, except: "


@rule(
    "HB335",
    "date-mismatch",
    Severity.WARNING,
    reason=(
        "An exception on a day without an event cancels nothing, so people come to a meeting that was meant "
        "to be cancelled. And an event on the 31st doesn't take place in months that end sooner."
    ),
    bad=with_process(_EVENT + "[«2026-12-28»]}\n"),
    good=with_process(_EVENT + "[2026-12-29]}\n"),
    needs={"process": ("calendar.repeats",)},
)
def _check(context: Context) -> Iterator[Problem]:
    for process in sound(context, "process"):
        start = default_start(process.value)
        for index, item in enumerate(list_at(process.value, ("calendar",))):
            try:
                timing = read_timing(item, start) if isinstance(item, Mapping) else None
            except RhythmError:
                continue
            if not timing or not next(timing.days(), None):
                continue  # HB334 reports it
            if timing.recurrence.skips_months:
                words = recurrence_in_words(timing.recurrence)
                yield process.problem(
                    ("calendar", index, "repeats"),
                    f"`{words}` leaves out the months that end sooner",
                    "Use `last day of the month`, or a day up to the 28th",
                )
            for number, text in enumerate(list_at(item, ("except",))):
                near = _nearest_dates(timing, str(text))
                if near:
                    yield process.problem(
                        ("calendar", index, "except", number),
                        f"The event does not take place on `{text}`",
                        f"Use {one_of(near)}, or remove the line",
                    )


def _nearest_dates(timing: Timing, text: str) -> list[date]:
    """Return the dates of an event before and after an exception; none if it is one of them."""
    try:
        excepted = date.fromisoformat(text)
    except ValueError:
        return []
    before = None
    for day in timing.rule_days():
        if day == excepted:
            return []
        if day > excepted:
            return [day for day in (before, day) if day]
        before = day
    return [before] if before else []
