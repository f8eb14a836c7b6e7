"""The fields of a record, with their schemas, and the records that are shown as one value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from handbook.base.language import _
from handbook.base.numbers import exact, format_fixed
from handbook.base.sentences import format_money
from handbook.base.text import words
from handbook.read.schemas.shapes import Shape

NAMES = ("name", "title", "question", "activity", "id")
"""The fields that name an item of a list, best first."""

Fields: TypeAlias = Iterator[tuple[str, Any, Shape | None]]


def fields_of(value: Mapping[str, Any], shape: Shape | None) -> Fields:
    """Yield the fields that have a value, in the order of the schema."""
    known = shape.properties if shape else {}
    for name in [*known, *(name for name in value if name not in known)]:
        if value.get(name) not in (None, ()):
            yield name, value[name], known.get(name)


def fields_with_titles(fields: Fields) -> Fields:
    """Yield fields with their titles instead of their names."""
    return (
        (_(shape.title) if shape and shape.title else words(name), value, shape)
        for name, value, shape in fields
    )


def titles_of(fields: Iterable[tuple[str, Any, Shape | None]]) -> Iterator[tuple[str, str]]:
    """Yield the name of each field with its title."""
    for name, value, shape in fields:
        for title, _value, _shape in fields_with_titles(iter([(name, value, shape)])):
            yield name, title


def is_named_link(fields: Sequence[tuple[str, Any, Shape | None]]) -> bool:
    """Return whether a record only has a name and an address."""
    named, *others = fields or [("", "", None)]
    return named[0] in NAMES and len(others) == 1 and bool(others[0][2] and others[0][2].link)


def is_money(value: Mapping[str, Any]) -> bool:
    """Return whether a record is an amount of money."""
    return isinstance(value.get("amount"), (int, float)) and isinstance(value.get("currency"), str)


def money_in_words(value: Mapping[str, Any]) -> str:
    """Return an amount of money, with its period."""
    amount = value["amount"]
    text = format_money(format_fixed(amount, 0 if exact(amount).denominator == 1 else 2), value["currency"])
    period = {"month": _("per month"), "year": _("per year")}.get(str(value.get("period")), "")
    return " ".join(filter(None, [text, period])) + (_(" per seat") if value.get("per_seat") else "")
