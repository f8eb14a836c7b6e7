"""Import readings: values of metrics and seats of tools, from one file into a file for each entry.

The one file has a row for each value (`metric`, `day`, `value`, `note`), or a row for each day and a column
for each metric. What the handbook has already stays: a day that is new is added, and a day with another value
is a conflict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from handbook.base.csv_text import csv_value
from handbook.base.named_tuples import NamedTuple
from handbook.base.thousands import as_thousands, hint_of_two, may_be_thousands
from handbook.base.words import Names, shown
from handbook.imports.dates import days_of, order_of
from handbook.imports.fields import folded
from handbook.imports.problems import ImportProblem
from handbook.imports.reading_cells import (
    has_comma,
    has_percent_sign,
    last_days,
    number_in,
    with_grouping_comma,
)
from handbook.imports.table import Row, Table
from handbook.kinds.metric.possible import is_percentage
from handbook.read.context import Context
from handbook.read.languages import has_decimal_comma
from handbook.read.readings import COLUMNS, Reading, ReadingsFile, readings_path

KINDS: Mapping[str, Sequence[str]] = {"metric": ("metric", "kpi", "kennzahl"), "tool": ("tool", "app")}
"""The titles of the column that names the entry."""
_DAY = ("day", "date", "week", "month", "quarter", "period", "tag", "datum", "woche", "monat")
_VALUES: Mapping[str, Sequence[Sequence[str]]] = {
    "metric": (("value", "wert", "result"),),
    "tool": (("active", "active users", "active seats", "used"), ("licensed", "seats", "paid seats")),
}
_NOTE = ("note", "notes", "comment", "notiz")


class Said(NamedTuple):
    """What a file says of an entry on one day."""

    kind: str
    id: str
    reading: Reading
    place: str


class ReadingsPlan(NamedTuple):
    """What becomes of a file.

    Attributes:
        texts: The new content of each changed file, by its path.
        added: The number of new readings of each entry, by kind and ID.
        changed: The number of readings that get the value of the file.
        unchanged: The number of those that the handbook has.
        conflicts: The days with another value, each as a line.
        problems: What can't be read.
    """

    texts: Mapping[str, str]
    added: Counter[tuple[str, str]]
    changed: Counter[tuple[str, str]]
    unchanged: Counter[tuple[str, str]]
    conflicts: Sequence[str]
    problems: Sequence[ImportProblem]


def plan_readings(context: Context, table: Table, order: str, *, prefers_file: bool) -> ReadingsPlan:
    """Return what becomes of a table of readings.

    Args:
        context: The handbook.
        table: The table.
        order: The order of dates that can be read in two ways; empty if other cells tell it.
        prefers_file: Whether the file wins conflicts.
    """
    problems = [ImportProblem("", each, can_leave_out=True) for each in table.problems]
    reader = _Reader(context, table, order, problems)
    said: dict[tuple[str, str], dict[date, Said]] = defaultdict(dict)
    for each in reader.all():
        before = said[each.kind, each.id].setdefault(each.reading.day, each)
        if before is not each and _values(before.reading) != _values(each.reading):
            message = f"Another value for {each.reading.day} than {before.place}"
            problems.append(ImportProblem(each.place, message, "Keep one of them", can_leave_out=True))
    plan = ReadingsPlan({}, Counter(), Counter(), Counter(), [], problems)
    files = {(file.kind, file.id): file for file in context.readings}
    texts: dict[str, str] = {}
    conflicts: list[str] = []
    for name, by_day in sorted(said.items()):
        file = files.get(name)
        path = readings_path(*name)
        if file and (file.problems or file.source.document.faults or context.site.layer_of(file.path)):
            is_own = context.site.layer_of(file.path) is None
            hint = "Run `handbook validate` and fix it first" if is_own else "Import it there"
            problems.append(ImportProblem(file.path, "The file can't be changed", hint))
            continue
        lines = _lines(file)
        known = {each.day: each for each in file.readings} if file else {}
        for day, each in by_day.items():
            old = known.get(day)
            if old and _values(old, each.reading) == _values(each.reading):
                plan.unchanged[name] += 1
                continue
            if old and not prefers_file:
                what = f"{_written(old)} stays, the file says {_written(each.reading)}"
                conflicts.append(f"{name[0]} `{name[1]}` on {day}: {what} ({each.place})")
                continue
            note = each.reading.note or (old.note if old else "")
            lines[day] = _line(name[0], each.reading._replace(note=note))
            (plan.changed if old else plan.added)[name] += 1
        if plan.added[name] + plan.changed[name]:
            head = ",".join(COLUMNS[name[0]])
            texts[path] = "".join(f"{line}\n" for line in (head, *(lines[day] for day in sorted(lines))))
    return plan._replace(texts=texts, conflicts=conflicts)


def _lines(file: ReadingsFile | None) -> dict[date, str]:
    """Return the lines of a file as they are written, by day."""
    return {each.day: file.source.document.line(each.line) for each in file.readings} if file else {}


def _line(kind: str, reading: Reading) -> str:
    licensed = [] if kind == "metric" else ["" if reading.licensed is None else f"{reading.licensed:f}"]
    return ",".join([reading.day.isoformat(), f"{reading.value:f}", *licensed, csv_value(reading.note)])


def _values(reading: Reading, like: Reading | None = None) -> tuple[Decimal | None, ...]:
    """Return the numbers of a reading; of the paid seats only what another one says, too."""
    licensed = None if like is not None and like.licensed is None else reading.licensed
    return reading.value, licensed


def _written(reading: Reading) -> str:
    return f"{reading.value:f}" + (f" of {reading.licensed:f}" if reading.licensed is not None else "")


class _Reader:
    """Read the rows of a table, and note the problems with them."""

    def __init__(self, context: Context, table: Table, order: str, problems: list[ImportProblem]) -> None:
        self._context, self._table, self._problems = context, table, problems
        self._names = {kind: _names(context, kind) for kind in KINDS}
        titles = {folded(column): column for column in reversed(table.columns)}
        self._titles = titles
        self._day = self._column(_DAY)
        self._note = self._column(_NOTE)
        self._has_commas = any(has_comma(cell) for row in table.rows for cell in row.cells.values())
        self._is_comma_unclear = not self._has_commas and has_decimal_comma(context.site.language)
        self._order = order or order_of(row.cells.get(self._day, "") for row in table.rows)

    def all(self) -> Iterator[Said]:
        """Yield what the rows say. A table without any has its own problems."""
        if not self._table.rows:
            return
        if not self._day:
            hint = f"Name a column `day`. The file has {', '.join(map(shown, self._table.columns[:10]))}"
            self._problems.append(ImportProblem("", "No column with days", hint))
            return
        kind = next((kind for kind, titles in KINDS.items() if self._column(titles)), "")
        yield from self._long(kind) if kind else self._wide()

    def _long(self, kind: str) -> Iterator[Said]:
        """Yield the readings of a table with a row for each of them."""
        column = self._column(KINDS[kind])
        columns = [self._column(titles) for titles in _VALUES[kind]]
        if not columns[0]:
            hint = f"Name a column `{_VALUES[kind][0][0]}`"
            self._problems.append(ImportProblem("", "No column with values", hint))
            return
        for row in self._table.rows:
            entry_id = self._entry(kind, row.cells.get(column, ""), row.place)
            if entry_id:
                yield from self._said(row, kind, entry_id, columns)

    def _wide(self) -> Iterator[Said]:
        """Yield the readings of a table with a row for each day, and a column for each metric."""
        others = [column for column in self._table.columns if column not in {self._day, self._note}]
        for column in others:
            rows = [row for row in self._table.rows if column in row.cells]
            entry_id = self._entry(
                "metric", column, rows[0].place if rows else "", " as the title of a column"
            )
            for row in rows if entry_id else ():
                yield from self._said(row, "metric", entry_id, [column])

    def _said(self, row: Row, kind: str, entry_id: str, columns: Sequence[str]) -> Iterator[Said]:
        day = self._day_of(row)
        in_percent = kind == "metric" and is_percentage(self._context.ids[kind][entry_id].value)
        numbers = [
            self._number(row, column, kind, in_percent=in_percent) if column else None for column in columns
        ]
        if day is None or numbers[0] is None:
            return
        texts = [f"{each:f}" for each in numbers if each is not None] if kind == "tool" else []
        for text in (each for each in texts if not each.isdigit()):
            hint = f"Write `{as_thousands(text)}` if you mean thousands" if may_be_thousands(text) else ""
            self._problems.append(
                ImportProblem(row.place, "Seats are whole numbers", hint, can_leave_out=True)
            )
            return
        licensed = numbers[1] if len(numbers) > 1 else None
        note = " ".join(str(row.cells.get(self._note, "")).split())
        yield Said(kind, entry_id, Reading(day, numbers[0], licensed, note), row.place)

    def _entry(self, kind: str, name: object, place: str, role: str = "") -> str:
        """Return the ID of the entry with a name; empty if there is none."""
        names, text = self._names[kind], folded(str(name))
        found = names.get(text)
        if found is None:
            near = Names(names).nearest(text)
            listed = f"Use the ID or the name of a {kind}. `handbook list {kind}` shows them"
            hint = f"Did you mean `{names[near]}`?" if near else listed
            message = f"Unknown {kind} {shown(str(name))}{role}" if str(name) else f"No {kind}"
            self._problems.append(ImportProblem(place, message, hint, can_leave_out=True))
        return found or ""

    def _day_of(self, row: Row) -> date | None:
        value = row.cells.get(self._day, "")
        found = [*last_days(str(value).strip())] or list(days_of(value, self._order).dates)
        if len(found) == 1 and found[0] <= self._context.today:
            return found[0]
        if len(found) == 1:
            message, hint = f"{found[0]} is in the future", "Record a value once its day is over"
        elif found:
            message = f"{shown(str(value))} can be {found[0]} or {found[1]}"
            hint = "Say it with `--dates day-first` or `--dates month-first`"
        else:
            message, hint = f"Invalid day {shown(str(value))}", "Write it as YYYY-MM-DD"
        self._problems.append(ImportProblem(row.place, message, hint, can_leave_out=True))
        return None

    def _number(self, row: Row, column: str, kind: str, *, in_percent: bool) -> Decimal | None:
        value = row.cells.get(column)
        if value is None:
            return None
        message = hint = ""
        number = number_in(value, has_commas=self._has_commas)
        if number is None:
            message = f"Invalid number {shown(str(value))} in {shown(column)}"
            hint = "Write digits, with a point before decimals"
        elif has_percent_sign(value) and not in_percent:
            message = f"{shown(str(value))} in {shown(column)}, which is not in percent"
            hint = "Write the number itself"
            hint += ", or set the `unit` of the metric to `%`" if kind == "metric" else ""
        elif self._is_comma_unclear and (text := with_grouping_comma(value)):
            message = f"{shown(str(value))} in {shown(column)} can be two numbers"
            hint = hint_of_two(as_thousands(text), text)
        elif kind == "metric" and with_grouping_comma(text := f"{value},{row.cells.get(self._note, '')}"):
            # Without quotes, the end of the number is in the next column.
            message = f"{shown(str(value))} and the note behind it can be {shown(text)}"
            hint = "Put the number in quotes, or add words to the note"
        if message:
            self._problems.append(ImportProblem(row.place, message, hint, can_leave_out=True))
        return None if message else number

    def _column(self, titles: Iterable[str]) -> str:
        return next((self._titles[title] for title in titles if title in self._titles), "")


def _names(context: Context, kind: str) -> dict[str, str]:
    """Return the IDs of the entries of a kind by everything that can name them. An ID counts most."""
    found: dict[str, str] = {}
    former = ((name, entry.id) for (of, name), entry in context.former.items() if of == kind)
    entries = context.ids.get(kind, {})
    names = [(name, entry_id) for name, entry_id in former]
    for entry_id, entry in entries.items():
        aliases = entry.value.get("aliases")
        names += [(str(each), entry_id) for each in (aliases if isinstance(aliases, list) else ())]
        names.append((str(entry.value.get("name", "")), entry_id))
    for name, entry_id in [*names, *((entry_id, entry_id) for entry_id in entries)]:
        found[folded(name)] = entry_id
    return found
