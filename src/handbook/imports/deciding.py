"""Say what has to be decided before an import: columns without a field, missing values, what is created."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.words import count, one_of, shown, suggestion
from handbook.imports.fields import NAMESPACE, paths, shape_at_path
from handbook.imports.filling import costs_without_pricing, missing_fields
from handbook.imports.headers import guessed_columns
from handbook.imports.interpreting import Interpreter
from handbook.imports.mapping import Mapped
from handbook.imports.nesting import list_levels
from handbook.imports.planning import EntryPlan
from handbook.imports.problems import ImportProblem, Question
from handbook.imports.table import Row, Table
from handbook.imports.task import Task
from handbook.read.schemas.kinds import Kind
from handbook.write.proposal import Operation

_MOST_NAMED = 8
_LIKE_PERSON = re.compile(r"@|^[^\W\d_a-z][\w'-]+,? [^\W\d_a-z][\w'-]+$")
"""What a name of a person looks like, and that of some teams."""
_FEW_GONE = 3
"""The fewest entries that are much; from there on, more than a third."""
_NAMES = frozenset({"name", "title", "question", "id"})


def missing_name(kind: Kind, table: Table, mapped: Mapped) -> Iterator[ImportProblem]:
    """Yield the problem of a file of which nothing says which column has the names."""
    here = {column: path for column, path in mapped.columns.items() if path and column in table.columns}
    known: Mapping[str, Any] = dict.fromkeys(here.values())
    if _NAMES.isdisjoint(known) and not mapped.name:
        others = [column for column, path in mapped.columns.items() if path in _NAMES]
        question = Question(
            ("name",), f"The name of the {kind.label.lower()} in the file", (), "`--name NAME`"
        )
        is_nested = bool(list_levels(kind.shape, known))
        hint = "Add `--column 'TITLE=name'`" + (
            ", or `--name NAME` if the file is one entry" if is_nested else ""
        )
        message = f"No column has the names of {kind.plural}"
        if others:
            message = f"{message}; the mapping `{mapped.path}` expects {one_of(others)}"
        yield ImportProblem("", message, hint, question if is_nested else None)


def fieldless_columns(kind: Kind, table: Table, mapped: Mapped) -> Iterator[ImportProblem]:
    """Yield the columns without a field, with the number of their values, and unknown fields."""
    yield from _unknown_fields(kind, table, mapped)
    for column in table.columns:
        if column in mapped.columns:
            continue
        values = sum(column in row.cells for row in table.rows)
        option = f"`--column '{column}=FIELD'`"
        question = Question(("columns", column), f"The field of the column `{column}`", (), option)
        alone = guessed_columns(kind, table._replace(columns=[column]), {}).get(column)
        taken = next((each for each in table.columns if alone and mapped.columns.get(each) == alone), "")
        yield ImportProblem(
            "",
            f"No field for the column `{column}`, which has {count(values, 'value')}"
            + (f" (`{alone}` is that of `{taken}`)" if taken else ""),
            f"Add {option}, `--column '{column}='` to leave it out, or `--create fields`",
            question,
        )


def _unknown_fields(kind: Kind, table: Table, mapped: Mapped) -> Iterator[ImportProblem]:
    """Yield the fields of the mapping that entries of the kind don't have."""
    named = {f"the column `{each}`": mapped.columns.get(each) for each in table.columns}
    named |= {f"`set` of `{path}`": path for path in mapped.set}
    for where, path in named.items():
        if path and path != NAMESPACE and shape_at_path(kind.shape, path) is None:
            yield ImportProblem("", f"Unknown field {shown(path)} for {where}", suggestion(path, paths(kind)))


def missing_values(
    kind: Kind, entries: Mapping[str, Mapping[str, Any]], rows: Mapping[str, Sequence[Row]]
) -> Iterator[ImportProblem]:
    """Yield the required fields that new entries lack, each once.

    Args:
        kind: Their kind.
        entries: The new entries by ID.
        rows: The rows of each entry.
    """
    lacking: Counter[str] = Counter()
    first: dict[str, str] = {}
    for entry_id, entry in entries.items():
        for path in set(missing_fields(entry, kind.shape)):
            lacking[path] += 1
            first.setdefault(path, rows[entry_id][0].place)
    for path, number in sorted(lacking.items()):
        shape = paths(kind).get(path)
        choices = tuple(map(str, shape.choices)) if shape else ()
        what = f"{'1 entry has' if number == 1 else f'{number:,} entries have'} no `{path}`"
        option = f"`--set {path}=VALUE`"
        hint = f"Add {option}" + (f" with {one_of(choices)}" if choices else "")
        question = Question(("set", path), f"{what}. Which value is right for all of them?", choices, option)
        yield ImportProblem(first[path], what, hint, question)


def much_gone(task: Task, gone: Collection[str]) -> Iterator[ImportProblem]:
    """Yield the problem of a file that lacks much of what earlier imports added: it can be another list.

    Args:
        task: The import.
        gone: The IDs of the entries that the import added and the file no longer has.
    """
    entries = task.context.ids.get(task.kind.name, {})
    owned = [
        entry_id
        for entry_id, each in task.record.items()
        if each.is_added and each.gone is None and entry_id in entries
    ]
    if len(gone) >= _FEW_GONE and len(gone) * 3 > len(owned) and not task.allows_gone:
        names = ", ".join(f"`{each}`" for each in sorted(gone)[:_MOST_NAMED])
        names += ", …" if len(gone) > _MOST_NAMED else ""
        counted = task.kind.counted(len(owned))
        message = f"The file lacks {len(gone):,} of {counted} of the last import: {names}"
        hint = (
            "For another list, add `--map NAME` with a new name. If they are really gone, add `--allow-gone`"
        )
        yield ImportProblem("", message, hint)


def consents(interpreter: Interpreter, spaces: Mapping[str, str], mapped: Mapped) -> Iterator[ImportProblem]:
    """Yield what the handbook lacks and the import can create with consent.

    Args:
        interpreter: What has read the cells.
        spaces: The titles of new namespaces, by name.
        mapped: The mapping.
    """
    references = interpreter.references.items()
    lacking = {
        "teams": [name for (kind, _), name in references if kind == "team"],
        "roles": [name for (kind, _), name in references if kind == "role"],
        "words": [word for words in interpreter.words.values() for word in words],
        "namespaces": list(spaces.values()),
    }
    for what, names in lacking.items():
        if names and what not in mapped.create:
            shown = ", ".join(f"`{each}`" for each in names[:_MOST_NAMED])
            more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
            option = f"`--create {what}`"
            question = Question(
                ("create", what), f"Create these {what}: {shown}{more}?", ("yes", "no"), option
            )
            hint = f"Add {option}, or say what they mean with `--word 'TITLE=TEXT=VALUE'`"
            person = next(filter(_LIKE_PERSON.search, names), "") if what == "teams" else ""
            if person:
                hint += f". If `{person}` is a person, say their team: owners change, and the handbook stays"
            yield ImportProblem("", f"Unknown {what}: {shown}{more}", hint, question)


def costs_as_totals(
    kind: Kind, said: Mapping[str, Mapping[str, Any]], plans: Sequence[EntryPlan]
) -> Iterator[str]:
    """Yield how costs were taken that don't say whether they are per seat."""
    counts = Counter(
        path
        for plan in plans
        for path in costs_without_pricing(kind, said[plan.id])
        if said[plan.id][path]["amount"] and any(_says_total(each, path) for each in plan.operations)
    )
    for path, number in counts.items():
        how = f"If all are per seat, add `--set {path}.per_seat=true`; if some are, write it in their entries"
        yield f"`{path}` of {kind.counted(number)} taken as the total. {how}"


def _says_total(operation: Operation, path: str) -> bool:
    """Return whether an operation writes that an amount isn't per seat."""
    if operation.op == "add":
        return operation.value[path].get("per_seat") is False
    cost = operation.value if operation.path == f"/{path}" else {}
    return cost.get("per_seat") is False or (
        operation.path == f"/{path}/per_seat" and operation.value is False
    )
