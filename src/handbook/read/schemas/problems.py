"""The mistakes that a value can have by its schema."""

from __future__ import annotations

import json
from enum import Enum, auto
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.thousands import hint_of_two
from handbook.base.words import Names
from handbook.read.yaml.document import Pointer

NO_HINT = "See the field reference"
"""The hint if the schema has no description."""
NOT_YET = "Remove it until it is known"
"""The hint for an optional value such as `TBC`, which only says that the real one is unknown."""


class SchemaProblemKind(Enum):
    """The type of mistake. Each has its own rule."""

    MISSING = auto()
    UNEXPECTED = auto()
    TYPE = auto()
    CHOICE = auto()
    FORM = auto()
    SIZE = auto()
    ALTERNATIVE = auto()


class Meant(NamedTuple):
    """The value or key that was probably meant.

    Attributes:
        value: The value.
        is_safe: Whether it can only be this one.
        with_comma: The number that it can be, too, where a comma comes before decimals.
    """

    value: Any
    is_safe: bool = True
    with_comma: float | None = None


def meant_by(names: Names, name: str) -> Meant | None:
    """Return the name that was meant, if one is close enough."""
    near = names.nearest(name)
    return Meant(near, is_safe=near == names.certain(name)) if near else None


class SchemaProblem(NamedTuple):
    """A mistake in a value.

    Attributes:
        kind: The type of mistake.
        pointer: The place: the value, the unexpected field, or the container of a missing one.
        message: The problem.
        hint: The fix.
        at_key: Whether it is about the key at the pointer and not its value.
        at_start: Whether something is missing, which is shown at the start of its container.
        meant: What was probably meant instead, if that is known.
    """

    kind: SchemaProblemKind
    pointer: Pointer
    message: str
    hint: str = ""
    at_key: bool = False
    at_start: bool = False
    meant: Meant | None = None


def where_comma_is_decimal(problem: SchemaProblem) -> SchemaProblem:
    """Return a problem for a handbook in whose language `1,200` can be 1.2."""
    meant = problem.meant
    if meant is None or meant.with_comma is None:
        return problem
    hint = hint_of_two(json.dumps(meant.value), json.dumps(meant.with_comma))
    return problem._replace(hint=hint, meant=meant._replace(is_safe=False))
