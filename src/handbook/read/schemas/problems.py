"""Find the mistakes in a value by its schema. A valid value needs no explanation."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import Validator
from handbook.read.yaml.document import Pointer

NO_HINT = "See the field reference"
"""The hint if the schema has no description."""


class SchemaProblemKind(Enum):
    """The type of mistake. Each has its own rule."""

    MISSING = auto()
    UNEXPECTED = auto()
    TYPE = auto()
    CHOICE = auto()
    FORM = auto()
    SIZE = auto()
    ALTERNATIVE = auto()


class SchemaProblem(NamedTuple):
    """A mistake in a value.

    Attributes:
        kind: The type of mistake.
        pointer: The place: the value, the unexpected field, or the container of a missing one.
        message: The problem.
        hint: The fix.
        at_key: Whether it is about the key at the pointer and not its value.
        at_start: Whether something is missing, which is shown at the start of its container.
    """

    kind: SchemaProblemKind
    pointer: Pointer
    message: str
    hint: str = ""
    at_key: bool = False
    at_start: bool = False


def schema_problems(validator: Validator, shape: Shape, value: Any) -> Sequence[SchemaProblem]:
    """Return the mistakes in a value, in no particular order; not many more than are shown for a file.

    Args:
        validator: Checks the value against its schema.
        shape: The same schema, for names and descriptions.
        value: The value.
    """
    if validator.fits(value):
        return ()
    # The explanation needs a library that is slow to import; most runs have nothing to explain.
    from handbook.read.schemas.mistakes.explanation import explain  # noqa: PLC0415

    return explain(validator, shape, value)
