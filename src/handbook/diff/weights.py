"""The impact of a change on readers, from `x-change` in the schemas.

A schema sets the impact for a field and everything in it, with one word for all events or one for each:
`{"added": …, "removed": …, "changed": …, "moved": …}`. The default is `notable`; for an item that only moves
within its list, `editorial`.

A boolean with impacts by event, or with a default, counts as present if it is true. For example, if the
field `required` of a list's items has `"removed": "breaking"`, it is breaking to remove a required item, and
to make it optional.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from handbook.read.schemas.shapes import Shape

Weight = Literal["breaking", "notable", "editorial"]
Event = Literal["added", "removed", "changed", "moved"]

WEIGHTS: tuple[Weight, ...] = ("breaking", "notable", "editorial")
"""The impacts, highest first."""

USUAL: Mapping[Event, Weight] = {
    "added": "notable",
    "removed": "notable",
    "changed": "notable",
    "moved": "editorial",
}


def heaviest(weights: Iterable[Weight]) -> Weight:
    """Return the highest impact; `editorial` if there is none."""
    return min(weights, key=WEIGHTS.index, default="editorial")


def weights_at(shape: Shape | None, above: Mapping[Event, Weight]) -> Mapping[Event, Weight]:
    """Return the impact of events at a place.

    Args:
        shape: The schema of the place.
        above: The impact of events at the parent.
    """
    said = shape.change if shape else None
    events: Mapping[Event, Weight] = said if isinstance(said, dict) else {}
    # An event at a part changes the whole.
    usual: Weight = above["changed"] if said is None or events else said
    return {"added": usual, "removed": usual, "changed": usual, "moved": USUAL["moved"], **events}


def part_of(value: Mapping[str, Any], name: str, shape: Shape | None) -> Any:
    """Return a field of a mapping, or `None` if it is missing.

    A boolean with a default or with impacts by event counts as missing if it is false. Any other false has a
    meaning, for example that a limit was breached.

    Args:
        value: The mapping.
        name: The field.
        shape: The schema of the field.
    """
    part = value.get(name, True if shape and shape.default is True else None)
    if part is False and shape is not None and (shape.default is not None or isinstance(shape.change, dict)):
        return None
    return part


def weight_of_item(
    shape: Shape | None, value: Any, event: Literal["added", "removed"], usual: Weight
) -> Weight:
    """Return the impact of adding or removing an item with all its parts.

    Args:
        shape: The schema of the item.
        value: The item.
        event: The event.
        usual: The impact of the event in the list.
    """
    return heaviest([usual, *_said_inside(shape, value, event)])


def _said_inside(shape: Shape | None, value: Any, event: Event) -> Iterable[Weight]:
    """Yield the impacts that the parts of a value set for an event."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _said_inside(shape.item(position) if shape else None, item, event)
    if shape is None or not isinstance(value, dict):
        return
    for name in dict.fromkeys([*shape.properties, *value]):
        field = shape.field(name)
        part = part_of(value, name, field)
        if field is not None and part is not None:
            if isinstance(field.change, dict) and event in field.change:
                yield field.change[event]
            yield from _said_inside(field, part, event)
