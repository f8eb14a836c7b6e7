"""What a new entry says before anybody has written a word of it: values that fit its schema.

JSON Schema says what is wrong with a value, not which value is right. So a first guess is checked, and what
the check objects to is mended, until it has nothing more to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

from jsonschema import ValidationError

from handbook.read.explaining import errors
from handbook.read.kinds import Kind
from handbook.read.shapes import Shape

TODO = "TODO"
"""Stands where only a person knows the text; the check asks for it."""

_Place: TypeAlias = tuple[str | int, ...]

_NAMES = ("first", "second", "third", "fourth", "fifth")
_MOST_ATTEMPTS = 100
_MOST_GUESSES = 10
_DEEPEST = 12

HISTORY = "former_ids"
"""A field that says nothing of a new entry."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The fields of a new entry, each with a value to go on from.

    Attributes:
        required: Those that must be there, without the id.
        optional: All others.
    """

    required: Mapping[str, Any]
    optional: Mapping[str, Any]


def beginning(kind: Kind, entry_id: str, ids: Mapping[str, Sequence[str]], today: date) -> Beginning:
    """What a new entry of a kind says.

    Args:
        kind: The kind.
        entry_id: The id of the entry.
        ids: The ids that references may name, by kind.
        today: What a day is set to.
    """
    draft = _Draft(kind, entry_id, ids, today)
    required = draft.fitting(())
    names = [name for name in kind.shape.properties if name not in {*required, "id", HISTORY}]
    return Beginning(required, {name: draft.with_field(name) for name in names})


class _Draft:
    """A value under work: what the schema asks for beyond its first reading, by place."""

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
        """A value of one more field, as it fits."""
        self._forget()
        self._fields[()].add(name)
        return self.fitting((name,))[name]

    def fitting(self, within: _Place) -> dict[str, Any]:
        """The entry without its id, mended below a place until the check agrees or has no more to say."""
        for _ in range(_MOST_ATTEMPTS):
            value: dict[str, Any] = self._value(self._kind.shape, ())
            value.pop("id", None)
            found = errors(self._kind.validator, {"id": self._id, **value})
            below = [error for error in found if tuple(error.absolute_path)[: len(within)] == within]
            changes = [self._mend(error) for error in below]
            if not any(changes):
                break
        return value

    def _mend(self, error: ValidationError) -> bool:
        """Takes note of what an error asks for; says whether that changes anything."""
        place, keyword = tuple(error.absolute_path), error.validator
        limit: Any = error.validator_value
        instance: Any = error.instance
        if keyword in {"required", "dependentRequired"}:
            wanted = (
                limit
                if keyword == "required"
                else chain(*(limit[name] for name in limit if name in instance))
            )
            missing = set(wanted) - self._fields[place] - set(instance)
            self._fields[place] |= missing
            return bool(missing)
        if keyword in {"anyOf", "oneOf"}:
            first = [part for part in error.context or () if part.relative_schema_path[0] == 0]
            changes = [self._mend(part) for part in first]
            return any(changes)
        if keyword == "minItems":
            self._lengths[place] = limit
        elif keyword in {"const", "minimum", "maximum"}:
            self._fixed[place] = limit
        elif keyword == "exclusiveMinimum":
            self._fixed[place] = limit + 1
        else:
            self._refused[place] += 1
        return self._refused[place] < _MOST_GUESSES

    def _value(self, shape: Shape, place: _Place, number: int = 0, key: str | None = None) -> Any:
        """A value for a place.

        Args:
            shape: What the schema says of it.
            place: Where it is.
            number: Which one of its list it is, so that they can be told apart; the first by default.
            key: The field by which it is told apart from others of its list.
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
        if "array" in shape.types or shape.items:
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
        """What a value could be, the best guess first."""
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
        """What a reference could name: an item of the same entry, or an entry there is."""
        if refs[0].startswith("#"):
            yield _NAMES[number % len(_NAMES)]
        yield from _turned([found for kind in refs for found in self._ids.get(kind, ())], number)


def _turned(values: Sequence[Any], number: int) -> Sequence[Any]:
    """The same values, beginning with another one for each item of a list."""
    start = number % len(values) if values else 0
    return [*values[start:], *values[:start]]
