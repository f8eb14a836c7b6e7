"""What JSON Schema says, in words for somebody who does not know JSON Schema.

jsonschema finds the errors; this module decides where each one points, what to call it and how to mend
it. One mistake gives one problem: a misspelt field is not also a missing one, and a date that breaks two
rules is reported once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeAlias

from jsonschema import ValidationError

from handbook.check.words import nearest, one_of, shown, suggestion
from handbook.read.document import Pointer
from handbook.read.shapes import Shape
from handbook.read.validation import Validator


class SchemaProblemKind(Enum):
    """The sort of mistake; each has a rule of its own."""

    MISSING = auto()
    UNEXPECTED = auto()
    TYPE = auto()
    CHOICE = auto()
    FORM = auto()
    SIZE = auto()
    ALTERNATIVE = auto()


@dataclass(frozen=True, slots=True)
class SchemaProblem:
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


_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}

_Explainer: TypeAlias = Callable[
    [ValidationError, "Shape | None", "tuple[str | int, ...]"], Iterable[SchemaProblem]
]

_RANK = {"type": 0, "enum": 1, "const": 1, "pattern": 2, "format": 3}


def schema_problems(validator: Validator, shape: Shape, value: Any) -> list[SchemaProblem]:
    """Every mistake in a value, in no particular order.

    Args:
        validator: Checks the value against its schema.
        shape: The same schema, for names and descriptions.
        value: The value.
    """
    return _once(_explain_all(validator.errors(value), shape, ()))


def _explain_all(
    errors: Iterable[ValidationError], shape: Shape, base: tuple[str | int, ...]
) -> Iterator[tuple[int, SchemaProblem]]:
    """The problems behind some errors, each with its rank among those of the same value."""
    for error in errors:
        pointer = (*base, *error.path)
        yield from _explain(error, _shape_at(shape, pointer), pointer, shape)


def _once(ranked: Iterable[tuple[int, SchemaProblem]]) -> list[SchemaProblem]:
    """Keeps one problem for each value and drops what follows from another."""
    best: dict[tuple[Any, ...], tuple[int, SchemaProblem]] = {}
    for rank, problem in ranked:
        about_fields = problem.kind in {SchemaProblemKind.MISSING, SchemaProblemKind.UNEXPECTED}
        place = (
            (tuple(problem.pointer), problem.kind, problem.message)
            if about_fields
            else tuple(problem.pointer)
        )
        if place not in best or rank < best[place][0]:
            best[place] = (rank, problem)
    return [problem for _, problem in best.values()]


def _shape_at(shape: Shape, pointer: Pointer) -> Shape | None:
    found: Shape | None = shape
    for part in pointer:
        if found is None:
            return None
        found = found.items if isinstance(part, int) else found.field(part)
    return found


def _explain(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...], root: Shape
) -> Iterator[tuple[int, SchemaProblem]]:
    keyword = str(error.validator)
    if keyword in {"anyOf", "oneOf"}:
        yield from _alternatives(error, shape, pointer, root)
        return
    rank = _RANK.get(keyword, 4)
    for problem in _explain_keyword(keyword, error, shape, pointer, root):
        yield rank, problem


def _explain_keyword(
    keyword: str, error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...], root: Shape
) -> Iterable[SchemaProblem]:
    if len(error.schema_path) > 1 and error.schema_path[-2] == "propertyNames":
        return [_forbidden_name(error, pointer)]
    if keyword == str(None):  # a schema that is just `false`
        return [_forbidden_field(pointer, root)]
    explain = _BY_KEYWORD.get(keyword, _wrong_size)
    return explain(error, shape, pointer)


def _missing(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...]
) -> Iterator[SchemaProblem]:
    known = shape.properties if shape else {}
    wanted: Any = error.validator_value
    value: Any = error.instance
    present = set(value)
    strange = present - set(known)
    required: Sequence[str] = (
        wanted
        if error.validator == "required"
        else [name for key, names in wanted.items() if key in present for name in names]
    )
    for name in required:
        # A misspelt field is reported where it stands, not a second time as missing.
        if name in present or any(nearest(other, known) == name for other in strange):
            continue
        field = known.get(name)
        hint = f"add `{name}: …`"
        if field and field.choices:
            hint += f", one of {one_of(field.choices)}"
        elif field and field.description:
            hint += f" ({_lower_first(field.description)})"
        yield SchemaProblem(SchemaProblemKind.MISSING, pointer, f"`{name}` is missing", hint, at_start=True)


def _unexpected(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...]
) -> Iterator[SchemaProblem]:
    known = shape.properties if shape else {}
    value: Any = error.instance
    forbidden = [name for name in value if name not in known]
    for name in forbidden:
        free = [other for other in known if other not in value]
        yield SchemaProblem(
            SchemaProblemKind.UNEXPECTED,
            (*pointer, name),
            f"there is no field `{name}`{_in(shape)}",
            suggestion(name, free),
            at_key=True,
        )
    if not forbidden:
        yield SchemaProblem(
            SchemaProblemKind.UNEXPECTED,
            pointer,
            "these fields do not go together here",
            "see the field reference",
            at_start=True,
        )


def _forbidden_name(error: ValidationError, pointer: tuple[str | int, ...]) -> SchemaProblem:
    """A key that `propertyNames` refuses; the error's instance is the key itself."""
    name = str(error.instance)
    allowed: Any = error.validator_value if error.validator == "enum" else ()
    return SchemaProblem(
        SchemaProblemKind.UNEXPECTED,
        (*pointer, name),
        f"`{name}` is not allowed here",
        suggestion(name, allowed),
        at_key=True,
    )


def _forbidden_field(pointer: tuple[str | int, ...], root: Shape) -> SchemaProblem:
    """A field that exists, but not together with what else stands there (a schema of `false`)."""
    return SchemaProblem(
        SchemaProblemKind.UNEXPECTED,
        pointer,
        f"`{pointer[-1] if pointer else ''}` does not belong here{_in(_shape_at(root, pointer[:-1]))}",
        "delete it, or change the field it depends on",
        at_key=True,
    )


def _wrong_choice(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...]
) -> Iterator[SchemaProblem]:
    allowed: Any = error.validator_value if error.validator == "enum" else [error.validator_value]
    names = [str(item) for item in allowed]
    near = nearest(str(error.instance), names)
    yield SchemaProblem(
        SchemaProblemKind.CHOICE,
        pointer,
        f"{shown(error.instance)} is not an allowed value{_of(shape, pointer)}",
        f"did you mean `{near}`? Allowed: {one_of(names)}" if near else f"use {one_of(names)}",
    )


def _wrong_form(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...]
) -> Iterator[SchemaProblem]:
    message = f"{shown(error.instance)} does not have the right form{_of(shape, pointer)}"
    yield SchemaProblem(SchemaProblemKind.FORM, pointer, message, _form_hint(shape))


def _wrong_type(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...]
) -> Iterator[SchemaProblem]:
    kinds: Any = error.validator_value
    wanted: list[str] = kinds if isinstance(kinds, list) else [kinds]
    names = " or ".join(_TYPES.get(name, name) for name in wanted)
    value = error.instance
    if value is None:
        hint = "write a value, or delete the line"
    elif "string" in wanted and isinstance(value, (int, float)):
        hint = f'put it in quotes: "{str(value).lower() if isinstance(value, bool) else value}"'
    elif "array" in wanted and not isinstance(value, (dict, list)):
        hint = f"begin a line below with a dash: `- {str(value)[:40]}`"
    elif "boolean" in wanted and isinstance(value, str) and value.casefold() in {"yes", "on", "y"}:
        hint = "write `true`"
    elif "boolean" in wanted and isinstance(value, str) and value.casefold() in {"no", "off", "n"}:
        hint = "write `false`"
    elif shape and shape.examples:
        hint = f"for example {shown(shape.examples[0])}"
    else:
        hint = _lower_first(shape.description) if shape else ""
    found = shown(value) if value is not None else "nothing"
    yield SchemaProblem(
        SchemaProblemKind.TYPE, pointer, f"{_name(shape, pointer)} must be {names}, not {found}", hint
    )


def _alternatives(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...], root: Shape
) -> Iterator[tuple[int, SchemaProblem]]:
    branches: dict[int, list[ValidationError]] = {}
    for part in error.context or ():
        branches.setdefault(int(part.schema_path[0]), []).append(part)
    if branches and all(len(parts) == 1 and parts[0].validator == "required" for parts in branches.values()):
        required: list[Any] = [parts[0].validator_value for parts in branches.values()]
        names = [name for missing in required for name in missing]
        yield (
            4,
            SchemaProblem(
                SchemaProblemKind.ALTERNATIVE,
                pointer,
                f"one of {one_of(names)} is needed",
                f"add {one_of(f'{name}: …' for name in names)}",
                at_start=True,
            ),
        )
        return
    # The branch that was meant is the one whose errors lie deepest and are not about its very type.
    meant = [
        parts
        for parts in branches.values()
        if not any(part.validator == "type" and not part.path for part in parts)
    ]
    if meant:
        best = min(meant, key=lambda parts: (-max(len(part.path) for part in parts), len(parts)))
        yield from _explain_all(best, root, pointer)
        return
    hint = _lower_first(shape.description) if shape and shape.description else ""
    yield (
        4,
        SchemaProblem(
            SchemaProblemKind.ALTERNATIVE,
            pointer,
            f"{shown(error.instance)} is none of the things allowed{_of(shape, pointer)}",
            hint,
        ),
    )


def _wrong_size(
    error: ValidationError, shape: Shape | None, pointer: tuple[str | int, ...]
) -> Iterator[SchemaProblem]:
    limit = error.validator_value
    value = error.instance
    length = len(value) if isinstance(value, (str, list, dict)) else 0
    tail, hint = {
        "minLength": ("is empty", "write something, or delete the line"),
        "maxLength": (f"has {length} characters, the most is {limit}", "shorten it"),
        "minimum": (f"is {shown(value)}, the least is {limit}", ""),
        "maximum": (f"is {shown(value)}, the most is {limit}", ""),
        "exclusiveMinimum": (f"is {shown(value)}, it must be more than {limit}", ""),
        "exclusiveMaximum": (f"is {shown(value)}, it must be less than {limit}", ""),
        "minItems": (f"has {length} items, the least is {limit}", "add one, or delete the field"),
        "maxItems": (f"has {length} items, the most is {limit}", "leave some out"),
        "uniqueItems": ("names the same thing twice", "delete one of the two"),
    }.get(str(error.validator), (f"does not fit `{error.validator}`", ""))
    hint = hint or (_lower_first(shape.description) if shape else "")
    yield SchemaProblem(SchemaProblemKind.SIZE, pointer, f"{_name(shape, pointer)} {tail}", hint)


def _form_hint(shape: Shape | None) -> str:
    if shape is None:
        return ""
    example = f", for example {shown(shape.examples[0])}" if shape.examples else ""
    return f"{_lower_first(shape.description).rstrip('.')}{example}"


def _name(shape: Shape | None, pointer: Pointer) -> str:
    last = pointer[-1] if pointer else None
    if isinstance(last, str):
        return f"`{last}`"
    return f"the {shape.title.lower()}" if shape and shape.title else "the value"


def _of(shape: Shape | None, pointer: Pointer) -> str:
    named = isinstance(pointer[-1] if pointer else None, str) or (shape and shape.title)
    return f" of {_name(shape, pointer)}" if named else ""


def _in(shape: Shape | None) -> str:
    return f" in a {shape.title.lower()}" if shape and shape.title else ""


def _lower_first(text: str) -> str:
    """A description as the tail of a sentence."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


_BY_KEYWORD: dict[str, _Explainer] = {
    "required": _missing,
    "dependentRequired": _missing,
    "additionalProperties": _unexpected,
    "unevaluatedProperties": _unexpected,
    "type": _wrong_type,
    "enum": _wrong_choice,
    "const": _wrong_choice,
    "pattern": _wrong_form,
    "format": _wrong_form,
    "not": _wrong_form,
}
