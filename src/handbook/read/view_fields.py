"""The fields that a view names, found without data: which it shows, and which it would look for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from handbook.base.named_tuples import NamedTuple

ENTRY = "entry"
"""The value of the view of a content type."""
FIGURE = "figure"
"""The value of the view of a figure, and the function that calculates one in the view of an entry."""

Load: TypeAlias = Callable[[str], str | None]
"""Returns the text of a view by its name; `None` if there is none."""


class Field(NamedTuple):
    """A field, or a value that has fields.

    Attributes:
        of: `entry`, or the name of a figure.
        names: The names that lead to it; empty for the whole value. A list stands for its items.
    """

    of: str
    names: tuple[str, ...] = ()

    def below(self, name: str) -> Field:
        """Return a field of this value."""
        return Field(self.of, (*self.names, name))


class Mention(NamedTuple):
    """A place in a view that names a field or a figure.

    Attributes:
        field: The field; of a figure, the whole value.
        view: The name of the view, such as `tool.jinja`.
        line: The line, counted from 1.
    """

    field: Field
    view: str
    line: int


class ViewFields(NamedTuple):
    """What a view names.

    Attributes:
        mentions: Every place that names a field.
        whole: The fields that are shown with everything in them.
        optional: The fields for which a view asks whether they exist, each with the name of that view.
        figures: Every place that calculates a figure.
        figured: The figures that get the whole entry.
    """

    mentions: tuple[Mention, ...] = ()
    whole: frozenset[Field] = frozenset()
    optional: frozenset[tuple[Field, str]] = frozenset()
    figures: tuple[Mention, ...] = ()
    figured: frozenset[str] = frozenset()
