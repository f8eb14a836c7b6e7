"""When each step of a process takes place, counted in working days from its start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from handbook.base.language import _
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.process.duration import allowed, longest_way
from handbook.link.catalogue import Entry

_DAY = 480
_WEEK = 5 * _DAY
_LONG = 4 * _WEEK
"""Minutes of work. In a longer process, a line for each day is too many."""

_MOST_LABELS = 6
_FEWEST_BARS = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A step on the timeline.

    Attributes:
        number: Its position in the process, from 1.
        name: Its name.
        start: The minutes of work before it.
        minutes: The minutes that it may take.
        is_decision: Whether it ends with a decision.
        is_late: Whether there is more room for its name before it than after it.
        is_long: Whether it takes a third of the time, so that its name fits into it.
    """

    number: int
    name: str
    start: int
    minutes: int
    is_decision: bool
    is_late: bool
    is_long: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on the axis.

    Attributes:
        name: The label, such as "Week 2".
        start: Its place, in minutes of work.
    """

    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps on the longest path through a process, one after the other.

    Attributes:
        bars: The steps with a time limit.
        marks: The weeks, or the days of a process of one week.
        minutes: The minutes of work of all steps.
        step: The minutes of work from one line of the axis to the next: a day, or a week of a long process.
    """

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    minutes: int
    step: int


@figure({"process": ("steps.id", "steps.name", "steps.time_allowed")}, reads={"process": ["steps.decision"]})
def process_timeline(basis: Basis, process: Entry) -> Timeline | None:  # noqa: ARG001 - a figure takes a basis
    """Return the steps on the longest path with their places in time; `None` if there is little to see.

    Args:
        basis: The data that figures are calculated from.
        process: An entry of the content type `process`.
    """
    steps: Sequence[Mapping[str, Any]] = process.data.get("steps", ())
    if not steps:
        return None
    way = longest_way(steps)
    total = int(way.days * _DAY)
    bars, start = [], 0
    for index in way.steps:
        step = steps[index]
        minutes = int(allowed(step) * _DAY)
        if minutes:
            is_late = start > total - start - minutes
            is_long = minutes * 3 > total
            name = str(step["name"])
            bars.append(Bar(index + 1, name, start, minutes, "decision" in step, is_late, is_long))
        start += minutes
    if len(bars) < _FEWEST_BARS:
        return None
    line = _DAY if total <= _LONG else _WEEK
    return Timeline(tuple(bars), tuple(_marks(total)), total, line)


def _marks(total: int) -> list[Mark]:
    """Return the labels of the axis: days up to one week, then weeks, but not too many."""
    unit = _DAY if total <= _WEEK else _WEEK
    count = ceil(total / unit)
    numbers = range(0, count, ceil(count / _MOST_LABELS))
    if unit == _DAY:
        return [Mark(_("Day %(number)s", number=number + 1), number * unit) for number in numbers]
    return [Mark(_("Week %(number)s", number=number + 1), number * unit) for number in numbers]
