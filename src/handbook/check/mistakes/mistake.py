"""One error of jsonschema, with what is known of its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError

from handbook.check.schema_problems import NO_HINT, SchemaProblem, SchemaProblemKind
from handbook.check.words import lower_first, shown
from handbook.read.document import Pointer
from handbook.read.shapes import Shape


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error of jsonschema with what is known of its place.

    Attributes:
        error: The error.
        pointer: The value it is about, from the root.
        root: The shape of the whole value.
    """

    error: ValidationError
    pointer: tuple[str | int, ...]
    root: Shape

    @property
    def keyword(self) -> str:
        """The keyword that failed; `None`, as text, for a schema that is just `false`."""
        return str(self.error.validator)

    @property
    def value(self) -> Any:
        """The value that does not fit."""
        return self.error.instance

    @property
    def schema(self) -> Mapping[str, Any]:
        """The schema that the value does not fit; empty when there is nothing in it."""
        return self.error.schema if isinstance(self.error.schema, Mapping) else {}

    @property
    def shape(self) -> Shape | None:
        """What the schema says about the place."""
        return shape_at(self.root, self.pointer)

    @property
    def name(self) -> str:
        """The place as the subject of a sentence."""
        field = self._field
        if not field:
            return "The value"
        last = self.pointer[-1]
        return f"Item {last + 1} of `{field}`" if isinstance(last, int) else f"`{field}`"

    @property
    def of(self) -> str:
        """The field, as the tail of a sentence about its value."""
        return f" for `{self._field}`" if self._field else ""

    @property
    def _field(self) -> str:
        return next((part for part in reversed(self.pointer) if isinstance(part, str)), "")

    @property
    def description(self) -> str:
        """What the schema that failed, or else the one of the place or of its list, says is meant."""
        if "description" in self.schema:
            return lower_first(str(self.schema["description"]))
        is_item = self.pointer and isinstance(self.pointer[-1], int)
        shapes = (self.shape, shape_at(self.root, self.pointer[:-1]) if is_item else None)
        return next((lower_first(shape.description) for shape in shapes if shape and shape.description), "")

    @property
    def example(self) -> str:
        """A value that is right, when the schema has one."""
        examples = self.schema.get("examples") or (self.shape.examples if self.shape else ())
        first = examples[0] if examples else None
        return shown(first) if isinstance(first, (str, int, float)) else ""

    @property
    def use_such_as(self) -> str:
        """Advice to use a value like the example, with the description; empty when the schema has neither."""
        description = self.description.rstrip(".")
        start = f"Use a value such as {self.example}" if self.example else "Use a valid value"
        return f"{start}: {description}" if description else start if self.example else ""

    def or_remove(self, advice: str) -> str:
        """Return advice, with the alternative to remove the line unless the field is required."""
        container = shape_at(self.root, self.pointer[:-1])
        is_required = not self.pointer or (container is not None and self.pointer[-1] in container.required)
        return advice if is_required else f"{advice}, or remove the line"

    def problem(
        self, kind: SchemaProblemKind, message: str, hint: str = "", *below: str | int
    ) -> SchemaProblem:
        """A problem of the value, or of one below it; without a hint, it says what is meant."""
        hint = hint or self.use_such_as or NO_HINT
        return SchemaProblem(kind, (*self.pointer, *below), message, hint)

    def problem_of_key(self, message: str, hint: str, *below: str) -> SchemaProblem:
        """A field that should not be there."""
        return self.problem(SchemaProblemKind.UNEXPECTED, message, hint, *below)._replace(at_key=True)

    def problem_of_whole(self, kind: SchemaProblemKind, message: str, hint: str) -> SchemaProblem:
        """Something missing, or fields that do not go together."""
        return self.problem(kind, message, hint)._replace(at_start=True)


def shape_at(shape: Shape, pointer: Pointer) -> Shape | None:
    """What the schema says about the place that a pointer leads to; `None` where it says nothing."""
    found: Shape | None = shape
    for part in pointer:
        if found is None:
            return None
        found = found.items if isinstance(part, int) else found.field(part)
    return found
