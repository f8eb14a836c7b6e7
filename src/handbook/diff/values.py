"""Compare two values at one place by meaning: the order of keys, line breaks and quotes are ignored."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from handbook.diff.weights import Event, Weight, heaviest, part_of, weight_of_item, weights_at
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import frozen_value

_NO_PROSE = re.compile(r"^(?:[-*+|>#]|\d+[.)]|```|~~~|\s{2,})", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n\s*\n")


_NAMES = ("name", "title", "do", "item")
"""Fields with the name of an item."""

_ALIKE = 0.5
"""The share of words that a changed text has in common with the old one; below, it counts as replaced."""


_OTHER_GROUP: Weight = "notable"
"""The impact of moving an item to another group, such as another week."""

_STEP = " › "  # noqa: RUF001 - the sign of a breadcrumb


class Place(NamedTuple):
    """A place in an entry, with its part of the schema.

    Attributes:
        shape: The schema of the place.
        weights: The impact of events there.
        pointer: The current or last keys and positions in the file.
        field: The same with the keys of items instead of positions, such as `steps[review].role`.
        title: The same with the titles that readers know.
        id: The ID of an item of a list; empty if it has none.
    """

    shape: Shape | None
    weights: Mapping[Event, Weight]
    pointer: tuple[str | int, ...] = ()
    field: str = ""
    title: str = ""
    id: str = ""

    @property
    def is_markdown(self) -> bool:
        """Return whether a text there is Markdown."""
        return self.shape is not None and self.shape.markdown

    def at(self, name: str) -> Place:
        """Return the place of a field of the mapping."""
        shape = self.shape.field(name) if self.shape else None
        title = (shape.title if shape else "") or name
        return Place(
            shape,
            weights_at(shape, self.weights),
            (*self.pointer, name),
            f"{self.field}.{name}" if self.field else name,
            f"{self.title}{_STEP}{title}" if self.title else title,
        )

    def item(self, position: int, item: Any) -> Place:
        """Return the place of an item of the list."""
        shape = self.shape.item(position) if self.shape else None
        key, title = "", ""
        if isinstance(item, dict):
            key = str(item.get(self.shape.key, "")) if self.shape and self.shape.key else ""
            called = next(filter(None, map(item.get, _NAMES)), key or position + 1)
            title = _STEP + " ".join(str(called).split())
        return Place(
            shape,
            # A text in a list has the impact of the list, whatever its own schema says.
            weights_at(shape, self.weights) if isinstance(item, (dict, list)) else self.weights,
            (*self.pointer, position),
            f"{self.field}[{key or position + 1}]",
            f"{self.title}{title}",
            key if self.shape and self.shape.key == "id" else "",
        )


class Difference(NamedTuple):
    """A difference between two values.

    Attributes:
        event: The event.
        place: The current or last place.
        before: The old value; `None` if it was added.
        after: The new value; `None` if it was removed.
        weight: The impact on readers.
    """

    event: Event
    place: Place
    before: Any
    after: Any
    weight: Weight


def differences(place: Place, before: Any, after: Any) -> Iterator[Difference]:
    """Yield the differences, in the order of the schema and of the lists.

    Args:
        place: The place of the values.
        before: The old value, or `None`.
        after: The new value, or `None`.
    """
    found = list(_differences(place, before, after))
    gone, new = (
        {_home(each.place): each for each in found if each.event == event and each.place.id}
        for event in ("removed", "added")
    )
    for each in found:
        home = _home(each.place)
        if gone.get(home) is each and home in new:
            continue
        if new.get(home) is not each or home not in gone:
            yield each
            continue
        # An item in another group has moved.
        was = gone[home].before
        weight = heaviest([each.place.weights["moved"], _OTHER_GROUP])
        yield Difference("moved", each.place, was, each.after, weight)
        yield from _differences(each.place, was, each.after)


def _home(place: Place) -> tuple[tuple[str, ...], str]:
    """Return the field names of the lists that can contain an item, and its ID."""
    return tuple(part for part in place.pointer if isinstance(part, str)), place.id


def _differences(place: Place, before: Any, after: Any) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not after:
            yield _whole(place, before, after, place.weights)
    elif isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*(place.shape.properties if place.shape else ()), *after, *before]):
            below = place.at(name)
            then, now = (part_of(value, name, below.shape) for value in (before, after))
            yield from _differences(below, then, now)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(place, before, after)
    elif _meaning(before, place) != _meaning(after, place):
        yield Difference("changed", place, before, after, place.weights["changed"])


def _whole(place: Place, before: Any, after: Any, weights: Mapping[Event, Weight]) -> Difference:
    """Return the difference of a value that was added or removed as a whole, by the impacts of its parent."""
    event: Literal["added", "removed"] = "added" if before is None else "removed"
    value = after if before is None else before
    return Difference(event, place, before, after, weight_of_item(place.shape, value, event, weights[event]))


def _meaning(value: Any, place: Place) -> Any:
    """Return a value without differences in form only."""
    if not isinstance(value, str):
        return frozen_value(value)
    if not place.is_markdown:
        return " ".join(value.split())
    blocks = _PARAGRAPHS.split(value.strip())
    return tuple(block.rstrip() if _NO_PROSE.search(block) else " ".join(block.split()) for block in blocks)


def _of_lists(place: Place, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    key = place.shape.key if place.shape else None
    pairs = (_by_key(before, after, key) if key else None) or _by_likeness(before, after)
    moved = _moved([then for then, now in pairs if then is not None and now is not None])
    for then, now in pairs:
        was = None if then is None else before[then]
        found = None if now is None else after[now]
        position = (then or 0) if now is None else now
        at = place.item(position, was if now is None else found)
        if then is None or now is None:
            yield _whole(at, was, found, place.weights)
            continue
        if then in moved:
            yield Difference("moved", at, was, found, place.weights["moved"])
        yield from _differences(at, was, found)


_Pair = tuple[int | None, int | None]
"""The positions of an item, before and after."""


def _by_key(before: Sequence[Any], after: Sequence[Any], key: str) -> list[_Pair] | None:
    """Return the pairs of items with the same key, if every item has a unique key."""
    names = [
        [item.get(key) if isinstance(item, dict) else None for item in items] for items in (before, after)
    ]
    for found in names:
        if None in found or len({str(name) for name in found}) < len(found):
            return None
    then, now = ({str(name): position for position, name in enumerate(found)} for found in names)
    return _in_order([(then.get(name), position) for name, position in now.items()], len(before))


def _by_likeness(before: Sequence[Any], after: Sequence[Any]) -> list[_Pair]:
    """Return the pairs of equal items; of the items in between, pair similar ones in their order."""
    then, now = _frozen(before), _frozen(after)
    matcher = SequenceMatcher(None, then, now, autojunk=False)
    pairs: list[_Pair] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        left = list(range(i1, i2))
        for position in range(j1, j2):
            same = tag == "equal" or (bool(left) and _is_alike(before[left[0]], after[position]))
            pairs.append((left.pop(0) if same else None, position))
        pairs += [(position, None) for position in left]
    # An item that has only moved is the same.
    gone = {then[i]: i for i, j in pairs if i is not None and j is None}
    new = {now[j]: j for i, j in pairs if j is not None and i is None}
    moved = {new[value]: gone[value] for value in gone.keys() & new.keys()}
    found = [(moved.get(j, i) if j is not None else i, j) for i, j in pairs]
    return [pair for pair in found if pair[1] is not None or pair[0] not in moved.values()]


def _frozen(items: Sequence[Any]) -> list[Any]:
    return [" ".join(item.split()) if isinstance(item, str) else frozen_value(item) for item in items]


def _is_alike(before: Any, after: Any) -> bool:
    """Return whether an item counts as changed rather than replaced."""
    if isinstance(before, dict) and isinstance(after, dict):
        same = sum(
            name in after and frozen_value(part) == frozen_value(after[name]) for name, part in before.items()
        )
        return bool(2 * same >= len(before))
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    return SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio() >= _ALIKE


def _in_order(found: list[_Pair], length: int) -> list[_Pair]:
    """Return the pairs, with each removed item after the item that it followed."""
    kept = {then for then, _ in found}
    gone: dict[int | None, list[_Pair]] = defaultdict(list)
    last: int | None = None
    for position in range(length):
        if position in kept:
            last = position
        else:
            gone[last].append((position, None))
    pairs = gone[None]
    for then, now in found:
        pairs += [(then, now), *(gone[then] if then is not None else ())]
    return pairs


def _moved(order: Sequence[int]) -> set[int]:
    """Return the fewest positions to move so that the rest is in order.

    They are the ones outside a longest increasing run (M. L. Fredman, "On computing the length of longest
    increasing subsequences", Discrete Mathematics 11, 1975).
    """
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for value in order:
        at = bisect_left(tails, value)
        before[value] = tails[at - 1] if at else None
        tails[at : at + 1] = [value]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(order) - kept
