"""Remember the shapes of schemas, so that not every run looks through all schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.memory import key_of, memory
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.rows import Row
from handbook.read.schemas.shapes import Shape, Shapes

_CONNECTION = "connection"


def shapes_of(
    schemas: Mapping[str, Mapping[str, Any]], names: Iterable[str], schemas_key: str, *, is_of_engine: bool
) -> dict[str, Shape]:
    """Return the shapes of some schemas by file name.

    Args:
        schemas: Valid schemas by file name.
        names: The names.
        schemas_key: What names the schemas in the memory, as the settings change them; empty if they aren't
            to be remembered.
        is_of_engine: Whether they come with the engine, and nothing changes them.
    """
    kept = memory() if schemas_key else None
    key = key_of("shapes", schemas_key) if kept else ""
    found = kept.recall(key) if kept else None
    if found:
        recalled = _Recalled(found[1])
        return {name: recalled.shape(number) for number, name in enumerate(found[0])}
    made = Shapes()
    shapes = {name: made.of(schemas[name], Resolver(schemas, name)) for name in names}
    if kept:
        kept.keep(key, [[*shapes], _rows([*shapes.values()])], is_of_engine=is_of_engine)
    return shapes


class _Recalled:
    """Makes shapes from rows that refer to each other by number."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._known: dict[int, Shape] = {}

    def shape(self, number: int) -> Shape:
        """Return a shape."""
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = Shape(self._rows[number], self.shape)
        return found


def _rows(shapes: Sequence[Shape]) -> list[Row]:
    """Return the rows of shapes and of all shapes below them as plain values, with numbers for parts."""
    every = [*shapes]
    numbers = {id(shape.row): number for number, shape in enumerate(every)}

    def number_of(shape: Shape) -> int:
        number = numbers.setdefault(id(shape.row), len(every))
        if number == len(every):
            every.append(shape)
        return number

    # What is below a shape comes later in the same list.
    rows = [_as_plain(shape, number_of) for shape in every]
    below = [[numbers[id(each.row)] for each in shape.below()] for shape in every]
    for row, traits in zip(rows, _traits(every, below), strict=True):
        row["leads_to_connections"] = _CONNECTION in traits
        row["traits"] = frozenset(traits - {_CONNECTION})
    return rows


def _as_plain(shape: Shape, number_of: Callable[[Shape], int]) -> Row:
    """Return the row of a shape as plain values."""
    row = {**shape.row, "is_prose": shape.is_prose}
    for name in row.keys() & {"fields", "patterns", "first"}:
        row[name] = [(key, number_of(shape.follow(part))) for key, part in row[name]]
    for name in row.keys() & {"rest", "other"}:
        row[name] = number_of(shape.follow(row[name]))
    return row


def _traits(shapes: Sequence[Shape], below: Sequence[Sequence[int]]) -> list[set[str]]:
    """Return what there is at each shape or below it, from the numbers of the shapes directly below."""
    above: list[list[int]] = [[] for _ in shapes]
    for number, each in enumerate(below):
        for other in each:
            above[other].append(number)
    traits = [set[str]() for _ in shapes]
    waiting = [(number, trait) for number, shape in enumerate(shapes) for trait in _own_traits(shape)]
    while waiting:
        number, trait = waiting.pop()
        if trait not in traits[number]:
            traits[number].add(trait)
            waiting += [(other, trait) for other in above[number]]
    return traits


def _own_traits(shape: Shape) -> Iterator[str]:
    yield from shape.own_traits()
    if shape.is_connected:
        yield _CONNECTION
