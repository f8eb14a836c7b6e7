"""Find values that the schema of their field refuses, before they are in the handbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from handbook.base.rhythm import RhythmError
from handbook.base.words import shown
from handbook.imports.problems import ImportProblem
from handbook.kinds.process.timing import read_timing
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.problems import SchemaProblemKind
from handbook.read.values import list_at
from handbook.read.yaml.document import Pointer

_OF_VALUES = frozenset(
    {SchemaProblemKind.TYPE, SchemaProblemKind.CHOICE, SchemaProblemKind.FORM, SchemaProblemKind.SIZE}
)
_NOTES = "notes"
_ANY_DAY = date(2026, 1, 1)


def misfits(
    kind: Kind, entry_id: str, entry: dict[str, Any], place: str, new: Collection[str]
) -> Iterator[ImportProblem]:
    """Yield the values of an entry that don't fit, and move them to its notes if it has some.

    Args:
        kind: Its kind.
        entry_id: Its ID.
        entry: What the file says of it.
        place: Its place in the file.
        new: The fields and words that the import creates.
    """
    value = {"id": entry_id.rpartition("/")[2], **entry}
    for problem in schema_problems(kind.validator, kind.shape, value):
        pointer = tuple(problem.pointer)
        found = _at(value, pointer)
        if problem.kind not in _OF_VALUES or not pointer or pointer[0] in new or found in new:
            continue
        yield ImportProblem(place, problem.message, problem.hint, can_leave_out=True)
        _remove(entry, pointer)
        if kind.shape.field(_NOTES):
            line = f"{pointer[0]}: {shown(found, 200)[1:-1]}"
            entry[_NOTES] = "\n\n".join(filter(None, (entry.get(_NOTES), line)))


def unclear_dates(kind: Kind, entry: Mapping[str, Any], place: str) -> Iterator[ImportProblem]:
    """Yield the events of a process whose dates can't be calculated: without them, it is no entry.

    Args:
        kind: The kind of the entry.
        entry: What the file says of it.
        place: Its place in the file.
    """
    for item in list_at(entry, ("calendar",)) if kind.name == "process" else ():
        try:
            if isinstance(item, Mapping) and "repeats" in item:
                read_timing(item, _ANY_DAY)
        except RhythmError as error:
            yield ImportProblem(place, str(error), error.hint, can_leave_out=True)


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value if isinstance(value, (str, int, float)) else ""


def _remove(value: Any, pointer: Pointer) -> None:
    """Remove a value, and the list or mapping around it if nothing else is in it."""
    step, *rest = pointer
    if rest:
        _remove(value[step], rest)
    if isinstance(value, list) and isinstance(step, int):
        # The positions of others stay, until `compact` closes the gaps.
        value[step] = value[step] if rest and value[step] else None
    elif not rest or not value[step]:
        del value[step]


def compact(value: Any) -> Any:
    """Return a value without the items that were removed, and without empty lists and mappings."""
    if isinstance(value, Mapping):
        parts = {name: compact(part) for name, part in value.items()}
        return {name: part for name, part in parts.items() if part not in (None, [], {})}
    return (
        [each for each in map(compact, value) if each not in (None, [], {})]
        if isinstance(value, list)
        else value
    )
