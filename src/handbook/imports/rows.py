"""Say which rows are which entries, and give new ones their IDs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import shown
from handbook.imports.amounts import read_money
from handbook.imports.cell import says_nothing
from handbook.imports.directory import Directory
from handbook.imports.fields import NAMESPACE, folded, known_words, shape_at_path
from handbook.imports.ids import made_id, unused_id
from handbook.imports.nesting import list_levels
from handbook.imports.problems import ImportProblem
from handbook.imports.table import Row, Table
from handbook.imports.task import Task
from handbook.imports.texts import as_line, clean


class Identified(NamedTuple):
    """The rows of each entry.

    Attributes:
        rows: The rows by the ID of their entry.
        keys: What identifies the entry in the file, by its ID.
        names: The name of the entry, by its ID.
        namespaces: The titles of the namespaces that entries are in, by ID.
        removed: The rows of entries that people have removed since the last import.
        problems: The rows that are none.
    """

    rows: Mapping[str, Sequence[Row]]
    keys: Mapping[str, str]
    names: Mapping[str, str]
    namespaces: Mapping[str, str]
    removed: Sequence[Row]
    problems: Sequence[ImportProblem]


def is_total(row: Row) -> bool:
    """Return whether a row only adds up others: a word such as "Total", and amounts."""
    cells = [cell for cell in row.cells.values() if not says_nothing(cell)]
    words = [cell for cell in cells if folded(clean(cell)) in known_words()["totals"]]
    amounts = [read_money(cell) for cell in cells if cell not in words]
    return len(words) == 1 and all(each.amount is not None and not each.rest for each in amounts)


def identified(task: Task, directory: Directory) -> Identified:
    """Return the rows of each entry.

    Args:
        task: The import.
        directory: The entries of the handbook; new ones are added.
    """
    return _Identifier(task, directory).identified(task.table)


class _Identifier:
    def __init__(self, task: Task, directory: Directory) -> None:
        context, kind, mapped, record = task.context, task.kind, task.mapped, task.record
        self._context = context
        self._kind = kind
        self._mapped = mapped
        self._directory = directory
        self._columns = {path: column for column, path in reversed(list(mapped.columns.items())) if path}
        self._ids_by_key = {each.key: entry_id for entry_id, each in record.items()}
        former = {name for kind_name, name in context.former if kind_name == kind.name}
        gone = {name for kind_name, name in context.gone if kind_name == kind.name}
        self._taken = {*context.ids.get(kind.name, ()), *record, *former, *gone}
        self._namespaces: dict[str, str] = {}
        self._problems: list[ImportProblem] = []
        ids = context.ids.get(kind.name, {})
        self._removed = {each.key for entry_id, each in record.items() if entry_id not in ids}

    def identified(self, table: Table) -> Identified:
        """Return the rows of each entry."""
        rows: dict[str, list[Row]] = {}
        keys: dict[str, str] = {}
        names: dict[str, str] = {}
        by_key: dict[str, str] = {}
        removed = []
        is_nested = bool(list_levels(self._kind.shape, self._columns))
        for row in table.rows:
            name = self._name(row)
            if not name:
                self._problem(row.place, "The row has no name", "Fill in the name, or remove the row")
                continue
            space = self._namespace(row)
            key = self._key(row, name, space)
            if key in self._removed:
                removed.append(row)
                continue
            if key in by_key and not is_nested:
                first = rows[by_key[key]][0].place
                says = ", ".join(f"{column} {shown(as_line(cell))}" for column, cell in row.cells.items())
                self._problem(
                    row.place, f"Another row for {shown(name)}, after {first}: {says}", "Keep one of them"
                )
                continue
            if key not in by_key:
                entry_id = self._id(row, key, name, space)
                if not entry_id:
                    self._problem(row.place, f"No ID can be made of {shown(name)}", "Add a column `id`")
                    continue
                by_key[key], keys[entry_id], rows[entry_id] = entry_id, key, []
                names[entry_id] = name
            rows[by_key[key]].append(row)
        return Identified(rows, keys, names, self._namespaces, removed, self._problems)

    def _problem(self, place: str, message: str, hint: str) -> None:
        self._problems.append(ImportProblem(place, message, hint, can_leave_out=True))

    def _name(self, row: Row) -> str:
        """Return the name of the entry of a row."""
        shape = self._kind.shape
        column = self._columns.get("name") or self._columns.get("title") or self._columns.get("question")
        text = as_line(row.cells.get(column or "", ""))
        if not text and shape_at_path(shape, "name") is not None:
            text = self._mapped.name
        return text or (as_line(row.cells.get(self._columns.get("id", ""), "")))

    def _namespace(self, row: Row) -> str:
        title = as_line(row.cells.get(self._columns.get(NAMESPACE, ""), ""))
        if title:
            known = {folded(each): name for name, each in self._context.settings.namespaces.items()}
            name = known.get(folded(title)) or made_id(title)
            self._namespaces.setdefault(name, title)
            return name
        return ""

    def _key(self, row: Row, name: str, space: str) -> str:
        written = as_line(row.cells.get(self._mapped.key, "")) if self._mapped.key else ""
        key = written or folded(name) or name
        return f"{space}/{key}" if space else key

    def _id(self, row: Row, key: str, name: str, space: str) -> str:
        """Return the ID of an entry: that of last time, that of the entry with its name, or a new one."""
        known = self._ids_by_key.get(key)
        if known:
            self._directory.add(self._kind.name, known, [name])
            return known
        start = f"{space}/" if space else ""
        written = made_id(folded(as_line(row.cells.get(self._columns.get("id", ""), ""))))
        ids = self._context.ids.get(self._kind.name, {})
        named = [
            each
            for each in self._context.ids_by_name.get((self._kind.name, name.casefold()), ())
            if each.startswith(start)
        ]
        used = set(self._ids_by_key.values())
        for found in (f"{start}{written}", *named, f"{start}{made_id(name)}"):
            if found in ids and found not in used:
                self._ids_by_key[key] = found
                return found
        base = written or made_id(name)
        if not base:
            return ""
        found = unused_id(f"{start}{base}", self._taken)
        self._taken.add(found)
        self._ids_by_key[key] = found
        self._directory.add(self._kind.name, found, [name])
        return found
