"""Compare two values at one place by meaning: the order of keys, line breaks and quotes are ignored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from handbook.base.named_tuples import NamedTuple
from handbook.diff.pairs import by_key, by_likeness, moved_from
from handbook.diff.weights import Event, Weight, heaviest, part_of, weight_of_item, weights_at
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import frozen_value

_NO_PROSE = re.compile(r"^(?:[-*+|>#]|\d+[.)]|```|~~~|\s{2,})", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n\s*\n")


_NAMES = ("name", "title", "do", "item")
"""Fields with the name of an item."""

_OTHER_GROUP: Weight = "notable"
"""The impact of moving an item to another group, such as another week."""

_STEP = " › "  # noqa: RUF001 - the sign of a breadcrumb


class EntryPlace(NamedTuple):
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

    def at(self, name: str) -> EntryPlace:
        """Return the place of a field of the mapping."""
        shape = self.shape.field(name) if self.shape else None
        title = (shape.title if shape else "") or name
        return EntryPlace(
            shape,
            weights_at(shape, self.weights),
            (*self.pointer, name),
            f"{self.field}.{name}" if self.field else name,
            f"{self.title}{_STEP}{title}" if self.title else title,
        )

    def item(self, position: int, item: Any) -> EntryPlace:
        """Return the place of an item of the list."""
        shape = self.shape.item(position) if self.shape else None
        key, title = "", ""
        if isinstance(item, dict):
            key = str(item.get(self.shape.key, "")) if self.shape and self.shape.key else ""
            called = next(filter(None, map(item.get, _NAMES)), key or position + 1)
            title = _STEP + " ".join(str(called).split())
        return EntryPlace(
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
    place: EntryPlace
    before: Any
    after: Any
    weight: Weight


def differences(place: EntryPlace, before: Any, after: Any) -> Iterator[Difference]:
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


def _home(place: EntryPlace) -> tuple[tuple[str, ...], str]:
    """Return the field names of the lists that can contain an item, and its ID."""
    return tuple(part for part in place.pointer if isinstance(part, str)), place.id


def _differences(place: EntryPlace, before: Any, after: Any) -> Iterator[Difference]:
    if isinstance(before, list) != isinstance(after, list):
        # A field that takes one value or several: one value is a list of one.
        before, after = (_as_list(value, place.shape) for value in (before, after))
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


def _as_list(value: Any, shape: Shape | None) -> Any:
    return [value] if isinstance(value, str) and shape and {"string", "array"} <= set(shape.types) else value


def _whole(place: EntryPlace, before: Any, after: Any, weights: Mapping[Event, Weight]) -> Difference:
    """Return the difference of a value that was added or removed as a whole, by the impacts of its parent."""
    event: Literal["added", "removed"] = "added" if before is None else "removed"
    value = after if before is None else before
    return Difference(event, place, before, after, weight_of_item(place.shape, value, event, weights[event]))


def _meaning(value: Any, place: EntryPlace) -> Any:
    """Return a value without differences in form only."""
    if not isinstance(value, str):
        return frozen_value(value)
    if not place.is_markdown:
        return " ".join(value.split())
    blocks = _PARAGRAPHS.split(value.strip())
    return tuple(block.rstrip() if _NO_PROSE.search(block) else " ".join(block.split()) for block in blocks)


def _of_lists(place: EntryPlace, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    key = place.shape.key if place.shape else None
    pairs = (by_key(before, after, key) if key else None) or by_likeness(before, after)
    moved = moved_from([then for then, now in pairs if then is not None and now is not None])
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
