"""Order nodes in columns, so that what they send flows from left to right and no line is behind a node.

A node that only sends is in the first column, one that only receives in the last one, and the others are
between them. A line over several columns has a lane of its own in those between its ends. It shares the lane
with lines that look the same and have the same end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import TypeAlias

from handbook.base.named_tuples import NamedTuple

_MOST_HUB_COLUMNS = 2
_SWEEPS = 3
"""How often the columns are ordered by their neighbours, first from left to right."""


class Role(Enum):
    """What the nodes of a column do."""

    SOURCE = "source"
    HUB = "hub"
    DESTINATION = "destination"


class Line(NamedTuple):
    """A line between two nodes.

    Attributes:
        sender: The node that sends.
        receiver: The node that receives.
        mutual: Whether both send and receive.
        way: How the line looks.
    """

    sender: str
    receiver: str
    mutual: bool
    way: str


class Lane(NamedTuple):
    """The place of lines that pass a column on their way to a node."""

    receiver: str
    way: str


Item: TypeAlias = str | Lane


class Columns(NamedTuple):
    """Nodes and lanes in columns.

    Attributes:
        items: The items of each column, from top to bottom.
        roles: The role of each column.
        numbers: The column of each node.
    """

    items: tuple[tuple[Item, ...], ...]
    roles: tuple[Role, ...]
    numbers: Mapping[str, int]

    def lanes(self, line: Line) -> list[tuple[int, Lane]]:
        """Return the columns that a line passes, with its lane in each."""
        first, last = self.numbers[line.sender], self.numbers[line.receiver]
        return [(number, Lane(line.receiver, line.way)) for number in range(first + 1, last)]


def arrange(names: Sequence[str], lines: Sequence[Line]) -> Columns:
    """Return the columns of the nodes that lines connect.

    Args:
        names: The nodes, in the order in which they are listed if no line says otherwise.
        lines: The lines. Both ends of each are different nodes.
    """
    sending = {end for line in lines for end in (line.sender, *([line.receiver] if line.mutual else ()))}
    receiving = {end for line in lines for end in (line.receiver, *([line.sender] if line.mutual else ()))}
    hubs = [name for name in names if name in sending & receiving]
    depth = _depths(hubs, [line for line in lines if not line.mutual])
    groups = [(Role.SOURCE, [name for name in names if name in sending - receiving])]
    groups += [(Role.HUB, [name for name in hubs if depth[name] == at]) for at in range(_MOST_HUB_COLUMNS)]
    groups += [(Role.DESTINATION, [name for name in names if name in receiving - sending])]
    groups = [group for group in groups if group[1]]
    numbers = {name: at for at, (_role, column) in enumerate(groups) for name in column}
    columns = Columns((), tuple(role for role, _column in groups), numbers)
    items: list[list[Item]] = [[*column] for _role, column in groups]
    for number, lane in dict.fromkeys(passed for line in lines for passed in columns.lanes(line)):
        items[number].append(lane)
    _sort(items, list(_steps(columns, lines)))
    return columns._replace(items=tuple(map(tuple, items)))


def _depths(names: Sequence[str], lines: Sequence[Line]) -> Mapping[str, int]:
    """Return how far from the left each hub is: to the right of those that send to it, but for circles."""
    senders = {name: [a for a, b, *_ in lines if b == name and a in names] for name in names}
    depth = dict.fromkeys(names, 0)
    for _round in range(_MOST_HUB_COLUMNS):
        for name in names:
            before = [depth[each] + 1 for each in senders[name] if not _leads(name, each, senders)]
            depth[name] = min(max(before, default=0), _MOST_HUB_COLUMNS - 1)
    return depth


def _leads(start: str, end: str, senders: Mapping[str, Sequence[str]]) -> bool:
    """Return whether data of a node reaches another one, over any number of nodes."""
    visited, open_names = {end}, [end]
    while open_names:
        for each in senders[open_names.pop()]:
            if each == start:
                return True
            if each not in visited:
                visited.add(each)
                open_names.append(each)
    return False


def _steps(columns: Columns, lines: Iterable[Line]) -> Iterable[tuple[tuple[int, Item], tuple[int, Item]]]:
    """Yield the parts of the lines between two columns, each from left to right."""
    for line in lines:
        ends = sorted((columns.numbers[end], end) for end in (line.sender, line.receiver))
        stops: list[tuple[int, Item]] = [ends[0], *columns.lanes(line), ends[1]]
        yield from ((a, b) for a, b in pairwise(stops) if a[0] != b[0])


def _sort(items: list[list[Item]], steps: Sequence[tuple[tuple[int, Item], tuple[int, Item]]]) -> None:
    """Sort each column by the middle of what its items are connected to in the column before or after it."""
    before, after = defaultdict(list), defaultdict(list)
    for left, right in steps:
        before[right].append(left[1])
        after[left].append(right[1])
    ahead, back = range(1, len(items)), range(len(items) - 2, -1, -1)
    for sweep in range(_SWEEPS):
        near, numbers, step = (after, back, 1) if sweep % 2 else (before, ahead, -1)
        for number in numbers:
            rows = {item: row for row, item in enumerate(items[number + step])}
            own = {item: float(row) for row, item in enumerate(items[number])}
            for item in items[number]:
                if found := [rows[each] for each in near[number, item]]:
                    own[item] = sum(found) / len(found)
            items[number].sort(key=own.__getitem__)
