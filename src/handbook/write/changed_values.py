"""Values with a part changed, where the original stays, and whether two values are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handbook.read.yaml.document import Pointer


def part_at(value: Any, pointer: Pointer) -> Any:
    """Return the part of a value at a pointer.

    Raises:
        LookupError: There is none.
    """
    for step in pointer:
        value = value[step]
    return value


def with_part(value: Any, pointer: Pointer, change: Callable[[Any], Any]) -> Any:
    """Return a value with the part at a pointer changed."""
    if not pointer:
        return change(value)
    first, *rest = pointer
    if isinstance(value, list):
        return [with_part(part, rest, change) if index == first else part for index, part in enumerate(value)]
    return {key: with_part(part, rest, change) if key == first else part for key, part in value.items()}


def with_field(mapping: Mapping[str, Any], index: int, name: str, value: Any) -> dict[str, Any]:
    """Return a mapping with one more field at a position."""
    fields = list(mapping.items())
    return dict([*fields[:index], (name, value), *fields[index:]])


def without(value: Any, step: str | int) -> Any:
    """Return a list or mapping without an item or a field."""
    if isinstance(value, Mapping):
        return {name: part for name, part in value.items() if name != step}
    return [part for index, part in enumerate(value) if index != step]


def without_line_ends(value: Any) -> Any:
    """Return a value without the line ends at the end of its texts."""
    if isinstance(value, Mapping):
        return {name: without_line_ends(part) for name, part in value.items()}
    if isinstance(value, list):
        return [without_line_ends(part) for part in value]
    return value.rstrip("\n") if isinstance(value, str) else value


def is_same(first: Any, second: Any) -> bool:
    """Return whether two values are the same, also in their types: `1` is not `1.0` or `true`."""
    if isinstance(first, Mapping):
        return (
            isinstance(second, Mapping)
            and list(first) == list(second)
            and all(is_same(part, second[name]) for name, part in first.items())
        )
    if isinstance(first, list):
        return isinstance(second, list) and len(first) == len(second) and all(map(is_same, first, second))
    return type(first) is type(second) and (first == second or repr(first) == repr(second))


def says_same(text: str, first: Any, second: Any) -> bool:
    """Return whether two values of a text are the same: the last line of a text can get a line end."""
    is_whole = text.endswith(("\n", "\r"))
    return is_same(first, second) if is_whole else is_same(*map(without_line_ends, (first, second)))
