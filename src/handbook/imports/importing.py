"""Prepare an import: from a table to the changes of the handbook, or what has to be decided first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.imports.consent import add_settings, with_namespaces
from handbook.imports.deciding import (
    consents,
    costs_as_totals,
    fieldless_columns,
    missing_name,
    missing_values,
    much_gone,
)
from handbook.imports.directory import Directory
from handbook.imports.entries import ColumnReport, EntryMaker
from handbook.imports.filling import OPEN, filled
from handbook.imports.fitting import compact, misfits, unclear_dates
from handbook.imports.headers import guessed_columns
from handbook.imports.interpreting import Interpreter
from handbook.imports.mapping import Mapped
from handbook.imports.own_fields import add_fields, own_fields, with_fields
from handbook.imports.planning import GONE, EntryPlan, Said, plan_entry
from handbook.imports.problems import ImportProblem
from handbook.imports.record import Recorded, record_path, record_text
from handbook.imports.rows import Identified, identified, is_total
from handbook.imports.table import Row, Table
from handbook.imports.task import Task
from handbook.imports.texts import as_line, clean
from handbook.read.context import Context
from handbook.read.life import is_gone
from handbook.read.schemas.kinds import Kind
from handbook.write.draft import Draft
from handbook.write.proposal import Operation

_REMOVED = "People removed the entry, and it stays removed. To add it again, remove its line from the record"


class Prepared(NamedTuple):
    """An import that can be made, or what has to be decided first.

    Attributes:
        mapped: The mapping, with what was guessed.
        problems: What has to be decided. Without any, the import can be made.
        left_out: What is left out, because people said so.
        columns: What becomes of each column.
        notes: How values were taken that can mean more than one thing, and what was not read.
        plans: What happens to each entry, those that vanished from the file last.
        references: The operations that add entries which others name.
        places: The place in the file of each entry.
        context: The handbook with what the import creates in its settings and schemas.
        record: The record of the last import.
        words: The texts of the new words of vocabularies, by vocabulary and word.
        namespaces: The new namespaces.
        fields: The new fields.
    """

    mapped: Mapped
    problems: Sequence[ImportProblem]
    left_out: Sequence[ImportProblem]
    columns: Sequence[ColumnReport]
    notes: Sequence[str]
    plans: Sequence[EntryPlan]
    references: Sequence[Operation]
    places: Mapping[str, str]
    context: Context
    record: Mapping[str, Recorded]
    words: Mapping[str, Mapping[str, str]]
    namespaces: Mapping[str, str]
    fields: Mapping[str, Mapping[str, Any]]


def with_guesses(kind: Kind, table: Table, mapped: Mapped) -> Mapped:
    """Return a mapping with the fields of the columns that it doesn't have, as far as they can be told."""
    starts = {column[:-1]: path for column, path in mapped.columns.items() if column.endswith("*")}
    alike = {
        column: path for column in table.columns for start, path in starts.items() if column.startswith(start)
    }
    told = {**alike, **mapped.columns}
    # What the mapping says of columns of another list takes no field from those of this one.
    here = {column: path for column, path in told.items() if column in table.columns}
    known = {**guessed_columns(kind, table, here), **told}
    in_order = {column: known[column] for column in table.columns if column in known}
    return mapped._replace(columns={**in_order, **known})


def prepare(task: Task) -> Prepared:
    """Return an import that can be made, or what has to be decided first."""
    problems = [ImportProblem("", each, can_leave_out=True) for each in task.table.problems]
    fields, mapped = own_fields(task.context, task.table, task.kind, task.mapped)
    context, kind = with_fields(task.context, task.kind, fields)
    problems += [*fieldless_columns(kind, task.table, mapped)]
    nameless = list(missing_name(kind, task.table, mapped))
    others = _others(task.table, mapped)
    totals = [row for row in task.table.rows if is_total(row)]
    # Nothing can be told of rows without names.
    rows = [] if nameless else [row for row in task.table.rows if row not in others and row not in totals]
    table = task.table._replace(rows=rows)
    task = task._replace(context=context, kind=kind, mapped=mapped, table=table)
    directory = Directory(context)
    found = identified(task, directory)
    spaces = {
        name: each for name, each in found.namespaces.items() if name not in context.settings.namespaces
    }
    context = with_namespaces(context, spaces)
    interpreter = Interpreter(task, directory)
    made = EntryMaker(kind, mapped, interpreter).made(found, table.columns)
    created = {*fields, *(word for words in interpreter.words.values() for word in words)}
    for entry_id, entry in made.entries.items():
        problems += misfits(kind, entry_id, entry, found.rows[entry_id][0].place, created)
    undated = {
        entry_id: [*unclear_dates(kind, entry, found.rows[entry_id][0].place)]
        for entry_id, entry in made.entries.items()
    }
    problems += chain.from_iterable(undated.values())
    said = {entry_id: compact(entry) for entry_id, entry in made.entries.items() if not undated[entry_id]}
    whole = {entry_id: filled(kind, entry, mapped) for entry_id, entry in said.items()}
    known = context.ids.get(kind.name, {})
    new = {entry_id: entry for entry_id, entry in whole.items() if entry_id not in known}
    problems += [*nameless, *found.problems, *made.problems]
    asked = {
        mapped.columns.get(each.question.setting[-2])
        for each in problems
        if each.question and each.question.setting[1:] and not mapped.leave_out
    }
    problems += [
        each
        for each in missing_values(kind, new, found.rows)
        if each.question and each.question.setting[1] not in asked
    ]
    problems += consents(interpreter, spaces, mapped)
    plans = [
        plan_entry(task, Said(entry_id, found.keys[entry_id], said[entry_id], entry), known.get(entry_id))
        for entry_id, entry in whole.items()
    ]
    changed = {row.place for plan in plans if plan.operations for row in found.rows[plan.id]}
    vanished = [] if nameless else list(_vanished(task, found))
    problems += much_gone(task, [each.id for each in vanished if each.record.gone is not None])
    return Prepared(
        mapped=mapped,
        problems=[each for each in problems if not (mapped.leave_out and each.can_leave_out)],
        left_out=[
            *(each for each in problems if mapped.leave_out and each.can_leave_out),
            *(ImportProblem(row.place, "The row isn't one of those to import (`only`)") for row in others),
            *(ImportProblem(row.place, f"The row adds up others: {_says(row)}") for row in totals),
            *(ImportProblem(row.place, _REMOVED) for row in found.removed),
        ],
        columns=made.columns,
        notes=[
            *task.table.notes,
            *(f"{place}: {note}" for place, note in made.notes if place in changed),
            *costs_as_totals(kind, said, plans),
        ],
        plans=[*plans, *vanished],
        references=list(_new_references(interpreter)),
        places={entry_id: rows[0].place for entry_id, rows in found.rows.items()},
        context=context,
        record=task.record,
        words={name: each for name, each in interpreter.words.items() if each},
        namespaces=spaces,
        fields=fields,
    )


def _others(table: Table, mapped: Mapped) -> list[Row]:
    """Return the rows that the mapping doesn't import."""
    return [
        row
        for row in table.rows
        if any(clean(row.cells.get(column, "")) not in words for column, words in mapped.only.items())
    ]


def _says(row: Row) -> str:
    return ", ".join(as_line(cell) for cell in row.cells.values())


def _new_references(interpreter: Interpreter) -> Iterator[Operation]:
    """Yield the additions of the entries that others name."""
    for (kind, entry_id), name in sorted(interpreter.references.items()):
        yield Operation("add", kind, entry_id, value={"name": name, "summary": OPEN})


def put(draft: Draft, kind: Kind, prepared: Prepared) -> None:
    """Add to a draft what an import writes besides entries: settings, schema, mapping and record."""
    add_settings(draft, prepared.words, prepared.namespaces)
    add_fields(draft, kind, prepared.fields)
    mapped = prepared.mapped
    _put_mapping(draft, mapped, kind.name)
    record = {**prepared.record, **{plan.id: plan.record for plan in prepared.plans}}
    draft.put(record_path(mapped.path), record_text(kind.name, record).encode())


def _put_mapping(draft: Draft, mapped: Mapped, kind: str) -> None:
    """Keep the mapping. What people wrote in its file stays as it is."""
    if not draft.data(mapped.path):
        draft.put(mapped.path, mapped.text(kind).encode())
        return
    editing = draft.editing(mapped.path)
    value = mapped.value(kind)
    for name, part in value.items():
        editing.set((name,), part)
    for name in [each for each in editing.value if each not in value]:
        editing.unset((name,))
    draft.put_text(mapped.path, editing.text)


def _vanished(task: Task, found: Identified) -> Iterator[EntryPlan]:
    """Yield the entries that the last import had, and the file no longer has."""
    for entry_id, recorded in task.record.items():
        entry = task.context.ids.get(task.kind.name, {}).get(entry_id)
        if entry_id in found.rows or entry is None or recorded.gone is not None:
            continue
        state = str(entry.value.get("status", ""))
        is_ours = recorded.is_added and not is_gone(entry.value)
        record = Recorded(recorded.key, {}, recorded.is_added, state) if is_ours else recorded
        yield EntryPlan(entry_id, GONE, [], [], record)
