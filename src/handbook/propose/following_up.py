"""Open, update and close the issues about what is overdue, never two about the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from handbook.base.named_tuples import NamedTuple
from handbook.propose.host import Filed
from handbook.propose.overdue import Overdue, key_of

OVERDUE = "handbook-overdue"
"""The label of the issues, by which the next run finds them."""

_WEEK = timedelta(days=7)


class Tracker(Protocol):
    """A host with issues."""

    def filed(self, label: str) -> Sequence[Filed]:
        """Return the open and closed issues with a label."""
        ...

    def file(self, title: str, text: str, label: str) -> int:
        """Open an issue and return its number."""
        ...

    def refile(self, number: int, title: str, text: str) -> None:
        """Give an issue another title and text."""
        ...

    def settle(self, number: int) -> None:
        """Close an issue as done."""
        ...


class Step(NamedTuple):
    """Something to do.

    Attributes:
        number: The number of the issue; 0 for a new one.
        issue: The issue as it should be; `None` to close it.
        title: Its title.
    """

    number: int
    issue: Overdue | None
    title: str


class Plan(NamedTuple):
    """What there is to do.

    Attributes:
        steps: The steps.
        waiting: The number of issues that are opened later.
    """

    steps: Sequence[Step]
    waiting: int


def plan(wanted: Sequence[Overdue], filed: Iterable[Filed], most: int, today: date) -> Plan:
    """Return what there is to do.

    Args:
        wanted: The issues that there should be, the most important first.
        filed: The issues of earlier runs.
        most: The most issues that are opened in seven days.
        today: The day of the host.
    """
    earlier = sorted(filed, key=lambda each: each.number)
    keys = {each.number: key for each in earlier if (key := key_of(each.text))}
    known: dict[str, Filed] = {}
    for each in earlier:
        if each.is_open and each.number in keys:
            known.setdefault(keys[each.number][0], each)
    kept = {known[issue.name].number: issue for issue in wanted if issue.name in known}
    steps = [_step(each, kept.get(each.number)) for each in earlier if each.is_open and each.number in keys]
    # Those that someone has closed stay closed, until they are overdue since another day.
    new = [each for each in wanted if each.name not in known and (each.name, each.since) not in keys.values()]
    room = max(0, most - sum(each.created > today - _WEEK for each in earlier))
    steps += [Step(0, issue, issue.title) for issue in new[:room]]
    return Plan(list(filter(None, steps)), max(0, len(new) - room))


def _step(filed: Filed, issue: Overdue | None) -> Step | None:
    """Return what to do about an open issue; `None` if it is as it should be."""
    if issue and (filed.title, filed.text) == (issue.title, issue.text):
        return None
    return Step(filed.number, issue, issue.title if issue else filed.title)


def follow_up(
    wanted: Sequence[Overdue], tracker: Tracker | None, most: int, today: date, *, is_dry: bool
) -> Iterator[str]:
    """Do what there is to do, and yield what was done.

    Args:
        wanted: The issues that there should be, the most important first.
        tracker: The host; `None` to only say what there would be to do on one without issues.
        most: The most issues that are opened in seven days.
        today: The day of the host.
        is_dry: Whether to only say what there is to do.
    """
    found = plan(wanted, tracker.filed(OVERDUE) if tracker else (), most, today)
    for step in found.steps:
        what = "Close" if step.issue is None else "Update" if step.number else "Open"
        number = step.number if is_dry or tracker is None else _take(step, tracker)
        yield f"{what} issue{f' {number}' if number else ''}: {step.title}"
    if found.waiting:
        yield f"{found.waiting:,} more later: at most {most} are opened in seven days"


def _take(step: Step, tracker: Tracker) -> int:
    """Do a step, and return the number of the issue."""
    if step.issue is None:
        tracker.settle(step.number)
    elif step.number:
        tracker.refile(step.number, step.issue.title, step.issue.text)
    else:
        return tracker.file(step.issue.title, step.issue.text, OVERDUE)
    return step.number
