"""Read the cells of a table with what is known of their columns and of the handbook."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.base.words import shown
from handbook.imports.cell import MISSING, Cell, Hints, says_nothing
from handbook.imports.cells import parts_of, read_cell
from handbook.imports.dates import order_of
from handbook.imports.directory import Directory, new_reference_id
from handbook.imports.durations import unit_of_field
from handbook.imports.fields import is_money, known_words, shape_at_path
from handbook.imports.ids import made_id
from handbook.imports.nesting import names_items
from handbook.imports.simple_cells import currency_of
from handbook.imports.task import Task
from handbook.imports.texts import as_line, clean
from handbook.read.schemas.shapes import Shape

_MADE = ("team", "role")
"""The kinds of entries that can be made of a name."""


class Interpreter:
    """Reads the cells of a table.

    Attributes:
        references: The names of entries that are missing, by kind and ID.
        words: The texts of words that are missing in vocabularies, by vocabulary and word.
    """

    def __init__(self, task: Task, directory: Directory) -> None:
        """Take the import, and the entries that cells can name."""
        self.references: dict[tuple[str, str], str] = {}
        self.words: dict[str, dict[str, str]] = defaultdict(dict)
        self._kind = task.kind
        self._table = task.table
        self._mapped = task.mapped
        self._directory = directory
        self._reporting = task.context.settings.currencies.report_in
        self._hints: dict[str, Hints] = {}

    def read(
        self, raw: Any, shape: Shape, column: str, path: str, values: Mapping[str, Any]
    ) -> tuple[str, Shape, Cell]:
        """Return what a cell says, and of which field: of the whole list if it names all items of one.

        Args:
            raw: The cell.
            shape: The schema of the field of its column.
            column: Its column.
            path: The field of its column.
            values: What the other cells of the row say.
        """
        level, _, name = path.rpartition(".")
        field = shape_at_path(self._kind.shape, level) if level else None
        if field and names_items(self._kind.shape, path, list(filter(None, self._mapped.columns.values()))):
            return level, field, self._items(raw, shape, column, name)
        around = {each.rpartition(".")[2]: values[each] for each in values if each.startswith(f"{path}.")}
        return path, shape, self._cell(raw, shape, column, around)

    def _cell(self, raw: Any, shape: Shape, column: str, around: Mapping[str, Any]) -> Cell:
        """Return what a cell says for its own field.

        Args:
            raw: The cell.
            shape: The schema of its field.
            column: Its column.
            around: What other columns say of the same field: the currency or period of an amount.
        """
        refs = shape.refs or (shape.items.refs if shape.items else ())
        if refs:
            return self._references(raw, shape, refs, column)
        hints = self._hints_of(column, shape)
        if is_money(shape):
            hints = hints._replace(
                currency=around.get("currency") or hints.currency, period=around.get("period") or hints.period
            )
        cell = read_cell(raw, shape, hints)
        inner = shape.items or shape
        if inner.setting.startswith("vocabularies.") and inner.choices:
            words = self.words[inner.setting.partition(".")[2]]
            for text in parts_of(raw) if isinstance(cell.value, list) else [as_line(raw)]:
                if made_id(text) not in inner.choices and made_id(text) in _listed(cell.value):
                    words.setdefault(made_id(text), text)
        return cell

    def _items(self, raw: Any, shape: Shape, column: str, name: str) -> Cell:
        """Return the items of a list that a cell names, by the field of an item that refers to an entry."""
        cell = self._references(raw, shape, shape.refs, column, is_list=True)
        return cell if cell.value is MISSING else cell._replace(value=[{name: each} for each in cell.value])

    def _hints_of(self, column: str, shape: Shape) -> Hints:
        if column not in self._hints:
            cells = [row.cells[column] for row in self._table.rows if column in row.cells]
            inner = shape.items or shape
            seen = Counter(filter(None, map(currency_of, cells))) if is_money(shape) else Counter()
            path = self._mapped.columns.get(column) or ""
            self._hints[column] = Hints(
                column,
                dates=self._mapped.dates or (order_of(cells) if shape.date else ""),
                currency=self._mapped.currency or self._reporting,
                period=self._mapped.period,
                words=self._mapped.values.get(column, {}),
                is_open=inner.setting.startswith("vocabularies."),
                seen_currency=next(iter(seen)) if len(seen) == 1 else "",
                unit=unit_of_field(path.rpartition(".")[2], inner),
                at_least=path in known_words()["at_least"].get(self._kind.name, ()),
            )
        return self._hints[column]

    def _references(
        self, raw: Any, shape: Shape, refs: Sequence[str], column: str, *, is_list: bool = False
    ) -> Cell:
        """Return the IDs of the entries that a cell names."""
        known = self._mapped.values.get(column, {})
        found: dict[str, None] = {}
        unknown = []
        kind = next((each for each in refs if each in _MADE), "")
        text = clean(raw) if isinstance(raw, str) else ""
        for part in [text] if text in known else self._directory.split(raw, refs):
            name = str(known.get(part) or "") if part in known else part
            if says_nothing(name):
                continue
            entry_id = self._directory.find(name, refs)
            # People who say what a text means by an ID mean an entry that there is.
            is_id = part in known and made_id(name) == name and (kind, name) not in self.references
            if not entry_id and kind and not is_id and new_reference_id(name):
                entry_id = new_reference_id(name)
                self.references.setdefault((kind, entry_id), as_line(name))
            if entry_id:
                found[entry_id] = None
            else:
                unknown.append(name)
        is_list = is_list or "array" in shape.types
        if unknown and not (found and is_list and self._mapped.leave_out):
            message = f"Unknown {' or '.join(refs)} {', '.join(map(shown, unknown))}"
            near = self._directory.nearest(unknown[0], refs)
            message += f" (did you mean `{near}`?)" if near else ""
            return Cell(problem=message, asks=("word", ()))
        ids = list(found)
        if not ids:
            return Cell()
        if not is_list:
            return Cell(ids[0], as_line(raw) if len(ids) > 1 else "")
        # What is left out of a list goes to the notes.
        is_single = len(ids) == 1 and {"string", "array"} <= set(shape.types)
        return Cell(ids[0] if is_single else ids, ", ".join(unknown))

    def of_notes(self, values: Mapping[str, Any]) -> dict[str, int]:
        """Return numbers in the notes that belong into a field, if no column has them."""
        patterns: Mapping[str, str] = known_words()["in_notes"].get(self._kind.name, {})
        notes = values.get("notes")
        found = {}
        for path, pattern in patterns.items() if isinstance(notes, str) else ():
            numbers = {
                next(filter(None, each.groups())) for each in re.finditer(pattern, str(notes), re.IGNORECASE)
            }
            has_column = path in self._mapped.columns.values()
            if not has_column and len(numbers) == 1 and shape_at_path(self._kind.shape, path):
                found[path] = int(numbers.pop())
        return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
