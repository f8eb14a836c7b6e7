"""Tables of entries, and the tables that views write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from handbook.base.choices import label_of
from handbook.base.language import _, within
from handbook.base.table import Column, Several, Styled
from handbook.base.text import escape, words
from handbook.kinds.labels import entry_label, words_for_empty
from handbook.link.catalogue import Entry
from handbook.link.selection import default_order, field_shape, lowest_audience
from handbook.read.audiences import may_see
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.values import value_at
from handbook.render.html_table import draw, draw_nothing, draw_row, show_cell, show_styled
from handbook.render.markdown import Rich
from handbook.render.record_fields import fields, named_fields
from handbook.render.sandbox import Function
from handbook.render.values import EntryView, Record, RenderContext

FILTER_FROM = 12
"""The number of rows from which a table can be filtered."""
_ADDING = "add-something"
"""The section of the guide that says how to add an entry."""
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
    drawn = (
        draw_row(shown, [cells[n] if _is_shown(cells[n]) else empty for n in kept], named)
        for cells, named in rows
    )
    return draw(shown, Markup("\n").join(drawn), look, filtered=0 < filter_from <= count) + "\n"


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


def draw_entries(
    kind: Kind,
    entries: Sequence[Entry],
    names: Iterable[str],
    context: RenderContext,
    guide: str | None = None,
) -> Markup:
    """Return a table with a row for each entry; the name links to its page.

    Columns that readers cannot see are omitted, and so are those without a value in any row.

    Args:
        kind: The content type.
        entries: The entries.
        names: The fields to show.
        context: The context of the page.
        guide: The URL of the page that says how to add an entry, if there is one.

    Raises:
        UnknownFieldError: The content type does not have a column.
    """
    if not entries:
        return _first_one(kind, guide)
    audience = context.catalogue.gate.audience
    state = default_order(kind)[0]
    columns: list[tuple[Column, Shape, Sequence[Markup | str]]] = []
    for name in names:
        if may_see(audience, lowest_audience(kind, name)):
            shape = field_shape(kind, name)
            cells = [
                _name(entry, context)
                if name == "name"
                else _cell(context.entry(entry), name, shape, is_state=name == state)
                or words_for_empty(entry, name, audience)
                for entry in entries
            ]
            if any(cells):
                column = Column(column_title(name, shape), name, bool(shape.choices) or name == "owner")
                columns.append((column, shape, cells))
    titles = [column for column, _shape, _cells in columns]
    rows = Markup("\n").join(
        draw_row(
            titles,
            [cells[number] for _column, _shape, cells in columns],
            {"data-find": " ".join([*entry.data.get("aliases", ()), *entry.data.get("tags", ())]) or None},
            [
                _sort_key(value_at(entry.data, column.key.split(".")), shape)
                for column, shape, _cells in columns
            ],
        )
        for number, entry in enumerate(entries)
    )
    return draw(titles, rows, filtered=len(entries) >= FILTER_FROM)


def _first_one(kind: Kind, guide: str | None) -> Markup:
    """Return what is shown instead of the entries of a content type that has none."""
    named = {"entries": within(_(kind.title)), "file": kind.sources[0]}
    sentence = escape(_("No %(entries)s yet. The first one goes into %(file)s.", **named))
    if guide:
        link = Markup('<a href="{}#{}">{}</a>').format(escape(guide), _ADDING, escape(_("How to add it")))
        sentence += Markup(" {}.").format(link)
    return draw_nothing(sentence)


def column_title(name: str, shape: Shape) -> str:
    """Return the title of the column of a field."""
    return _(shape.title) if shape.title else name.rpartition(".")[2]


def _sort_key(raw: Any, shape: Shape) -> object:
    """Return the sort key of a cell whose text does not sort well: a choice, a date or a number."""
    if raw is None:
        return None
    if raw in shape.choices:
        return shape.choices.index(raw)
    return str(raw) if shape.date or isinstance(raw, (int, float)) else None


def _name(entry: Entry, context: RenderContext) -> Markup:
    """Return the name of an entry with its label, such as "ritual"."""
    name = Markup("{}").format(context.entry(entry))
    label = entry_label(entry, context.catalogue.gate.audience)
    return name + Markup(' <span class="hb-tag">{}</span>').format(label) if label else name


def _cell(entry: EntryView, name: str, shape: Shape, *, is_state: bool) -> Markup:
    """Return a field: fixed choices as words, the status of an entry as a coloured label."""
    value: Any = entry
    for part in name.split("."):
        value = value[part] if isinstance(value, Record) else None
    if value is None or not shape.choices:
        return _on_one_line(value)
    return show_styled(Styled(value, "label")) if is_state else Markup("{}").format(words(value))


def _on_one_line(value: Any) -> Markup:
    """Return a value on one line of the page."""
    if isinstance(value, tuple) and not isinstance(value, Several):
        return Markup(", ").join(map(_on_one_line, value))
    if label_of(value):
        return escape(label_of(value))
    if isinstance(value, Rich):
        return value.inline
    if isinstance(value, EntryView) or not isinstance(value, Record):
        return show_cell(value)
    return Markup("<br>").join(
        Markup("{}: {}").format(title, _on_one_line(part)) for title, part in fields(value)
    )
