"""Make entries of the rows of a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import shown
from handbook.imports.cell import MISSING, Cell
from handbook.imports.cells import parts_of
from handbook.imports.fields import NAMESPACE, folded, shape_at_path
from handbook.imports.headers import NOTES, means_notes
from handbook.imports.interpreting import Interpreter
from handbook.imports.joining import joined
from handbook.imports.mapping import Mapped
from handbook.imports.nesting import in_order, list_levels, put_row
from handbook.imports.problems import ImportProblem, Question
from handbook.imports.rows import Identified
from handbook.imports.table import Row
from handbook.imports.texts import as_line, clean
from handbook.read.schemas.kinds import Kind

_DETAILS = "details"
_OF_ROWS = frozenset({"id", NAMESPACE})
"""The targets of columns that say which entry a row is."""


class ColumnReport(NamedTuple):
    """What became of a column.

    Attributes:
        column: Its title.
        path: The path of its field; empty if it has none.
        values: The number of its cells with a value for the field.
        nothing: The number of its cells that say that nothing is known.
        rest: The number of its cells with more than the field can hold, which went to the notes.
        example: A cell, and what became of it.
    """

    column: str
    path: str
    values: int = 0
    nothing: int = 0
    rest: int = 0
    example: tuple[str, Any] | None = None


class Made(NamedTuple):
    """The entries of a table.

    Attributes:
        entries: The fields of each entry, by its ID.
        problems: What can't be read or decided.
        columns: What became of each column.
        notes: How cells were taken that can mean more than one thing, with the place of their row.
    """

    entries: Mapping[str, dict[str, Any]]
    problems: Sequence[ImportProblem]
    columns: Sequence[ColumnReport]
    notes: Sequence[tuple[str, str]]


class _Wait(NamedTuple):
    """The names of items of the same entry, which get IDs later."""

    item: dict[str, Any]
    field: str
    names: Sequence[str]
    place: str


class EntryMaker:
    """Makes the entries of one table."""

    def __init__(self, kind: Kind, mapped: Mapped, interpreter: Interpreter) -> None:
        self._kind = kind
        self._mapped = mapped
        self._interpreter = interpreter
        paths = {column: path for column, path in mapped.columns.items() if path and path not in _OF_ROWS}
        # The currency and the period of an amount come before it.
        self._paths = dict(sorted(paths.items(), key=lambda pair: -pair[1].count(".")))
        self._levels = list_levels(kind.shape, dict.fromkeys(paths.values()))
        self._problems: list[ImportProblem] = []
        self._notes: list[tuple[str, str]] = []
        self._columns: Sequence[str] = ()
        self._asked: set[tuple[str, ...]] = set()
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._examples: dict[str, tuple[str, Any]] = {}

    def made(self, identified: Identified, columns: Sequence[str]) -> Made:
        """Return the entries.

        Args:
            identified: The rows of each entry.
            columns: All columns.
        """
        self._columns = columns
        rows, names = identified.rows, identified.names
        entries = {entry_id: self._entry(each, names[entry_id]) for entry_id, each in rows.items()}
        for column in columns:
            if self._mapped.columns.get(column) in _OF_ROWS:
                self._counts[column]["value"] = sum(
                    column in row.cells for each in rows.values() for row in each
                )
        return Made(entries, self._problems, [self._report(column) for column in columns], self._notes)

    def _report(self, column: str) -> ColumnReport:
        counts = self._counts[column]
        path = self._mapped.columns.get(column) or ""
        example = self._examples.get(column)
        return ColumnReport(column, path, counts["value"], counts["nothing"], counts["rest"], example)

    def _entry(self, rows: Sequence[Row], entry_name: str) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        waiting: list[_Wait] = []
        named: dict[str, str] = {}
        for row in rows:
            rest: list[str] = []
            later: dict[str, list[str]] = {}
            values = self._values(row, rest, later)
            item, lost = put_row(entry, self._kind.shape, values, self._levels)
            for column in filter(None, map(self._column, lost)):
                rest.append(f"{column}: {as_line(row.cells[column])}")
                self._counts[column].update(value=-1, rest=1)
            self._keep(entry, item, rest, row.place)
            for level in self._levels[-1:]:
                names = (
                    item.get("id"),
                    values.get(f"{level}.id"),
                    row.cells.get(self._column(f"{level}.id")),
                )
                named.update(
                    {
                        folded(str(each)): item["id"]
                        for each in (*names, item.get("name"))
                        if each and "id" in item
                    }
                )
            waiting += [_Wait(item, path.rpartition(".")[2], each, row.place) for path, each in later.items()]
        for each in waiting:
            self._connect(each, named)
        if self._kind.shape.field("name"):
            entry.setdefault("name", entry_name)
        ordered: dict[str, Any] = in_order(entry, self._kind.shape)
        return ordered

    def _column(self, path: str) -> str:
        return next((column for column, each in self._paths.items() if each == path), "")

    def _values(self, row: Row, rest: list[str], later: dict[str, list[str]]) -> dict[str, Any]:
        """Return the values of a row by path; add what they don't say, and the names of items."""
        values: dict[str, Any] = {}
        for column, path in self._paths.items():
            shape = shape_at_path(self._kind.shape, path)
            if column not in row.cells or shape is None:
                continue
            raw = row.cells[column]
            refs = shape.items.refs if shape.items else ()
            if refs and refs[0].startswith("#"):
                later[path] = parts_of(raw)
                self._counts[column]["value"] += 1
                continue
            path, shape, cell = self._interpreter.read(raw, shape, column, path, values)  # noqa: PLW2901
            self._count(column, raw, cell)
            if cell.problem:
                self._ask(cell, column, clean(raw), row.place)
            if cell.note:
                self._notes.append((row.place, f"{column}: {cell.note}"))
            text = as_line(raw if cell.problem else cell.rest)
            value = cell.value
            if value is not MISSING and shape.markdown and self._is_named(column, path):
                value = f"{column}: {value}"
            if value is not MISSING and path in values:
                value = joined(values[path], value, shape)
                # Of two values for one field, the second one stays as a text.
                text = as_line(raw) if value is MISSING and not text else text
            if text:
                rest.append(f"{column}: {text}")
            if value is not MISSING:
                values[path] = value
        parts = [each for each in values if each.rpartition(".")[0] in values]
        kept = {path: value for path, value in values.items() if path not in parts}
        return {**self._interpreter.of_notes(kept), **kept}

    def _is_named(self, column: str, path: str) -> bool:
        """Return whether the values of a column need its title, as those of several in the notes do."""
        others = [each for each, its in self._paths.items() if its == path and each in self._columns]
        return path == NOTES and (len(others) > 1 or not means_notes(column))

    def _count(self, column: str, raw: Any, cell: Cell) -> None:
        counts = self._counts[column]
        counts["value"] += cell.value is not MISSING
        counts["rest"] += bool(cell.rest or cell.problem)
        counts["nothing"] += cell.value is MISSING and not cell.rest and not cell.problem
        if cell.value is not MISSING:
            self._examples.setdefault(column, (clean(raw), cell.value))

    def _ask(self, cell: Cell, column: str, text: str, place: str) -> None:
        """Add a problem, unless the same answer decides an earlier one."""
        asked, choices = cell.asks
        if not asked:
            # Only a change of the file decides it.
            self._problems.append(ImportProblem(place, f"{column}: {cell.problem}", can_leave_out=True))
            return
        setting = ("values", column, text) if asked == "word" else (asked,)
        if setting in self._asked and not self._mapped.leave_out:
            return
        self._asked.add(setting)
        option = {
            "dates": "`--dates day-first` or `--dates month-first`",
            "currency": "`--currency CODE`",
            "period": "`--period month` or `--period year`",
        }.get(asked, f"`--word '{column}={text}=VALUE'`")
        asked_text = f"{place}: {column}: {cell.problem}"
        question = Question(setting, asked_text, choices, option, (column, text))
        self._problems.append(
            ImportProblem(place, f"{column}: {cell.problem}", f"Add {option}", question, can_leave_out=True)
        )

    def _keep(self, entry: dict[str, Any], item: dict[str, Any], rest: Sequence[str], place: str) -> None:
        """Keep what no field can hold in the notes of the entry, or in the details of its item."""
        if not rest:
            return
        fields = self._kind.shape.properties
        level = shape_at_path(self._kind.shape, self._levels[-1]) if self._levels else None
        has_details = level is not None and level.items is not None and _DETAILS in level.items.properties
        holder, name = (item, _DETAILS) if item is not entry and has_details else (entry, NOTES)
        if name not in fields and holder is entry:
            name = next(
                (each for each, shape in fields.items() if shape.markdown and each != "definition"), ""
            )
        if not name:
            for each in rest:
                message = f"No field can hold `{each}`"
                self._problems.append(ImportProblem(place, message, "", None, can_leave_out=True))
            return
        lines = "\n".join(f"- {each}" if len(rest) > 1 else each for each in rest)
        holder[name] = "\n\n".join(filter(None, (holder.get(name), lines)))

    def _connect(self, wait: _Wait, named: Mapping[str, str]) -> None:
        """Replace the names of items by their IDs."""
        found = {each: named.get(folded(each)) for each in wait.names}
        lost = [each for each, item_id in found.items() if item_id is None]
        if lost:
            message = f"`{wait.field}` names unknown items: {', '.join(map(shown, lost))}"
            self._problems.append(ImportProblem(wait.place, message, "", None, can_leave_out=True))
        ids = [each for each in dict.fromkeys(found.values()) if each and each != wait.item.get("id")]
        if ids:
            wait.item[wait.field] = ids
