"""Find initial values for a new entry that match its schema.

JSON Schema reports invalid values, but does not suggest valid ones. So a first guess is validated, and its
errors are fixed until none are left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

from jsonschema import ValidationError

from handbook.read.schemas.explaining import errors
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape

TODO = "TODO"
"""A placeholder for text that only the author knows. Validation reports it."""

_Place: TypeAlias = tuple[str | int, ...]

_NAMES = ("first", "second", "third", "fourth", "fifth")
_MOST_ATTEMPTS = 100
_MOST_GUESSES = 10
_DEEPEST = 12

HISTORY = "former_ids"
"""A field that does not apply to a new entry."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The fields of a new entry, each with an initial value.

    Attributes:
        required: The required fields, without the ID.
        optional: All other fields.
    """

    required: Mapping[str, Any]
    optional: Mapping[str, Any]


def beginning(kind: Kind, entry_id: str, ids: Mapping[str, Sequence[str]], today: date) -> Beginning:
    """Return the initial values of a new entry.

    Args:
        kind: The kind.
        entry_id: The ID of the entry.
        ids: The IDs that references can name, by kind.
        today: The initial value of dates.
    """
    draft = _Draft(kind, entry_id, ids, today)
    required = draft.fitting(())
    names = [name for name in kind.shape.properties if name not in {*required, "id", HISTORY}]
    return Beginning(required, {name: draft.with_field(name) for name in names})


class _Draft:
    """A value in progress, with the constraints learned from errors, by place."""

    def __init__(self, kind: Kind, entry_id: str, ids: Mapping[str, Sequence[str]], today: date) -> None:
        self._kind = kind
        self._id = entry_id
        self._ids = ids
        self._today = today
        self._forget()

    def _forget(self) -> None:
        self._fields: defaultdict[_Place, set[str]] = defaultdict(set)
        self._lengths: dict[_Place, int] = {}
        self._fixed: dict[_Place, Any] = {}
        self._refused: Counter[_Place] = Counter()

    def with_field(self, name: str) -> Any:
        """Return a valid value of one more field."""
        self._forget()
        self._fields[()].add(name)
        return self.fitting((name,))[name]

    def fitting(self, within: _Place) -> dict[str, Any]:
        """Return the entry without its ID, with errors below a place fixed as far as possible."""
        for _ in range(_MOST_ATTEMPTS):
            value: dict[str, Any] = self._value(self._kind.shape, ())
            value.pop("id", None)
            problems = errors(self._kind.validator, {"id": self._id, **value})
            below = [error for error in problems if tuple(error.absolute_path)[: len(within)] == within]
            changes = [self._fix(error) for error in below]
            if not any(changes):
                break
        return value

    def _fix(self, error: ValidationError) -> bool:
        """Record what an error requires; return whether that changes anything."""
        place, keyword = tuple(error.absolute_path), error.validator
        limit: Any = error.validator_value
        instance: Any = error.instance
        if keyword in {"required", "dependentRequired"}:
            required = (
                limit
                if keyword == "required"
                else chain(*(limit[name] for name in limit if name in instance))
            )
            missing = set(required) - self._fields[place] - set(instance)
            self._fields[place] |= missing
            return bool(missing)
        if keyword in {"anyOf", "oneOf"}:
            first = [part for part in error.context or () if part.relative_schema_path[0] == 0]
            changes = [self._fix(part) for part in first]
            return any(changes)
        if keyword == "minProperties":
            schema: Any = error.schema
            self._fields[place] |= set(schema.get("properties", ()))
        elif keyword == "minItems":
            self._lengths[place] = limit
        elif keyword in {"const", "minimum", "maximum"}:
            self._fixed[place] = limit
        elif keyword == "exclusiveMinimum":
            self._fixed[place] = limit + 1
        else:
            self._refused[place] += 1
        return self._refused[place] < _MOST_GUESSES

    def _value(self, shape: Shape, place: _Place, number: int = 0, key: str | None = None) -> Any:
        """Return a value for a place.

        Args:
            shape: The schema of the place.
            place: The place.
            number: Its position in its list, so that items differ. By default, the first.
            key: The field that identifies it in its list.
        """
        if place in self._fixed:
            return self._fixed[place]
        if shape.properties:
            wanted = shape.required | self._fields[place]
            return {
                name: self._value(field, (*place, name), number if name == key else 0)
                for name, field in shape.properties.items()
                if name in wanted
            }
        # A field that takes one value or several begins with one.
        if ("array" in shape.types or shape.items) and "string" not in shape.types:
            return self._list(shape, place)
        guesses = list(self._guesses(shape, number))
        return guesses[min(self._refused[place], len(guesses) - 1)]

    def _list(self, shape: Shape, place: _Place) -> list[Any]:
        items = shape.items
        if items is None or len(place) > _DEEPEST:
            return []
        if shape.examples and not (items.properties or items.refs):
            return list(shape.examples[0])
        length = self._lengths.get(place, 1)
        return [self._value(items, (*place, number), number, shape.key) for number in range(length)]

    def _guesses(self, shape: Shape, number: int) -> Iterator[Any]:
        """Yield possible values, the best guess first."""
        if shape.default is not None:
            yield shape.default
        yield from _turned(shape.choices, number)
        if shape.refs:
            yield from self._named(shape.refs, number)
        elif shape.date:
            yield self._today.isoformat()
        elif "boolean" in shape.types:
            yield False
        elif {"integer", "number"} & set(shape.types):
            yield from (*shape.examples, 0)
        elif "object" in shape.types:
            yield {}
        elif shape.link:
            yield from shape.examples
        yield f"{TODO} {number + 1}" if number else TODO
        yield _NAMES[number % len(_NAMES)]
        yield from shape.examples

    def _named(self, refs: Sequence[str], number: int) -> Iterator[str]:
        """Return possible targets of a reference: items of the same entry, or existing entries."""
        if refs[0].startswith("#"):
            yield _NAMES[number % len(_NAMES)]
        yield from _turned([found for kind in refs for found in self._ids.get(kind, ())], number)


def _turned(values: Sequence[Any], number: int) -> Sequence[Any]:
    """Rotate values so that each item of a list starts with another one."""
    start = number % len(values) if values else 0
    return [*values[start:], *values[:start]]
