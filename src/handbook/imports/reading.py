"""Read the table of a file, whatever program wrote it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from handbook.base.words import shown
from handbook.imports.delimited import decoded, read_delimited, rows_as_table
from handbook.imports.structured import flat, records_as_table
from handbook.imports.table import Table, UnreadableTableError, as_table
from handbook.read.plain_file import UnusableError, read_plain_file

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_YAML = frozenset({".yaml", ".yml"})
_PAGES = frozenset({".md", ".markdown"})
_ZIPPED = b"PK\x03\x04"
_MOST_COLUMNS = 500
"""No one can decide on the fields of more, and what is guessed of them takes minutes."""
_EMPTY = ("", None)
_Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged one, each by its row and column."""
_LARGEST_BOOK = 500_000_000
"""The most bytes that a spreadsheet can have once it is unpacked."""


def read_table(path: Path, *, sheet: str = "", records: Sequence[str] | None = None) -> Table:
    """Return the table of a file, or of a folder with a file for each record.

    Args:
        path: The file or folder.
        sheet: The sheet of a spreadsheet; by default, the first one with a table.
        records: The lists that lead to the records in JSON and YAML; by default, they are guessed.

    Raises:
        UnreadableTableError: It can't be read, or has no table.
    """
    table = _read_folder(path) if path.is_dir() else _read_file(path, sheet, records)
    if len(table.columns) > _MOST_COLUMNS:
        raise UnreadableTableError(
            f"{path.name}: More than {_MOST_COLUMNS} columns", "Export only those that the handbook needs"
        )
    return table


def _read_file(path: Path, sheet: str, records: Sequence[str] | None) -> Table:
    data = _data(path, follow=True)
    if path.suffix.lower() in _BOOKS or data.startswith(_ZIPPED):
        return _read_book(data, path.name, sheet)
    if path.suffix.lower() == ".json":
        return records_as_table(_from_json(data, path.name), path.name, records)
    if path.suffix.lower() in _YAML:
        return records_as_table(_from_yaml(data, path.name), path.name, records)
    return read_delimited(data, path.name)


def _data(path: Path, *, follow: bool = False) -> bytes:
    """Read a file. Only a link that people have named is followed."""
    try:
        return read_plain_file(path, follow=follow)
    except UnusableError as error:
        raise UnreadableTableError(f"{path}: {error.fault.message}", f"{error.fault.hint}.") from error


def _read_folder(folder: Path) -> Table:
    """Read a folder with a file for each record. Its column `file` has their names."""
    read: Mapping[str, Callable[[bytes, str], Any]] = {
        **dict.fromkeys(_YAML, _from_yaml),
        ".json": _from_json,
        **dict.fromkeys(_PAGES, _from_page),
    }
    found: list[tuple[str, Mapping[str, Any]]] = []
    problems = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in read and path.is_file() and not path.name.startswith("."):
            name = path.relative_to(folder).as_posix()
            try:
                value = read[path.suffix.lower()](_data(path), name)
            except UnreadableTableError as error:
                problems.append(error.full_message)
                continue
            if isinstance(value, Mapping):
                found.append((name, {"file": path.stem, **dict(flat(value))}))
            else:
                problems.append(f"{name}: The file must have one record with fields")
    if not found:
        raise UnreadableTableError(
            f"{folder}: No records found", "Use a folder with YAML, JSON or Markdown files"
        )
    return as_table(found, problems)


def _read_book(data: bytes, name: str, sheet: str) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - rare

    _check_size(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if sheet and sheet not in book.sheet_names:
            raise UnreadableTableError(
                f"{name}: No sheet `{sheet}`", f"Use one of: {', '.join(book.sheet_names)}"
            )
        hidden = {each.name for each in book.sheets_metadata if each.visible != SheetVisibleEnum.Visible}
        # What people have hidden is read last.
        sheets = [sheet] if sheet else sorted(book.sheet_names, key=hidden.__contains__)
        for each in sheets:
            table = _read_sheet(book.get_sheet_by_name(each), name)
            others = [shown(other) for other in sheets if other != each]
            if table and others:
                note = f"{name}: Only the sheet {shown(each)} was read, and nothing of {', '.join(others)}"
                table = table._replace(notes=[*table.notes, note])
            if table:
                return table
    except CalamineError as error:
        raise UnreadableTableError(f"{name}: {error}", "Export it as CSV") from error
    raise UnreadableTableError(
        f"{name}: No table found", "Use a sheet with a row of titles and rows below it"
    )


def _read_sheet(sheet: CalamineSheet, name: str) -> Table | None:
    """Return the table of a sheet, if it has one."""
    rows = sheet.to_python(skip_empty_area=False)
    merged = sheet.merged_cell_ranges or []
    _fill_down(rows, merged)
    groups = _titles_of_groups(rows, merged)
    notes = []
    if groups is not None:
        titles = ", ".join(shown(cell) for cell in rows[groups] if cell not in _EMPTY)
        notes = [f"{name}:{groups + 1}: The titles above those of the columns are left out: {titles}"]
        rows[groups] = []
    lines = list(_numbered(rows))
    if len(lines) <= 1:
        return None
    return rows_as_table(lines, name, "Write a title above each column")._replace(notes=notes)


def _fill_down(rows: Sequence[list[Any]], merged: Sequence[_Range]) -> None:
    """Give each row of a merged cell its value."""
    done: dict[int, int] = {}
    for (first, column), (last, _) in sorted(merged):
        # In a sound file, no cell is in two of them.
        for row in rows[max(first + 1, done.get(column, 0)) : last + 1]:
            if column < len(row):
                row[column] = rows[first][column]
        done[column] = max(last + 1, done.get(column, 0))


def _titles_of_groups(rows: Sequence[Sequence[Any]], merged: Sequence[_Range]) -> int | None:
    """Return the row with titles for several columns each, above the row of titles, if there is one."""
    for row in sorted({first for (first, start), (_, end) in merged if start < end}):
        if row + 1 >= len(rows):
            break
        here = [(start, end) for (first, start), (_, end) in merged if first == row]
        covered = {at for start, end in here for at in range(start, min(end + 1, len(rows[row])))}
        filled = {at for at, cell in enumerate(rows[row]) if cell not in _EMPTY}
        # A title of two columns can also be one above their cells, next to titles of one column each.
        if len(filled) > 1 and filled <= covered:
            return row if all(isinstance(cell := rows[row + 1][at], str) and cell for at in covered) else None
    return None


def _check_size(data: bytes, name: str) -> None:
    """Refuse a small file that unpacks to one that fills the memory."""
    if not data.startswith(_ZIPPED):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableTableError(f"{name}: It is no spreadsheet", "Export it as CSV") from error
    if size > _LARGEST_BOOK:
        raise UnreadableTableError(f"{name}: The spreadsheet is too large", "Export the sheet as CSV")


def _numbered(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows from the row of titles on, with their numbers in the spreadsheet."""
    width = 0
    for number, cells in enumerate(rows, 1):
        filled = [at for at, cell in enumerate(cells, 1) if cell not in _EMPTY]
        if not width and len(filled) > 1:
            width = filled[-1]
        if width and filled:
            yield number, [_cell(cell) for cell in cells[: max(width, filled[-1])]]


def _cell(value: Any) -> Any:
    """Return a cell: a whole number without its decimals, and a text without spaces around it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strip() if isinstance(value, str) else value


def _from_json(data: bytes, name: str) -> Any:
    try:
        value = json.loads(decoded(data))
        if rb"\u" in data:
            # An escape can be half a character, which no file can hold.
            whole = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass")
            value = json.loads(whole.decode("utf-16", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableTableError(f"{name}: Invalid JSON: {error}", "Export it again") from error
    return value


class _Loader(yaml.CSafeLoader):
    """Reads plain data. The files come from other programs, which write YAML 1.1."""


def _from_yaml(data: bytes, name: str) -> Any:
    """Return the value of a YAML file; of several documents, the list of them."""
    text = decoded(data)
    try:
        _refuse_aliases(text, name)
        found = [each for each in yaml.load_all(text, Loader=_Loader) if each is not None]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        lines = " ".join(str(error).split())
        raise UnreadableTableError(f"{name}: Invalid YAML: {lines}", "Export it again") from error
    return found[0] if len(found) == 1 else found


def _refuse_aliases(text: str, name: str) -> None:
    """Refuse a file whose parts repeat each other so often that they fill the memory."""
    most = 1_000
    aliases = (
        sum(isinstance(each, yaml.AliasToken) for each in yaml.scan(text, Loader=_Loader))
        if "*" in text
        else 0
    )
    if aliases > most:
        raise UnreadableTableError(f"{name}: More than {most} aliases", "Export it without them")


def _from_page(data: bytes, name: str) -> Any:
    """Return the front matter of a page, with its text as `body`."""
    text = decoded(data).replace("\r\n", "\n")
    head, end, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not end:
        return {"body": text}
    fields = _from_yaml(head.encode(), name)
    return {**fields, "body": body} if isinstance(fields, Mapping) else None
