"""Give the choices in an entry their titles and meanings, as the schemas declare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.choices import Choice
from handbook.read.schemas.shapes import Shape


def with_words(shape: Shape, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry in which each choice knows its title and its meaning.

    Args:
        shape: The fields that an entry has.
        entry: The entry.
    """
    return _with_words(shape, entry) if shape.has_words else entry


def without_words(value: Any) -> Any:
    """Return a value with plain texts only, for a validator that knows no other types."""
    if isinstance(value, dict):
        return {name: without_words(part) for name, part in value.items()}
    if isinstance(value, list):
        return [without_words(part) for part in value]
    return str(value) if isinstance(value, str) else value


def _with_words(shape: Shape | None, value: Any) -> Any:
    if shape is None or not shape.has_words:
        return value
    if isinstance(value, dict):
        return {name: _with_words(shape.field(name), part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_words(shape.item(index), part) for index, part in enumerate(value)]
    if isinstance(value, str) and (value in shape.titles or value in shape.meanings):
        return Choice.of(value, shape.titles.get(value, ""), shape.meanings.get(value, value))
    return value
