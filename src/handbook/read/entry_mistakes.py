"""The schema errors of an entry, with those that its file explains."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.thousands import as_thousands, may_be_thousands
from handbook.base.words import first_sentence, shown
from handbook.read.raw import RawEntry
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.places import shape_at
from handbook.read.schemas.problems import SchemaProblem, SchemaProblemKind
from handbook.read.swallowed import SwallowedField


def mistakes_of(entry: RawEntry) -> Iterator[SchemaProblem]:
    """Yield the schema errors of an entry."""
    is_misspelt = False
    for problem in schema_problems(entry.kind.validator, entry.kind.shape, entry.plain_value):
        is_misspelt = is_misspelt or _is_misspelt_id(problem)
        yield (
            _about_file_name(problem, entry)
            if _is_of_file_name(problem, entry)
            else _about_point(problem, entry)
        )
    # Schemas don't require the ID: a file with one entry takes it from the file name.
    if "id" not in entry.value and not is_misspelt:
        field = entry.kind.shape.field("id")
        hint = f"Add `id: …`: {first_sentence(field.description)}" if field else "Add `id: …`"
        yield SchemaProblem(SchemaProblemKind.MISSING, (), "Missing field `id`", hint, at_start=True)


def follows(problem: SchemaProblem, lost: SwallowedField) -> bool:
    """Return whether a mistake is only a consequence of fields that became part of a text."""
    is_missing = problem.kind is SchemaProblemKind.MISSING
    return tuple(problem.pointer) == tuple(lost.pointer) or (
        is_missing and tuple(problem.pointer) == tuple(lost.pointer[: len(problem.pointer)])
    )


def _is_misspelt_id(problem: SchemaProblem) -> bool:
    """Return whether a problem is about a field of the entry that was meant to be its ID."""
    is_field = problem.kind is SchemaProblemKind.UNEXPECTED and len(problem.pointer) == 1
    return is_field and problem.meant is not None and problem.meant.value == "id"


def _is_of_file_name(problem: SchemaProblem, entry: RawEntry) -> bool:
    """Return whether a problem is about an ID that comes from the file name."""
    document = entry.source.document.value
    return (
        entry.named_by_file
        and tuple(problem.pointer) == ("id",)
        and isinstance(document, dict)
        and "id" not in document
    )


def _about_file_name(problem: SchemaProblem, entry: RawEntry) -> SchemaProblem:
    message = f"Invalid ID {shown(entry.id)} from the file name"
    return SchemaProblem(problem.kind, (), message, f"Rename the file. {problem.hint}", at_start=True)


def _about_point(problem: SchemaProblem, entry: RawEntry) -> SchemaProblem:
    """Return the problem of a wrong type, with advice if it is a number of thousands with a point."""
    if problem.kind is not SchemaProblemKind.TYPE:
        return problem
    shape = shape_at(entry.kind.shape, problem.pointer)
    _, text = entry.source.document.written((*entry.at, *problem.pointer))
    if shape is None or "integer" not in shape.types or not may_be_thousands(text):
        return problem
    return problem._replace(hint=f"Write `{as_thousands(text)}`: a point is only before decimals")
