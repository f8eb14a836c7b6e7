"""One error of jsonschema, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError

from handbook.base.words import lower_first, says_unknown, shown
from handbook.read.schemas.places import is_optional, shape_at
from handbook.read.schemas.problems import NO_HINT, NOT_YET, Meant, SchemaProblem, SchemaProblemKind
from handbook.read.schemas.shapes import Shape


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error of jsonschema, with its place.

    Attributes:
        error: The error.
        pointer: The invalid value, from the root.
        root: The shape of the whole value.
    """

    error: ValidationError
    pointer: tuple[str | int, ...]
    root: Shape

    @property
    def keyword(self) -> str:
        """Return the failed keyword; the text `None` for a schema of `false`."""
        return str(self.error.validator)

    @property
    def value(self) -> Any:
        """Return the invalid value."""
        return self.error.instance

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return the schema that the value doesn't match; empty for a boolean schema."""
        return self.error.schema if isinstance(self.error.schema, Mapping) else {}

    @property
    def shape(self) -> Shape | None:
        """Return the shape of the place."""
        return shape_at(self.root, self.pointer)

    @property
    def name(self) -> str:
        """Return the place as the subject of a sentence."""
        field = self._field
        if not field:
            return "The value"
        last = self.pointer[-1]
        return f"Item {last + 1} of `{field}`" if isinstance(last, int) else f"`{field}`"

    @property
    def of(self) -> str:
        """Return the field as the tail of a sentence about its value."""
        return f" for `{self._field}`" if self._field else ""

    @property
    def _field(self) -> str:
        return next((part for part in reversed(self.pointer) if isinstance(part, str)), "")

    @property
    def description(self) -> str:
        """Return the description of the failed schema, or else of the place or its list."""
        if "description" in self.schema:
            return lower_first(str(self.schema["description"]))
        is_item = self.pointer and isinstance(self.pointer[-1], int)
        shapes = (self.shape, shape_at(self.root, self.pointer[:-1]) if is_item else None)
        return next((lower_first(shape.description) for shape in shapes if shape and shape.description), "")

    @property
    def example(self) -> str:
        """Return a valid value, if the schema has an example."""
        examples = self.schema.get("examples") or (self.shape.examples if self.shape else ())
        first = examples[0] if examples else None
        return shown(first) if isinstance(first, (str, int, float)) else ""

    @property
    def use_such_as(self) -> str:
        """Return the advice to use a value like the example or description; empty if there is neither."""
        description = self.description.rstrip(".")
        start = f"Use a value such as {self.example}" if self.example else "Use a valid value"
        return f"{start}: {description}" if description else start if self.example else ""

    def or_remove(self, advice: str) -> str:
        """Return advice, with the alternative to remove the line unless the field is required."""
        return f"{advice}, or remove the line" if is_optional(self.root, self.pointer) else advice

    def problem(
        self,
        kind: SchemaProblemKind,
        message: str,
        hint: str = "",
        *below: str | int,
        meant: Meant | None = None,
    ) -> SchemaProblem:
        """Return a problem of the value, or of one in it. The default hint is the description."""
        if not below and says_unknown(self.value) and is_optional(self.root, self.pointer):
            hint, meant = NOT_YET, None
        hint = hint or self.use_such_as or NO_HINT
        return SchemaProblem(kind, (*self.pointer, *below), message, hint, meant=meant)

    def problem_of_key(
        self, message: str, hint: str, *below: str, meant: Meant | None = None
    ) -> SchemaProblem:
        """Return the problem of a field that is not allowed."""
        problem = self.problem(SchemaProblemKind.UNEXPECTED, message, hint, *below)
        return problem._replace(at_key=True, meant=meant)

    def problem_of_whole(self, kind: SchemaProblemKind, message: str, hint: str) -> SchemaProblem:
        """Return the problem of a missing field, or of an invalid combination."""
        return self.problem(kind, message, hint)._replace(at_start=True)
