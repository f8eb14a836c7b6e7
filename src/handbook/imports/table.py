"""A table: what was read from a file before anyone knows what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple


class UnreadableTableError(HandbookError):
    """Raised for a file that has no table."""


class Row(NamedTuple):
    """A row.

    Attributes:
        place: Where it is in the file, for messages: `tools.csv:7`.
        cells: Its values by column: text, numbers, dates, or lists of them. Empty cells are missing.
    """

    place: str
    cells: Mapping[str, Any]


class Table(NamedTuple):
    """A table.

    Attributes:
        columns: The titles of its columns, in order.
        rows: Its rows.
        problems: The rows that can't be read, each with its place.
        notes: What else the file has, of which nothing is in the table.
    """

    columns: Sequence[str]
    rows: Sequence[Row]
    problems: Sequence[str] = ()
    notes: Sequence[str] = ()


def as_table(records: Iterable[tuple[str, Mapping[str, Any]]], problems: Sequence[str] = ()) -> Table:
    """Return records, each with its place, as a table with the columns of all of them."""
    rows = [
        Row(place, {name: value for name, value in cells.items() if not is_empty(value)})
        for place, cells in records
    ]
    return Table(list(dict.fromkeys(name for row in rows for name in row.cells)), rows, problems)


def is_empty(value: Any) -> bool:
    """Return whether a cell is empty."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
