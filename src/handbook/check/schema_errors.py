"""What JSON Schema says, in words for somebody who does not know JSON Schema.

jsonschema finds the errors; this module decides where each one points, what to call it and how to mend
it. One mistake gives one problem: a misspelt field is not also a missing one, and a date that breaks two
rules is reported once.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from jsonschema import ValidationError

from handbook.check.schema_problems import NO_HINT, SchemaProblem, SchemaProblemKind
from handbook.check.words import Names, count, lower_first, nearest, one_of, shown, suggestion
from handbook.findings import MOST_OF_A_FILE
from handbook.read.document import Pointer
from handbook.read.explaining import errors
from handbook.read.scalars import resolve_plain
from handbook.read.shapes import Shape
from handbook.read.validation import Validator, fits_pattern, frozen_value

_MOST_MISSPELT = 50
"""Unknown fields of one mapping that are taken for misspelt ones; who writes more means something else."""

_FIRST_FULL_YEAR = 1000
"""Years before it are two digits of a later one."""


_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_SWITCHES = dict.fromkeys(("yes", "on", "y"), "true") | dict.fromkeys(("no", "off", "n"), "false")

_RANK = {"type": 0, "enum": 1, "const": 1, "minLength": 2, "pattern": 2, "format": 3}
_RANK_OF_OTHERS = 4
_CONDITIONAL = 10
"""Added to the rank of what only follows from the value of another field."""

_Ranked: TypeAlias = tuple[int, SchemaProblem]


@dataclass(frozen=True, slots=True)
class _Mistake:
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
        return _shape_at(self.root, self.pointer)

    @property
    def name(self) -> str:
        """The place as the subject of a sentence."""
        field = self._field
        if not field:
            return "the value"
        last = self.pointer[-1]
        return f"item {last + 1} of `{field}`" if isinstance(last, int) else f"`{field}`"

    @property
    def of(self) -> str:
        """The field, as the tail of a sentence about its value."""
        return f" of `{self._field}`" if self._field else ""

    @property
    def _field(self) -> str:
        return next((part for part in reversed(self.pointer) if isinstance(part, str)), "")

    @property
    def description(self) -> str:
        """What the schema that failed, or else the one of the place or of its list, says is meant."""
        if "description" in self.schema:
            return lower_first(str(self.schema["description"]))
        is_item = self.pointer and isinstance(self.pointer[-1], int)
        shapes = (self.shape, _shape_at(self.root, self.pointer[:-1]) if is_item else None)
        return next((lower_first(shape.description) for shape in shapes if shape and shape.description), "")

    @property
    def example(self) -> str:
        """A value that is right, when the schema has one."""
        examples = self.schema.get("examples") or (self.shape.examples if self.shape else ())
        first = examples[0] if examples else None
        return f"for example {shown(first)}" if isinstance(first, (str, int, float)) else ""

    def or_delete(self, advice: str) -> str:
        """Advice, and that the line may also be deleted, unless the field is required."""
        container = _shape_at(self.root, self.pointer[:-1])
        is_required = not self.pointer or (container is not None and self.pointer[-1] in container.required)
        return advice if is_required else f"{advice}, or delete the line"

    def problem(
        self, kind: SchemaProblemKind, message: str, hint: str = "", *below: str | int
    ) -> SchemaProblem:
        """A problem of the value, or of one below it; without a hint, it says what is meant."""
        hint = hint or self.description or NO_HINT
        return SchemaProblem(kind, (*self.pointer, *below), message, hint)

    def problem_of_key(self, message: str, hint: str, *below: str) -> SchemaProblem:
        """A field that should not be there."""
        return self.problem(SchemaProblemKind.UNEXPECTED, message, hint, *below)._replace(at_key=True)

    def problem_of_whole(self, kind: SchemaProblemKind, message: str, hint: str) -> SchemaProblem:
        """Something missing, or fields that do not go together."""
        return self.problem(kind, message, hint)._replace(at_start=True)


def explain(validator: Validator, shape: Shape, value: Any) -> list[SchemaProblem]:
    """Every mistake in a value, in no particular order.

    Args:
        validator: Checks the value against its schema.
        shape: The same schema, for names and descriptions.
        value: The value.
    """
    return _once(_explain_all(errors(validator, value), shape, ()))


def _explain_all(
    errors: Iterable[ValidationError], root: Shape, base: tuple[str | int, ...]
) -> Iterator[_Ranked]:
    """The problems behind some errors, each with its rank among those of the same value."""
    explained: set[tuple[Any, ...]] = set()
    for error in errors:
        if error.validator == "required":
            # There is an error for each field that is missing, and the first one explains them all.
            place = (*error.path, None, *error.schema_path)
            if place in explained:
                continue
            explained.add(place)
        mistake = _Mistake(error, (*base, *error.path), root)
        follows = _CONDITIONAL if {"then", "else", "dependentSchemas"}.intersection(error.schema_path) else 0
        for rank, problem in _explain(mistake):
            yield rank + follows, problem


def _once(ranked: Iterable[_Ranked]) -> list[SchemaProblem]:
    """Keeps one problem for each value and drops what follows from another; enough, when there are many."""
    best: dict[tuple[Any, ...], _Ranked] = {}
    for rank, problem in ranked:
        if len(best) > 2 * MOST_OF_A_FILE:
            break
        about_fields = problem.kind in {SchemaProblemKind.MISSING, SchemaProblemKind.UNEXPECTED}
        place = (
            (tuple(problem.pointer), problem.kind, problem.message)
            if about_fields
            else tuple(problem.pointer)
        )
        if place not in best or rank < best[place][0]:
            best[place] = (rank, problem)
    # A condition on a field that is wrong or missing has said nothing yet.
    undecided = {
        _container(problem)
        for rank, problem in best.values()
        if rank < _CONDITIONAL and problem.kind is not SchemaProblemKind.UNEXPECTED
    }
    return [
        problem
        for rank, problem in best.values()
        if rank < _CONDITIONAL or _container(problem) not in undecided
    ]


def _container(problem: SchemaProblem) -> tuple[str | int, ...]:
    return tuple(problem.pointer if problem.at_start else problem.pointer[:-1])


def _shape_at(shape: Shape, pointer: Pointer) -> Shape | None:
    found: Shape | None = shape
    for part in pointer:
        if found is None:
            return None
        found = found.items if isinstance(part, int) else found.field(part)
    return found


def _explain(mistake: _Mistake) -> Iterator[_Ranked]:
    keyword = mistake.keyword
    if keyword in {"anyOf", "oneOf"}:
        yield from _alternatives(mistake)
        return
    path = mistake.error.schema_path
    if len(path) > 1 and path[-2] == "propertyNames":
        explain: _Explainer = _forbidden_name
    elif keyword == str(None):
        explain = _forbidden_field
    else:
        explain = _BY_KEYWORD.get(keyword, _wrong_size)
    for problem in explain(mistake):
        yield _RANK.get(keyword, _RANK_OF_OTHERS), problem


def _missing(mistake: _Mistake) -> Iterator[SchemaProblem]:
    known = mistake.shape.properties if mistake.shape else {}
    wanted: Any = mistake.error.validator_value
    present: Mapping[str, Any] = mistake.value
    strange = islice((name for name in present if name not in known), _MOST_MISSPELT)
    names = Names(known)
    meant = {names.nearest(name) for name in strange}
    required: Sequence[str] = (
        wanted
        if mistake.keyword == "required"
        else [name for key, names in wanted.items() if key in present for name in names]
    )
    for name in required:
        # A misspelt field is reported where it stands, not a second time as missing.
        if name in present or name in meant:
            continue
        field = known.get(name)
        hint = f"add `{name}: …`"
        if field and field.choices:
            hint += f", one of {one_of(field.choices)}"
        elif field and field.description:
            hint += f": {lower_first(field.description)}"
        yield mistake.problem_of_whole(SchemaProblemKind.MISSING, f"`{name}` is missing", hint)


def _unexpected(mistake: _Mistake) -> Iterator[SchemaProblem]:
    known = mistake.shape.properties if mistake.shape else {}
    patterns = tuple(mistake.schema.get("patternProperties", ()))
    forbidden = [
        name
        for name in mistake.value
        if name not in known and not any(fits_pattern(pattern, name) for pattern in patterns)
    ]
    free = [other for other in known if other not in mistake.value]
    names = Names(free)
    for name in forbidden:
        yield mistake.problem_of_key(
            f"there is no field {shown(name)}{_in(mistake.shape, mistake.pointer)}",
            names.suggestion(name) or (NO_HINT if free else "delete it; every field it may have is there"),
            name,
        )
    if not forbidden:
        yield mistake.problem_of_whole(
            SchemaProblemKind.UNEXPECTED, "these fields do not go together here", NO_HINT
        )


def _forbidden_name(mistake: _Mistake) -> Iterator[SchemaProblem]:
    """A key that `propertyNames` refuses; the error's instance is the key itself."""
    name = str(mistake.value)
    allowed: Any = mistake.error.validator_value if mistake.keyword == "enum" else ()
    yield mistake.problem_of_key(
        f"{shown(name)} is not allowed here",
        suggestion(name, allowed) or "write the name otherwise, or delete it",
        name,
    )


def _forbidden_field(mistake: _Mistake) -> Iterator[SchemaProblem]:
    """A field that exists, but not together with what else stands there (a schema of `false`)."""
    yield mistake.problem_of_key(
        f"{mistake.name} does not belong here", "delete it, or change the field it depends on"
    )


def _wrong_choice(mistake: _Mistake) -> Iterator[SchemaProblem]:
    wanted: Any = mistake.error.validator_value
    names = [
        name if isinstance(name, str) else json.dumps(name)
        for name in (wanted if mistake.keyword == "enum" else [wanted])
    ]
    near = nearest(str(mistake.value), names)
    if mistake.value is None:
        hint = mistake.or_delete(f"write {one_of(names)}")
        yield mistake.problem(SchemaProblemKind.CHOICE, f"{mistake.name} has no value", hint)
        return
    yield mistake.problem(
        SchemaProblemKind.CHOICE,
        f"{shown(mistake.value)} is not an allowed value{mistake.of}",
        f"did you mean `{near}`? Allowed: {one_of(names)}" if near else f"use {one_of(names)}",
    )


def _wrong_form(mistake: _Mistake) -> Iterator[SchemaProblem]:
    value: Any = mistake.value
    wanted: Any = mistake.error.validator_value
    if isinstance(value, str) and not value.strip():
        hint = mistake.or_delete("write something")
        yield mistake.problem(SchemaProblemKind.SIZE, f"{mistake.name} is empty", hint)
        return
    message = f"{shown(value)} does not have the right form{mistake.of}"
    hint = "; ".join(filter(None, (mistake.description.rstrip("."), mistake.example)))
    if isinstance(value, str) and mistake.keyword == "pattern":
        fits = partial(fits_pattern, wanted)
        line = " ".join(value.split())
        most = mistake.schema.get("maxLength", len(value))
        near = next(filter(fits, (_id_like(value), value.upper(), value.strip())), "")[:most]
        if "\n" in value and fits(line):
            message = f"{mistake.name} must stand on one line"
            hint = "write it on the line of its name, without `|` or `>`, or in quotes"
        elif near and fits(near):
            hint = f"did you mean `{near}`?"
    elif mistake.keyword == "format" and wanted == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        message = f"{shown(value)} is not a day of the calendar"
        hint = "write the day as year-month-day"
    if isinstance(value, str) and mistake.schema.get("format") == "date":
        hint = _days_meant(value) or hint
    yield mistake.problem(SchemaProblemKind.FORM, message, hint)


def _days_meant(text: str) -> str:
    """A hint for a day in another notation; empty when it is none. `01/08/2026` may mean two days."""
    parts = re.fullmatch(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", text.strip())
    if not parts:
        return ""
    first, second, third = map(int, parts.groups())
    year, orders = (third, ((second, first), (first, second))) if third > 31 else (first, ((second, third),))  # noqa: PLR2004 - the last day of a month
    if year < _FIRST_FULL_YEAR:
        return ""
    days = []
    for month, day in orders:
        with suppress(ValueError):
            days.append(date(year, month, day))
    meant = [f"`{day}` ({day.day} {day:%B})" for day in dict.fromkeys(days)]
    return f"write {' or '.join(meant)}" if meant else ""


def _id_like(text: str) -> str:
    """A name written as an id, or nothing when it holds more than words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) if re.fullmatch(r"[\w\s&,'-]+", text) else ""


def _wrong_type(mistake: _Mistake) -> Iterator[SchemaProblem]:
    wanted: Any = mistake.error.validator_value
    yield _type_problem(mistake, wanted if isinstance(wanted, list) else [wanted])


def _type_problem(mistake: _Mistake, wanted: Sequence[str]) -> SchemaProblem:
    value = mistake.value
    if value is None:
        hint = mistake.or_delete("write a value")
        return mistake.problem(SchemaProblemKind.TYPE, f"{mistake.name} has no value", hint)
    names = " or ".join(_TYPES.get(name, name) for name in wanted)
    if isinstance(value, str) and not value.strip():
        message = f"{mistake.name} must be {names}, not an empty text"
        return mistake.problem(SchemaProblemKind.TYPE, message, mistake.or_delete("write a value"))
    found = f"the text {shown(value)}" if isinstance(value, str) else shown(value)
    if "string" in wanted and isinstance(value, (int, float)) and not isinstance(value, bool):
        found = "a number"  # Which is no longer known as it was written: 1.10, 007.
    message = f"{mistake.name} must be {names}, not {found}"
    return mistake.problem(SchemaProblemKind.TYPE, message, _type_hint(mistake, wanted))


def _type_hint(mistake: _Mistake, wanted: Sequence[str]) -> str:
    value, shape = mistake.value, mistake.shape
    hint = mistake.example
    if "string" in wanted and isinstance(value, (int, float)):
        hint = "put it in quotes"
    elif isinstance(value, str) and "boolean" in wanted and value.casefold() in _SWITCHES:
        hint = f"write `{_SWITCHES[value.casefold()]}`"
    elif isinstance(value, str) and _is_meant_plain(value, wanted):
        hint = "delete the quotes"
    elif "array" in wanted and isinstance(value, dict):
        hint = "begin each item with a dash: `- …`"
    elif "array" in wanted and isinstance(value, str) and re.fullmatch(r"[\w-]+(, *[\w-]+)+", value):
        hint = f"write `[{value}]`"
    elif "array" in wanted:
        hint = f"begin a line below with a dash: `- {shown(value)[1:-1]}`"
    elif "object" in wanted and shape and shape.properties:
        names = [name for name in shape.properties if name in shape.required] or list(shape.properties)
        hint = f"write its fields on lines of their own: {', '.join(f'`{name}: …`' for name in names[:5])}"
    return hint


def _is_meant_plain(text: str, wanted: Sequence[str]) -> bool:
    """Whether a text would be right without its quotes."""
    longest = 40
    types = tuple(kind for name in wanted for kind in _PYTHON_TYPES.get(name, ()))
    return len(text) <= longest and isinstance(resolve_plain(text), types)


def _alternatives(mistake: _Mistake) -> Iterator[_Ranked]:
    branches: dict[int, list[ValidationError]] = {}
    for part in mistake.error.context or ():
        branches.setdefault(int(part.schema_path[0]), []).append(part)
    if not branches or all(
        len(parts) == 1 and parts[0].validator == "required" and not parts[0].path
        for parts in branches.values()
    ):
        yield _RANK_OF_OTHERS, _one_of_several(mistake, is_missing=bool(branches))
        return
    # The branch that was meant is the one whose errors lie deepest and are not about its very type.
    wrong_types = [
        next((part for part in parts if part.validator == "type" and not part.path), None)
        for parts in branches.values()
    ]
    meant = [parts for parts, wrong in zip(branches.values(), wrong_types, strict=True) if wrong is None]
    if meant:
        best = min(meant, key=lambda parts: (-max(len(part.path) for part in parts), len(parts)))
        yield from _explain_all(best, mistake.root, mistake.pointer)
        return
    values = [wrong.validator_value for wrong in wrong_types if wrong]
    wanted = [name for value in values for name in (value if isinstance(value, list) else [value])]
    yield 0, _type_problem(mistake, list(dict.fromkeys(map(str, wanted))))


def _one_of_several(mistake: _Mistake, *, is_missing: bool) -> SchemaProblem:
    """Fields of which one is needed and none is there, or one is allowed and several are."""
    branches: Any = mistake.error.validator_value
    fields = [branch.get("required", ()) if isinstance(branch, Mapping) else () for branch in branches]
    names = list(dict.fromkeys(str(name) for required in fields for name in required))
    if is_missing:
        message, hint = f"one of {one_of(names)} is needed", f"add {one_of(f'{name}: …' for name in names)}"
    elif all(fields):
        message, hint = f"only one of {one_of(names)} may stand here", "delete the others"
    else:
        message, hint = f"{mistake.name} can be read in more than one way", ""
    return mistake.problem_of_whole(SchemaProblemKind.ALTERNATIVE, message, hint)


def _wrong_size(mistake: _Mistake) -> Iterator[SchemaProblem]:
    limit, value, keyword = mistake.error.validator_value, mistake.value, mistake.keyword
    length = len(value) if isinstance(value, (str, list, dict)) else 0
    if keyword in {"minLength", "minItems", "minProperties"} and not length:
        hint = mistake.or_delete("write something" if isinstance(value, str) else "add something")
        yield mistake.problem(SchemaProblemKind.SIZE, f"{mistake.name} is empty", hint)
        return
    if keyword == "uniqueItems" and isinstance(value, list):
        index = _first_repeated(value)
        yield mistake.problem(
            SchemaProblemKind.SIZE,
            f"{shown(value[index])} stands in `{mistake.pointer[-1]}` twice"
            if mistake.pointer
            else f"{shown(value[index])} stands here twice",
            "delete one of the two",
            index,
        )
        return
    tail, hint = {
        "minLength": (f"has {count(length, 'character')}, the least is {limit}", "write more"),
        "maxLength": (f"has {count(length, 'character')}, the most is {limit}", "shorten it"),
        "minimum": (f"is {shown(value)}, the least is {limit}", ""),
        "maximum": (f"is {shown(value)}, the most is {limit}", ""),
        "exclusiveMinimum": (f"is {shown(value)}, it must be more than {limit}", ""),
        "exclusiveMaximum": (f"is {shown(value)}, it must be less than {limit}", ""),
        "multipleOf": (f"is {shown(value)}, it must be a multiple of {limit}", ""),
        "minItems": (f"has {count(length, 'item')}, the least is {limit}", "add one"),
        "maxItems": (f"has {count(length, 'item')}, the most is {limit}", "leave some out"),
        "minProperties": (f"has {count(length, 'field')}, the least is {limit}", "add one"),
        "maxProperties": (f"has {count(length, 'field')}, the most is {limit}", "leave some out"),
    }.get(keyword, (f"does not fit `{keyword}` in its schema", ""))
    yield mistake.problem(SchemaProblemKind.SIZE, f"{mistake.name} {tail}", hint)


def _first_repeated(items: Sequence[Any]) -> int:
    """The place of the first item of a list that stands further up as well."""
    seen: set[Any] = set()
    for index, item in enumerate(items):
        frozen = frozen_value(item)
        if frozen in seen:
            return index
        seen.add(frozen)
    return 0


def _in(shape: Shape | None, pointer: Pointer) -> str:
    """The container of a field, as the tail of a sentence."""
    last = pointer[-1] if pointer else 0
    if isinstance(last, str):
        return f" in `{last}`"
    if shape is None or not shape.title:
        return ""
    article = "an" if shape.title[0].lower() in "aeiou" else "a"
    return f" in {article} {shape.title.lower()}"


_Explainer: TypeAlias = Callable[[_Mistake], Iterable[SchemaProblem]]

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
