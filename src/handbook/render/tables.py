"""The tables that views write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from handbook.base.named_tuples import NamedTuple
from handbook.base.table import Column
from handbook.render.html_table import Group, draw, draw_nothing, draw_row, show_cell
from handbook.render.record_fields import named_fields
from handbook.render.sandbox import Function
from handbook.render.values import EntryView, Record

_FRAMES = re.compile(r"</?div>|\s+")
"""What the block of a view puts around a cell without a value."""


def view_table(  # noqa: PLR0913 - what a view says of a table
    items: Iterable[object] | None,
    *titles: object,
    caller: Callable[[Function, object], str],
    choices: Sequence[str] = (),
    empty: str = "",
    filter_from: int = 0,
    look: str = "hb-table",
    nothing: str = "",
    total: Sequence[object] = (),
) -> Markup:
    """Return the table of a view, which writes `row(cell, cell)` for each item in a `call` block.

    A column without a title is omitted with its cells, and so is one that is empty in every row.

    Args:
        items: The items. The block can write any number of rows for each.
        titles: The titles of the columns.
        caller: The block.
        choices: The titles of the columns with few values, by which readers can filter.
        empty: What to show in an empty cell of a column with values.
        filter_from: The number of rows from which readers can filter and sort the table; 0 for never.
        look: The class of the frame around the table; without one, no frame.
        nothing: The sentence to show instead of a table without items.
        total: The cells of a last row.

    Raises:
        ValueError: A row has too few or too many cells.
    """
    columns = [Column(str(title), has_choices=title in choices) for title in titles]
    rows: list[tuple[Sequence[Markup], Mapping[str, object]]] = []

    def row(*cells: object, **attributes: object) -> Markup:
        if len(cells) != len(columns):
            raise ValueError(f"a row of this table needs {len(columns)} cells, not {len(cells)}")
        named = {name.replace("_", "-"): value for name, value in attributes.items()}
        rows.append(([show_cell(cell) for cell in cells], named))
        return Markup()

    for item in items or ():
        caller(Function(row), item)
    count = len(rows)
    if total:
        row(*total)
    if nothing and not rows:
        return draw_nothing(nothing) + "\n"  # Jinja drops the line break after the block
    has_value = [
        any(map(_is_shown, column)) for column in zip(*(cells for cells, _ in rows[:count]), strict=True)
    ]
    kept = [n for n, column in enumerate(columns) if column.title and (not has_value or has_value[n])]
    shown = [columns[number] for number in kept]
    drawn = [
        draw_row(shown, [cells[n] if _is_shown(cells[n]) else empty for n in kept], named)
        for cells, named in rows
    ]
    return draw(shown, [Group(drawn)], look, filtered=0 < filter_from <= count) + "\n"


def _is_shown(cell: str) -> bool:
    return bool(_FRAMES.sub("", cell))


class Grid(NamedTuple):
    """A list of records as a table.

    Attributes:
        titles: The titles of the fields that any of them has.
        rows: For each record, a value for each title, or `None`.
    """

    titles: Sequence[object]
    rows: Sequence[Sequence[object]]


def grid(values: Sequence[object]) -> Grid | None:
    """Return a list as a table; `None` if it has anything but records."""
    records = [value for value in values if isinstance(value, Record) and not isinstance(value, EntryView)]
    if not records or len(records) < len(values):
        return None
    rows = [{name: (title, value) for name, title, value in named_fields(record)} for record in records]
    titles = {name: title for row in rows for name, (title, _) in row.items()}
    cells = (tuple(row[name][1] if name in row else None for name in titles) for row in rows)
    return Grid(tuple(titles.values()), tuple(cells))
