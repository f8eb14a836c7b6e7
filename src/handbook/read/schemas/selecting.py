"""Check what a page selects entries by: the fields, and the values of fields with choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.base.words import nearest, one_of, shown, suggestion
from handbook.read.schemas.shapes import Shape


def wrong_choices(name: str, shape: Shape, wanted: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each value that isn't a choice of a field, with the problem and a hint.

    A table for a misspelt value would be empty.

    Args:
        name: The field, with dots.
        shape: Its schema.
        wanted: The values.
    """
    among = shape.items or shape
    known = {*among.choices, *among.meanings.values()}
    for value in wanted if among.choices else ():
        if value is None or value in known:
            continue
        near = nearest(value, known) if isinstance(value, str) else None
        # A site can have dropped a built-in choice that a page made for several sites still asks for.
        if near or not among.setting:
            hint = f"Did you mean `{near}`?" if near else f"Use {one_of(among.choices)}"
            yield str(value), f"Unknown value {shown(value)} for `{name}`", hint


def wrong_selection(shape: Shape, where: Mapping[Any, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a selection: the part as written, the problem and a hint.

    Args:
        shape: The schema of the entries.
        where: A value or a list of values for each field, with dots.
    """
    for name, value in where.items():
        found: Shape = shape
        for part in str(name).split("."):
            if part in found.off_fields:
                break
            below = found.field(part)
            if below is None:
                home = found.title.lower() or "this field"
                yield str(name), f"Unknown field `{part}` in {home}", suggestion(part, found.properties)
                break
            found = below
        else:
            values = value if isinstance(value, (list, tuple, set)) else [value]
            yield from wrong_choices(str(name), found, values)
