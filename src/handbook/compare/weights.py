"""What a change means to readers, as the schemas' `x-change` says.

A schema says it for a field and all that is in it, with one word for whatever happens, or with one for each
event: `{"added": …, "removed": …, "changed": …, "moved": …}`. What it does not say is `notable`; an item that
only stands elsewhere in its list is `editorial`.

A boolean of which it says one of these, or a default, is there when it is true. So `"removed": "breaking"` at
the field `required` of a list's items makes it breaking to take away an item that is required, or to make it
optional.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from handbook.read.shapes import Shape

Weight = Literal["breaking", "notable", "editorial"]
Event = Literal["added", "removed", "changed", "moved"]

WEIGHTS: tuple[Weight, ...] = ("breaking", "notable", "editorial")
"""From what readers must know to what they need not notice."""

USUAL: Mapping[Event, Weight] = {
    "added": "notable",
    "removed": "notable",
    "changed": "notable",
    "moved": "editorial",
}


def heaviest(weights: Iterable[Weight]) -> Weight:
    """The weight that readers must know most; `editorial` when there is none."""
    return min(weights, key=WEIGHTS.index, default="editorial")


def weights_at(shape: Shape | None, above: Mapping[Event, Weight]) -> Mapping[Event, Weight]:
    """What events mean at a place.

    Args:
        shape: What the schema says about it.
        above: What they mean at the place that it is a part of.
    """
    said = shape.change if shape else None
    events: Mapping[Event, Weight] = said if isinstance(said, dict) else {}
    # What happens to a part changes the whole.
    usual: Weight = above["changed"] if said is None or events else said
    return {"added": usual, "removed": usual, "changed": usual, "moved": USUAL["moved"], **events}


def part_of(value: Mapping[str, Any], name: str, shape: Shape | None) -> Any:
    """A field of a mapping; `None` when it is not there.

    A yes or no is there when it is yes, if the schema says what it is when nothing is said, or what it means
    that it is new or gone. Elsewhere a no says something: that a limit was not kept, say.

    Args:
        value: The mapping.
        name: The field.
        shape: What the schema says about it.
    """
    part = value.get(name, True if shape and shape.default is True else None)
    if part is False and shape is not None and (shape.default is not None or isinstance(shape.change, dict)):
        return None
    return part


def weight_of_item(
    shape: Shape | None, value: Any, event: Literal["added", "removed"], usual: Weight
) -> Weight:
    """What it means that an item is added or removed, with all that it says.

    Args:
        shape: What the schema says about it.
        value: The item.
        event: What happens to it.
        usual: What that means in its list.
    """
    return heaviest([usual, *_said_inside(shape, value, event)])


def _said_inside(shape: Shape | None, value: Any, event: Event) -> Iterable[Weight]:
    """What the parts of a value say about the event, where they say something about events."""
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
