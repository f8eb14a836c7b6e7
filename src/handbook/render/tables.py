"""Tables of entries: selection, order and columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handbook.base.text import escape, finalize
from handbook.link.catalogue import Entry
from handbook.link.selection import default_order, field_shape, lowest_audience
from handbook.read.audiences import may_see
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.values import value_at
from handbook.render.environment import words
from handbook.render.markdown import Rich
from handbook.render.values import Desk, EntryView, Record, entry_of, fields

FILTER_FROM = 12
"""The number of rows from which a table can be filtered."""


def draw_table(kind: Kind, entries: Sequence[Entry], columns: Sequence[str], desk: Desk) -> Markup:
    """Return a table with a row for each entry; the name links to its page.

    Columns that readers cannot see are omitted.

    Raises:
        UnknownFieldError: The content type does not have a column.
    """
    if not entries:
        return Markup('<p class="hb-none">{}</p>').format(escape(f"No {kind.title.lower()} yet."))
    audience = desk.catalogue.gate.audience
    columns = [column for column in columns if may_see(audience, lowest_audience(kind, column))]
    shapes = [field_shape(kind, column) for column in columns]
    titles = [shape.title or column.rpartition(".")[2] for shape, column in zip(shapes, columns, strict=True)]
    head = Markup(" ").join(
        Markup('<th scope="col" data-column="{}"{}>{}</th>').format(
            escape(column), _filterable(column, shape), escape(title)
        )
        for column, shape, title in zip(columns, shapes, titles, strict=True)
    )
    rows = Markup("\n").join(_row(desk.entry(entry), columns, shapes, titles) for entry in entries)
    filtered = Markup(' data-hb="table"') if len(entries) >= FILTER_FROM else Markup()
    return Markup(
        '<div class="hb-table"{}>\n<table>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody>\n</table>\n</div>"
    ).format(filtered, head, rows)


def _filterable(column: str, shape: Shape) -> Markup:
    return Markup(" data-choices") if shape.choices or column == "owner" else Markup()


def _found_by(entry: Entry) -> Markup:
    """Return the aliases and tags of an entry as hidden search terms of its row."""
    known = [*entry.data.get("aliases", ()), *entry.data.get("tags", ())]
    return Markup(' data-find="{}"').format(escape(" ".join(known))) if known else Markup()


def _sorted_by(raw: Any, shape: Shape) -> Markup:
    """Return the sort key of a cell whose text does not sort well: a choice, a date or a number."""
    if raw is None:
        return Markup()
    if raw in shape.choices:
        return Markup(' data-sort="{}"').format(shape.choices.index(raw))
    if shape.date or isinstance(raw, (int, float)):
        return Markup(' data-sort="{}"').format(escape(str(raw)))
    return Markup()


def _row(entry: EntryView, columns: Sequence[str], shapes: Sequence[Shape], titles: Sequence[str]) -> Markup:
    state = default_order(entry_of(entry).kind)[0]
    cells = []
    for column, shape, title in zip(columns, shapes, titles, strict=True):
        value: Any = entry
        if column != "name":
            for part in column.split("."):
                value = value[part] if isinstance(value, Record) else None
        cells.append(
            Markup('<td data-label="{}"{}>{}</td>').format(
                escape(title),
                _sorted_by(value_at(entry_of(entry).data, column.split(".")), shape),
                _cell(value, shape, is_state=column == state),
            )
        )
    # The space separates the words of two cells for the search index.
    return Markup("<tr{}>{}</tr>").format(_found_by(entry_of(entry)), Markup(" ").join(cells))


def _cell(value: Any, shape: Shape, *, is_state: bool) -> Markup:
    """Return a value: fixed choices as words, the status of an entry as a coloured label."""
    if value is None or not shape.choices:
        return show_cell(value)
    return chip(value) if is_state else Markup("{}").format(words(value))


def show_cell(value: Any) -> Markup:
    """Return a value for a table cell, on one line of the page."""
    if isinstance(value, tuple):
        return Markup(", ").join(show_cell(item) for item in value)
    if isinstance(value, Rich):
        return value.inline
    if isinstance(value, EntryView) or not isinstance(value, Record):
        return Markup("{}").format(finalize(value))
    return Markup("<br>").join(
        Markup("{}: {}").format(title, show_cell(part)) for title, part in fields(value)
    )


def chip(value: object) -> Markup:
    """Return a fixed choice as a label, which the stylesheet colours."""
    return Markup('<span class="hb-chip hb-chip--{}">{}</span>').format(escape(str(value)), words(value))
