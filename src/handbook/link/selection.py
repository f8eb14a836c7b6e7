"""Select entries for a table: which ones, in which order, and with which columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from handbook.base.choices import meaning_of
from handbook.base.errors import HandbookError
from handbook.base.words import suggestion
from handbook.link.catalogue import Entry
from handbook.read.audiences import FIELD, strictest
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.selecting import wrong_choices
from handbook.read.schemas.shapes import Shape
from handbook.read.values import value_at

_MOST_CHOICES = 2


class UnknownFieldError(HandbookError):
    """A view or page uses a field that the schema does not have."""


def default_columns(kind: Kind) -> list[str]:
    """Return the default columns of a content type: name, fixed choices, summary, channel and owner."""
    choices = _fields_with_choices(kind)[:_MOST_CHOICES]
    known = [name for name in ("summary", "channel", "owner") if name in kind.shape.properties]
    return list(dict.fromkeys(["name", *choices, *known]))


def default_order(kind: Kind) -> list[str]:
    """Return the default order of a content type: the first field with fixed choices, then the name."""
    return [*_fields_with_choices(kind)[:1], "name"]


def _fields_with_choices(kind: Kind) -> list[str]:
    """Return the fields with fixed choices, without the visibility, which is no information for readers."""
    return [name for name, shape in kind.shape.properties.items() if shape.choices and name != FIELD]


def select(
    kind: Kind,
    entries: Iterable[Entry],
    where: Mapping[str, Any] | None = None,
    sort: Sequence[str] = ("name",),
) -> list[Entry]:
    """Return the matching entries, sorted.

    Args:
        kind: Their content type.
        entries: The entries to select from.
        where: A value, or a list of allowed values, for each field. Use dots for nested fields, as in
            `cost.currency`. A list field matches if it contains the value.
            A built-in state also matches states of the company that mean it.
        sort: The fields to sort by, the most important first; a minus reverses the order. Fixed choices are
            sorted in the order of the schema. Entries without a value are last.

    Raises:
        UnknownFieldError: The content type does not have the field, or the field not the choice.
    """
    wanted = {
        name: list(value) if isinstance(value, (list, tuple, set)) else [value]
        for name, value in (where or {}).items()
    }
    for name, values in wanted.items():
        for _, message, hint in wrong_choices(name, field_shape(kind, name), values):
            raise UnknownFieldError(f"{message}. {hint}")
    chosen = [
        entry
        for entry in entries
        if all(_matches(value_at(entry.data, name.split(".")), values) for name, values in wanted.items())
    ]
    for field in reversed(sort):
        name = field.removeprefix("-")
        choices = field_shape(kind, name).choices
        present = [entry for entry in chosen if value_at(entry.data, name.split(".")) is not None]
        absent = [entry for entry in chosen if value_at(entry.data, name.split(".")) is None]
        present.sort(key=partial(_sort_key, name, choices), reverse=field.startswith("-"))
        chosen = present + absent
    return chosen


def field_shape(kind: Kind, path: str) -> Shape:
    """Return the shape of a field from a path with dots.

    Raises:
        UnknownFieldError: The content type does not have the field.
    """
    return _shapes(kind, path)[-1]


def without_off(kind: Kind, paths: Iterable[str]) -> list[str]:
    """Return paths to fields without those that refer to content types that are switched off.

    Args:
        kind: The content type of the fields.
        paths: The paths, each with a minus if it is one to sort by.
    """
    return [path for path in paths if not _is_off(kind, path.removeprefix("-"))]


def _is_off(kind: Kind, path: str) -> bool:
    shape: Shape | None = kind.shape
    for part in path.split("."):
        if shape and part in shape.off_fields:
            return True
        shape = shape and shape.field(part)
    return False


def lowest_audience(kind: Kind, path: str) -> str:
    """Return the lowest audience that can see a field and everything around it.

    Raises:
        UnknownFieldError: The content type does not have the field.
    """
    return strictest(*(shape.audience for shape in _shapes(kind, path)))


def _shapes(kind: Kind, path: str) -> list[Shape]:
    """Return the shapes of a field and everything around it, from the outside in."""
    shape = kind.shape
    found: list[Shape] = []
    for part in path.split("."):
        below = shape.field(part)
        if below is None:
            message = f"Unknown field `{part}` in {shape.title.lower() or kind.name}. " + suggestion(
                part, shape.properties
            )
            raise UnknownFieldError(message)
        shape = below
        found.append(shape)
    return found


def _matches(value: Any, wanted: Collection[Any]) -> bool:
    items = value if isinstance(value, tuple) else (value,)
    # A page that asks for a built-in state means every state with its meaning.
    return any(item in wanted or meaning_of(item) in wanted for item in items)


def _sort_key(name: str, choices: Sequence[Any], entry: Entry) -> tuple[int, float, str]:
    value = value_at(entry.data, name.split("."))
    if value in choices:
        return (0, choices.index(value), "")
    if isinstance(value, (int, float)):
        return (0, value, "")
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return (1, 0, text.casefold())
