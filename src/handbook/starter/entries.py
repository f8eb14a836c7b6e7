"""Adapt an entry to a new handbook: what to remove from it, and what to write instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.read.raw import RawEntry
from handbook.read.schemas.places import is_optional, shape_at, walk
from handbook.read.schemas.shapes import Shape
from handbook.starter.rewriting import Place
from handbook.write.changed_values import part_at

Resolve: TypeAlias = Callable[[Sequence[str], str, Any], str | None]
"""Returns the new ID of a reference, or `None`: by its kinds, its ID and the part of the entry around it."""

_RACI = ("responsible", "accountable", "consulted", "informed")


class Adaptation(NamedTuple):
    """The changes of an entry.

    Attributes:
        removed: The places to remove, in the file.
        values: The new values by place, in the file.
    """

    removed: set[Place]
    values: dict[Place, Any]


def adapt(entry: RawEntry, without: Iterable[Place], resolve: Resolve) -> Adaptation:
    """Return the changes that make an entry one of a new handbook.

    Args:
        entry: The entry.
        without: The places that are left out.
        resolve: Finds the new targets of references.
    """
    value = part_at(entry.source.document.value, entry.at)
    found = _Changes(entry, value)
    found.removed |= set(without)
    lists: dict[Place, list[tuple[int, str | None]]] = defaultdict(list)
    keys: dict[Place, set[str]] = defaultdict(set)
    for pointer, shape, target in walk(entry.kind.shape, value):
        if not shape.refs or not isinstance(target, str) or shape.refs[0].startswith("#"):
            continue
        place = tuple(pointer)
        new = resolve(shape.refs, target, _around(value, place))
        if isinstance(place[-1], int):
            lists[place[:-1]].append((place[-1], new))
        elif _is_key(entry.kind.shape, place) and new in keys[place[:-2]]:
            # Two items have become one.
            found.remove(place[:-1])
        elif new is None:
            found.remove(place)
        else:
            keys[place[:-2]].add(new)
            if new != target:
                found.values[place] = new
    for place, items in lists.items():
        before = part_at(value, place)
        found.put_list(place, before, [new for _, new in sorted(items)])
    _settle_duties(found, value)
    found.close()
    at = tuple(entry.at)
    return Adaptation(
        {(*at, *place) for place in found.removed},
        {(*at, *place): new for place, new in found.values.items()},
    )


def _around(value: Any, place: Place) -> Any:
    """Return the innermost mapping around a place."""
    end = max(index for index, step in enumerate(place) if isinstance(step, str))
    return part_at(value, place[:end])


def _is_key(shape: Shape, place: Place) -> bool:
    """Return whether a value identifies the item of a list that it is in."""
    items = shape_at(shape, place[:-2]) if len(place) > 1 and isinstance(place[-2], int) else None
    return items is not None and items.key == place[-1]


class _Changes:
    def __init__(self, entry: RawEntry, value: Mapping[str, Any]) -> None:
        self._shape = entry.kind.shape
        self._value = value
        self.removed: set[Place] = set()
        self.values: dict[Place, Any] = {}

    def remove(self, place: Place) -> None:
        """Remove a value, or the smallest part around it that can be left out."""
        for end in range(len(place), 0, -1):
            inner = place[:end]
            if isinstance(inner[-1], int) or is_optional(self._shape, inner):
                self.removed.add(inner)
                return
        self.removed.add(place[:1])

    def put_list(self, place: Place, before: Sequence[Any], after: Sequence[str | None]) -> None:
        """Give a list of references its new targets, each once."""
        new = list(dict.fromkeys(filter(None, after)))
        if not new:
            self.remove(place)
        elif new != list(before):
            self.values[place] = new

    def close(self) -> None:
        """Remove lists and mappings of which nothing is left."""
        while True:
            inside: dict[Place, int] = defaultdict(int)
            for place in self.removed:
                inside[place[:-1]] += 1
            empty = [
                place
                for place, number in inside.items()
                if place and place not in self.removed and number == len(part_at(self._value, place))
            ]
            if not empty:
                return
            for place in empty:
                self.remove(place)


def _settle_duties(found: _Changes, value: Mapping[str, Any]) -> None:
    """Name each role once in a row of a RACI table: several roles can have become one."""
    for index, row in enumerate(value.get("raci") or ()):
        done: set[str] = set()
        for name in _RACI:
            place: Place = ("raci", index, name)
            written = found.values.get(place, row.get(name))
            if isinstance(written, list):
                new = [each for each in written if each not in done]
                if new != written and found.values:
                    found.values.pop(place, None)
                    found.put_list(place, row[name], new)
                done.update(new)
            elif isinstance(written, str) and name == "responsible":
                done.add(written)
