"""Content: themes with more feedback than was received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from handbook.base.days import last_of_month
from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.content import sound
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.values import day_at, list_at, number_at, value_at

Period = tuple[date, date]

_SOURCE = """feedback_sources:
  - id: tickets
    name: Tickets
    summary: Problems that customers report.
    channel: support
    volume: [{month: 2026-10, notes: 40}]
"""
_THEME = """themes:
  - id: exports
    name: Exports fail
    summary: Large exports never finish.
    status: open
    evidence: {from: 2026-10-01, to: 2026-10-31, by_source: [{source: tickets, notes: 38}]}
"""


@rule(
    "HB326",
    "impossible-evidence",
    Severity.WARNING,
    reason=(
        "Themes are ranked by their notes, and each note has one theme. If the themes have more notes from "
        "a channel than it received, some were counted twice and the ranking is misleading."
    ),
    bad={
        "sources/feedback/sources.yaml": _SOURCE.replace("volume:", "«volume»:"),
        "sources/feedback/themes.yaml": _THEME.replace("notes: 38", "notes: 41"),
    },
    good={"sources/feedback/sources.yaml": _SOURCE, "sources/feedback/themes.yaml": _THEME},
    needs={
        "theme": ("evidence.from", "evidence.to", "evidence.by_source.source", "evidence.by_source.notes"),
        "feedback_source": ("volume.month", "volume.notes"),
    },
)
def _check(context: Context) -> Iterator[Problem]:
    counted: dict[tuple[str, Period], float] = defaultdict(int)
    for theme in sound(context, "theme"):
        first, last = day_at(theme.value, ("evidence", "from")), day_at(theme.value, ("evidence", "to"))
        if first is None or last is None:
            continue
        if last < first:
            yield theme.problem(
                ("evidence", "to"),
                f"Invalid period: it ends on {last}, before it starts on {first}",
                "Set `from` to the first day and `to` to the last",
            )
            continue
        for item in list_at(theme.value, ("evidence", "by_source")):
            counted[str(value_at(item, ("source",))), (first, last)] += number_at(item, ("notes",)) or 0
    sources = {source.id: source for source in sound(context, "feedback_source")}
    for (name, period), notes in counted.items():
        if name in sources:
            yield from _compared(sources[name], period, notes)


def _compared(source: RawEntry, period: Period, notes: float) -> Iterator[Problem]:
    """Yield a problem if the themes have more notes than the source received."""
    months = _months(*period)
    volume = {
        str(value_at(item, ("month",))): notes_of_month
        for item in list_at(source.value, ("volume",))
        if (notes_of_month := number_at(item, ("notes",))) is not None
    }
    if not months or any(month not in volume for month in months):
        return
    came = sum(volume[month] for month in months)
    if notes > came:
        yield source.problem(
            ("volume",),
            f"Themes count {notes:,} notes from {period[0]} to {period[1]}, but the source received {came:,}",
            "Remove notes that were counted twice, or correct the volume; each note has one theme",
            "key",
        )


def _months(first: date, last: date) -> list[str]:
    """Return the months of a period, such as `2026-10`; none if it doesn't cover whole months."""
    if first.day != 1 or last != last_of_month(last.year, last.month):
        return []
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]
