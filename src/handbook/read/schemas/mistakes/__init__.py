"""Find the mistakes in a value by its schema. A valid value needs no explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handbook.read.schemas.problems import SchemaProblem
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import Validator


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
