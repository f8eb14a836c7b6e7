"""Read CSV and other text with separators, in the encoding and with the separator that it has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from handbook.base.words import shown
from handbook.imports.table import Table, UnreadableTableError, as_table

_SEPARATORS = ",;\t|"
_NONE = "\x1f"
"""A separator that no text has, for a list with one column."""
_SAMPLE = 50
"""The lines that tell the separator."""
_LONGEST_CELL = 1_000_000


def read_delimited(data: bytes, name: str) -> Table:
    """Return the table of a file.

    Args:
        data: Its content.
        name: Its name, for messages.

    Raises:
        UnreadableTableError: It has no row of titles.
    """
    lines = list(_lines(decoded(data)))
    # Exports can have a title above the table.
    start = next((at for at, (_, cells) in enumerate(lines) if sum(map(bool, map(str.strip, cells))) > 1), 0)
    if not lines:
        raise UnreadableTableError(f"{name}: Empty file", "Export the table again, with its row of titles")
    return rows_as_table(lines[start:], name)


def rows_as_table(
    lines: Sequence[tuple[int, Sequence[object]]],
    name: str,
    hint: str = "Put a text or a number with separators in quotes",
) -> Table:
    """Return numbered rows as a table; the first has the titles.

    Args:
        lines: The rows.
        name: The name of the file.
        hint: What to do about a row with more cells than titles.
    """
    titles = unique([str(title if title is not None else "") for title in lines[0][1]])
    records, problems = [], []
    for number, cells in lines[1:]:
        more = [str(cell) for cell in cells[len(titles) :] if cell not in ("", None)]
        if more:
            problems.append(
                f"{name}:{number}: More cells than the table has columns: {shown(', '.join(more))}. {hint}"
            )
        elif any(cell not in ("", None) for cell in cells):
            # Cells without a title are few and named by their position.
            records.append((f"{name}:{number}", dict(zip(titles, cells, strict=False))))
    return as_table(records, problems)


def unique(titles: Sequence[str]) -> list[str]:
    """Return the titles of columns, each once: a second `Notes` is `Notes (2)`."""
    found: dict[str, None] = {}
    for position, title in enumerate(titles, 1):
        base = " ".join(title.split()) or f"Column {position}"
        number, new = 1, base
        while new in found:
            number += 1
            new = f"{base} ({number})"
        found[new] = None
    return list(found)


def decoded(data: bytes) -> str:
    """Return a text in UTF-8, in UTF-16 with its mark, or else as Windows writes it in western Europe."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the number of their first line."""
    csv.field_size_limit(_LONGEST_CELL)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    reader = csv.reader(io.StringIO(text), delimiter=_separator(text), skipinitialspace=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTableError(f"Line {line}: {error}", "Export the table again") from error


def _separator(text: str) -> str:
    """Return the separator that gives the first rows the same number of cells, and most of them.

    If no separator does, it is one that gives every row at least the cells of the first.
    """

    def fit(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
        try:
            counts = [len(cells) for _, cells in zip(range(_SAMPLE), reader, strict=False) if cells]
        except csv.Error:
            return (0, 0)
        usual = max(set(counts), key=counts.count, default=0)
        if usual == 1 or 2 * counts.count(usual) <= len(counts):
            # A text or a number with separators makes a row longer than that of the titles.
            usual = counts[0] if counts and counts[0] == min(counts) else 1
        return (counts.count(usual) if usual > 1 else 0, usual)

    best = max(_SEPARATORS, key=fit)
    return best if fit(best)[0] else _NONE
