"""What can be wrong with a value by its schema, and who says so: nobody, when it fits."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from handbook.read.document import Pointer
from handbook.read.shapes import Shape
from handbook.read.validation import Validator

NO_HINT = "See the field reference"
"""The hint when the schema has no description either."""


class SchemaProblemKind(Enum):
    """The sort of mistake; each has a rule of its own."""

    MISSING = auto()
    UNEXPECTED = auto()
    TYPE = auto()
    CHOICE = auto()
    FORM = auto()
    SIZE = auto()
    ALTERNATIVE = auto()


class SchemaProblem(NamedTuple):
    """One mistake in a value.

    Attributes:
        kind: The sort of mistake.
        pointer: Where: the value, the unexpected field, or the container of a missing one.
        message: What is wrong.
        hint: How to mend it.
        at_key: Whether it is about the key at the pointer rather than its value.
        at_start: Whether it is about something missing, shown at the start of its container.
    """

    kind: SchemaProblemKind
    pointer: Pointer
    message: str
    hint: str = ""
    at_key: bool = False
    at_start: bool = False


def schema_problems(validator: Validator, shape: Shape, value: Any) -> Sequence[SchemaProblem]:
    """The mistakes in a value, in no particular order; not many more than are shown of a file.

    Args:
        validator: Checks the value against its schema.
        shape: The same schema, for names and descriptions.
        value: The value.
    """
    if validator.fits(value):
        return ()
    # Explaining takes a library that is slow to start; most runs have nothing to explain.
    from handbook.check.schema_errors import explain  # noqa: PLC0415

    return explain(validator, shape, value)
