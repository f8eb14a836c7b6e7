"""Explain the errors of JSON Schema to people who don't know JSON Schema.

jsonschema finds the errors, `mistakes` explains each keyword, and this module selects the errors that matter.
One mistake gives one problem: a misspelt field is not also reported as missing, and a date that breaks two
rules is reported once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from jsonschema import ValidationError

from handbook.base.findings import MOST_OF_A_FILE
from handbook.base.words import one_of
from handbook.read.schemas.explaining import errors
from handbook.read.schemas.mistakes.fields import forbidden_field, forbidden_name, missing, unexpected
from handbook.read.schemas.mistakes.forms import wrong_choice, wrong_form
from handbook.read.schemas.mistakes.mistake import Mistake
from handbook.read.schemas.mistakes.sizes import wrong_size
from handbook.read.schemas.mistakes.value_types import type_problem, wrong_type
from handbook.read.schemas.problems import SchemaProblem, SchemaProblemKind
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import Validator

_RANK = {"type": 0, "enum": 1, "const": 1, "minLength": 2, "pattern": 2, "format": 3}
_RANK_OF_OTHERS = 4
_CONDITIONAL = 10
"""The extra rank of an error that depends on the value of another field."""

_Ranked: TypeAlias = tuple[int, SchemaProblem]


def explain(validator: Validator, shape: Shape, value: Any) -> list[SchemaProblem]:
    """Return all mistakes in a value, in no particular order.

    Args:
        validator: Checks the value against its schema.
        shape: The same schema, for names and descriptions.
        value: The value.
    """
    return _once(_explain_all(errors(validator, value), shape, ()))


def _explain_all(
    errors: Iterable[ValidationError], root: Shape, base: tuple[str | int, ...]
) -> Iterator[_Ranked]:
    """Yield the problems behind some errors, each with its rank among those of the same value."""
    explained: set[tuple[Any, ...]] = set()
    for error in errors:
        if error.validator == "required":
            # Every missing field has its own error, and the first one explains them all.
            place = (*error.path, None, *error.schema_path)
            if place in explained:
                continue
            explained.add(place)
        mistake = Mistake(error, (*base, *error.path), root)
        follows = _CONDITIONAL if {"then", "else", "dependentSchemas"}.intersection(error.schema_path) else 0
        for rank, problem in _explain(mistake):
            yield rank + follows, problem


def _once(ranked: Iterable[_Ranked]) -> list[SchemaProblem]:
    """Return one problem for each value, without those that follow from another. Stop if there are many."""
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
    # A condition on an invalid or missing field is still undecided.
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


def _explain(mistake: Mistake) -> Iterator[_Ranked]:
    keyword = mistake.keyword
    if keyword in {"anyOf", "oneOf"}:
        yield from _alternatives(mistake)
        return
    path = mistake.error.schema_path
    if len(path) > 1 and path[-2] == "propertyNames":
        explain: _Explainer = forbidden_name
    elif keyword == str(None):
        explain = forbidden_field
    else:
        explain = _BY_KEYWORD.get(keyword, wrong_size)
    for problem in explain(mistake):
        yield _RANK.get(keyword, _RANK_OF_OTHERS), problem


def _alternatives(mistake: Mistake) -> Iterator[_Ranked]:
    branches: dict[int, list[ValidationError]] = {}
    for part in mistake.error.context or ():
        branches.setdefault(int(part.schema_path[0]), []).append(part)
    if not branches or all(
        len(parts) == 1 and parts[0].validator == "required" and not parts[0].path
        for parts in branches.values()
    ):
        yield _RANK_OF_OTHERS, _one_of_several(mistake, is_missing=bool(branches))
        return
    # The intended branch is the one with the deepest errors that are not about its own type.
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
    yield 0, type_problem(mistake, list(dict.fromkeys(map(str, wanted))))


def _one_of_several(mistake: Mistake, *, is_missing: bool) -> SchemaProblem:
    """Return the problem that one of several fields is required, or that only one is allowed."""
    branches: Any = mistake.error.validator_value
    fields = [branch.get("required", ()) if isinstance(branch, Mapping) else () for branch in branches]
    names = list(dict.fromkeys(str(name) for required in fields for name in required))
    if is_missing:
        message, hint = f"Missing field {one_of(names)}", f"Add {one_of(f'{name}: …' for name in names)}"
    elif all(fields):
        message, hint = f"Only one of {one_of(names)} is allowed", "Remove the others"
    else:
        message, hint = f"{mistake.name} is ambiguous", ""
    return mistake.problem_of_whole(SchemaProblemKind.ALTERNATIVE, message, hint)


_Explainer: TypeAlias = Callable[[Mistake], Iterable[SchemaProblem]]

_BY_KEYWORD: dict[str, _Explainer] = {
    "required": missing,
    "dependentRequired": missing,
    "additionalProperties": unexpected,
    "unevaluatedProperties": unexpected,
    "type": wrong_type,
    "enum": wrong_choice,
    "const": wrong_choice,
    "pattern": wrong_form,
    "format": wrong_form,
    "not": wrong_form,
}
