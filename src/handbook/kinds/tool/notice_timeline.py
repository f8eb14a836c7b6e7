"""The notice deadlines of the next months on one line, as positions in percent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handbook.base.sentences import in_part
from handbook.kinds.tool.audited import DECIDED_WITHIN, AuditedTool
from handbook.link.catalogue import Entry
from handbook.read.life import ended_state

_MONTHS = 9
_ROOM = 18.0
_LETTER = 0.8
"""What the sign and day of a tool take of the narrowest line, and a letter of its name, in percent."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A notice deadline on the line.

    Attributes:
        tool: The tool.
        day: The deadline.
        left: Its place, in percent.
        lane: The row in which its name has room, from 0.
        is_near: Whether its name is to the left, because it is near the end of the line.
    """

    tool: Entry
    day: date
    left: float
    lane: int
    is_near: bool


@dataclass(frozen=True, slots=True)
class NoticeTimeline:
    """The line.

    Attributes:
        months: The names of the months, each with the place of its first day in percent.
        deadlines: The deadlines, by day.
        decided: The share of the line, in percent, that this audit decides.
        lanes: The number of rows.
    """

    months: tuple[tuple[str, float], ...]
    deadlines: tuple[Deadline, ...]
    decided: float
    lanes: int


def notice_timeline(tools: Iterable[AuditedTool], today: date) -> NoticeTimeline:
    """Return the line from today on.

    Args:
        tools: The tools with a contract, by notice deadline.
        today: The day of the audit.
    """
    months = list(_months(today))
    length = (months[-1] - today).days

    def place(day: date) -> float:
        return round((day - today).days * 100 / length, 2)

    ends: list[float] = []
    found = []
    for each in tools:
        day = each.contract.notice_by if each.contract else None
        if day is None or not today <= day < months[-1]:
            continue
        left = place(day)
        room = _room(each.tool)
        is_near = left > 100 - room
        start = left - room if is_near else left
        lane = next((at for at, end in enumerate(ends) if end <= start), len(ends))
        ends[lane : lane + 1] = [start + room]
        found.append(Deadline(each.tool, day, left, lane, is_near))
    shown = tuple((in_part(month, "MMM", f"{month:%b}"), place(month)) for month in months[:-1])
    decided = min(place(today + timedelta(days=DECIDED_WITHIN)), 100)
    return NoticeTimeline(shown, tuple(found), decided, len(ends))


def _room(tool: Entry) -> float:
    """Return the share of the line that a tool takes, in percent."""
    state = ended_state(tool.data)
    return _ROOM + _LETTER * (len(tool.name) + (len(state) + len(" ()") if state else 0))


def _months(today: date) -> Iterator[date]:
    """Yield the first days of the months after a day."""
    for ahead in range(1, _MONTHS + 1):
        year, month = divmod(today.month - 1 + ahead, 12)
        yield date(today.year + year, month + 1, 1)
